//! Problems of the host are reported, and developers can work on.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::prepare;
use crate::scene::Scene;
use crate::team::DOMAIN;

/// A full home, no Docker, an expired certificate, a registry that throttles the host, and a clock that
/// is a day off.
pub(crate) fn everything(scene: &Scene<'_>, user: &str) {
    let before = report(scene);
    assert_eq!(before.get("applied"), before.get("deployed"), "{before:?}");
    assert_eq!(before.get("failure"), None, "{before:?}");
    full_home(scene, user);
    no_docker(scene, user);
    expired_certificate(scene, user);
    registry(scene, user);
    clock(scene, user);
}

/// The report that `status` requests from the host.
fn report(scene: &Scene<'_>) -> BTreeMap<String, String> {
    let text = scene.host.answer("/usr/local/libexec/vsc/report");
    let lines = text.lines().filter_map(|line| line.split_once('='));
    lines
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn full_home(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    host.answer(&format!(
        "docker exec vsc-{user} sh -c 'fallocate -l $(($(df --output=avail -B1 ~ | tail -n 1) - 4194304)) ~/full'"
    ));
    let reported = report(scene);
    assert_eq!(reported.get("full_home").map(String::as_str), Some(user));
    scene.until_open(user, 30);
    host.answer(&format!("docker exec vsc-{user} rm full"));
    assert_eq!(report(scene).get("full_home"), None);
}

fn no_docker(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    host.answer("systemctl stop docker.service docker.socket");
    let reported = report(scene);
    assert_eq!(
        reported.get("docker").map(String::as_str),
        Some("inactive"),
        "{reported:?}"
    );
    host.answer("systemctl restart docker.service && systemctl start vsc-proxy.service $(sed 's/.*/vsc-workspace@&.service/' /etc/vsc/users)");
    scene.until_open(user, 120);
}

fn expired_certificate(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let renew = "systemctl start vsc-renew.service";
    // Its own renewal would have the earlier certificate, some minutes after the boot.
    host.answer("systemctl stop vsc-renew.timer vsc-renew.service");
    scene.cloud.store(&prepare::lasting(DOMAIN, "expired", -1));
    assert!(
        !host.shell(renew).success,
        "the renewal fails with an expired certificate"
    );
    let reported = report(scene);
    let (now, until) = (&reported["now"], &reported["certificate_until"]);
    assert!(until < now, "{reported:?}");
    let journal = host.answer("journalctl --unit vsc-renew --output cat --lines 20");
    assert!(journal.contains("the certificate ends at"), "{journal}");
    // A developer who accepts the browser's warning can work on.
    let status = host.answer(&format!(
        "curl -sk -o /dev/null -w '%{{http_code}}' --connect-to ::127.0.0.1:443 https://{user}.{DOMAIN}/"
    ));
    assert_eq!(status, "401");
    scene.cloud.store(scene.certificates);
    host.answer(renew);
    host.answer("systemctl start vsc-renew.timer");
    scene.until_open(user, 60);
    assert!(report(scene)["certificate_until"] > reported["now"]);
}

/// The registry is called once, not every minute.
fn registry(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    // Docker's message for a registry that responds with 429.
    let docker = "#!/bin/sh\n[ \"$1\" = pull ] || exec /usr/bin/docker \"$@\"\necho asked >> /run/asked\necho 'Error response from daemon: toomanyrequests: You have reached your pull rate limit.' >&2\nexit 1\n";
    host.fed(
        "cat > /usr/local/bin/docker && chmod +x /usr/local/bin/docker && cp /etc/vsc/host.env /run/host.env && sed -i 's/^PROXY_IMAGE=.*/PROXY_IMAGE=x.com\\/proxy:new/' /etc/vsc/host.env",
        docker,
    );
    for _ in 0..3 {
        let ran = host.shell("/usr/local/libexec/vsc/step images pull");
        assert!(!ran.success);
    }
    let reported = report(scene);
    let asked = host.answer("wc -l < /run/asked");
    host.answer("rm /usr/local/bin/docker; mv /run/host.env /etc/vsc/host.env");
    assert!(
        reported["failure"].contains("images: x.com/proxy:new: toomanyrequests"),
        "{reported:?}"
    );
    assert_eq!(asked, "1");
    scene.until_open(user, 30);
    host.answer("/usr/local/libexec/vsc/step images pull");
    assert_eq!(report(scene).get("failure"), None);
}

fn clock(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let off = "LD_PRELOAD=$(find /usr/lib -name libfaketime.so.1) FAKETIME=+1d";
    let retry = "/usr/local/libexec/vsc/retry 'the password' aws secretsmanager get-secret-value --secret-id";
    let secret = host.answer(&format!(
        "sed -n 's/^SECRET=//p' /etc/vsc/workspaces/{user}.env"
    ));
    let ran = host.shell(&format!(
        "set -a; . /etc/vsc/host.env; {off} timeout 90 {retry} {secret}"
    ));
    let tomorrow = host.answer("date --utc --date '+1 day' +%F");
    assert!(
        ran.errors.contains("the clock of the host says") && ran.errors.contains(&tomorrow),
        "{}",
        ran.errors
    );
    host.until(
        "the host to report its clock",
        Duration::from_secs(10),
        "/usr/local/libexec/vsc/report | grep -q ^now=",
    );
    scene.until_open(user, 30);
}
