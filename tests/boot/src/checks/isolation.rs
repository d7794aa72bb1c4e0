//! A workspace cannot reach a colleague's workspace, nor the host.

use crate::scene::Scene;

/// The address that emulates the internet.
const INTERNET: &str = "198.51.100.2";

/// Tries every possible connection from the workspace of one user.
pub(crate) fn no_way(scene: &Scene<'_>, user: &str, colleague: &str) {
    let host = &scene.host;
    let field = |format: &str, name: &str| {
        host.answer(&format!("docker inspect --format '{format}' vsc-{name}"))
    };
    let address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    let gateway = "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}";
    let colleague_address = field(address, colleague);
    let own_gateway = field(gateway, user);
    let colleague_gateway = field(gateway, colleague);
    let published = host.answer(&format!(
        "sed -n 's/^ADDRESS=//p' /etc/vsc/workspaces/{colleague}.env"
    ));

    let mut targets = vec![
        format!("http://{colleague_address}:8080/healthz"),
        format!("http://{colleague}:8080/healthz"),
        format!("http://vsc-{colleague}:8080/healthz"),
        format!("http://{published}:20000/healthz"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        // The same machine, as a neighbour in a private network.
        "http://10.213.7.2:5000/v2/".to_owned(),
    ];
    for address in [
        own_gateway.as_str(),
        &colleague_gateway,
        "10.213.7.10",
        "127.0.0.1",
    ] {
        for port in [80, 2375, 2376, 8080, 8082, 20000] {
            if (address, port) != ("127.0.0.1", 8080) {
                targets.push(format!("http://{address}:{port}/"));
            }
        }
        for port in [443, 8090] {
            targets.push(format!("https://{address}:{port}/"));
        }
    }
    // In parallel: most of them wait for a response that never comes.
    let script: String = targets
        .iter()
        .map(|url| format!("(curl -sk -o /dev/null --max-time 4 {url} && echo {url}) & "))
        .collect();
    let reached = host.answer(&format!("docker exec vsc-{user} bash -c '{script} wait'"));
    assert_eq!(reached, "", "{user} reaches");

    let token = format!(
        "docker exec vsc-{user} curl -s --max-time 4 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token"
    );
    assert!(
        !host.shell(&token).success,
        "{user} gets a token of the metadata service"
    );
    // The name of the folder shows that the search ran.
    let sockets = format!("docker exec vsc-{user} find / -xdev -path /etc -o -name 'docker*.sock'");
    assert_eq!(
        host.shell(&sockets).text,
        "/etc",
        "{user} has a socket of Docker"
    );
    let rights =
        format!("docker exec vsc-{user} sh -c 'id -u; grep -h ^Cap /proc/1/status; touch /x 2>&1'");
    let rights = host.shell(&rights).text;
    assert!(
        rights.contains("CapEff:\t0000000000000000") && rights.contains("Read-only"),
        "{rights}"
    );

    // The same connections work for those who are allowed: the silence above is not accidental.
    host.answer(&format!(
        "curl -sf --max-time 4 http://{colleague_address}:8080/healthz"
    ));
    host.answer(&format!(
        "curl -sf --max-time 4 http://{published}:20000/healthz"
    ));
    host.answer(&token.replace(&format!("docker exec vsc-{user} "), ""));
    // And the internet, which the address beside the host emulates, is reachable.
    host.answer(&format!(
        "docker exec vsc-{user} curl -s -o /dev/null --max-time 4 http://{INTERNET}:5000/v2/"
    ));
}

/// Without the firewall rule, the hop limit still blocks the metadata service.
pub(crate) fn hop_limit(scene: &Scene<'_>, user: &str) {
    let rule = "DOCKER-USER --in-interface br-+ --jump VSC-REACH";
    scene
        .host
        .answer(&format!("iptables --wait --delete {rule}"));
    let token = format!(
        "docker exec vsc-{user} curl -s --max-time 4 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token"
    );
    let reached = scene.host.shell(&token).success;
    scene.host.answer("systemctl reload vsc-firewall.service");
    assert!(!reached, "{user} gets a token of the metadata service");
}

/// A declared private range is reachable, but instance metadata is not.
pub(crate) fn reach(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let declared = |ranges: &str| {
        host.answer(&format!(
            "sed -i 's|^REACH=.*|REACH=\"{ranges}\"|' /etc/vsc/host.env && systemctl reload vsc-firewall.service"
        ));
    };
    let opens = |url: &str| {
        let line = format!("docker exec vsc-{user} curl -s -o /dev/null --max-time 4 {url}");
        host.shell(&line).success
    };
    let neighbour = "http://10.213.7.2:5000/v2/";
    assert!(!opens(neighbour), "{user} reaches a private address");
    declared("10.213.7.0/29 169.254.0.0/16");
    let (neighbour, metadata) = (
        opens(neighbour),
        opens("http://169.254.169.254/latest/meta-data/"),
    );
    declared("");
    assert!(neighbour, "{user} does not reach the declared range");
    assert!(!metadata, "{user} reaches the instance metadata");
}
