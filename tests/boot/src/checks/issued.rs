//! Certificates from an issuer: they are served before the stack is complete, requested again after a
//! failure, and survive the host.

use std::fs;
use std::process::Command;
use std::time::Duration;

use vsc::pattern;
use vsc::team::TeamIde;
use vsc_tests::python::run;

use crate::host::Host;
use crate::scene::Scene;
use crate::team::{DOMAIN, replaced};

const STACK: &str = "issued";

/// The first host, and the one that replaces it.
const ADDRESSES: [&str; 2] = ["10.213.7.25", "10.213.7.26"];

/// The instance of the next host.
const SUCCESSOR: &str = "i-0123456789abcdef2";

/// The replacements for Let's Encrypt and Route 53.
const STAND_INS: [(&str, &str); 3] = [
    (
        "storage: /acme/acme.json",
        "storage: /acme/acme.json\n      caServer: https://10.213.7.2:4001/directory\n      caCertificates:\n        - /etc/traefik/authority.pem",
    ),
    (
        "provider: route53",
        "provider: route53\n        propagation:\n          disableChecks: true",
    ),
    (
        "--env AWS_HOSTED_ZONE_ID",
        "--env AWS_HOSTED_ZONE_ID --env AWS_ENDPOINT_URL=http://10.213.7.2:4566",
    ),
];

/// Boots a host whose first request for a certificate fails, then a replacement.
pub(crate) fn certificates(scene: &Scene<'_>) {
    let ide = TeamIde::builder()
        .stack_name(STACK)
        .user("alice")
        .domain(DOMAIN)
        .instance("t3.large")
        .tls_acme("ops@example.com")
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let authority = fs::read_to_string(&scene.certificates.authority).expect("it is there");
    let stack = pattern::extended(&ide, |_, team| {
        team.boot_file("/etc/vsc/proxy/authority.pem", "000644", authority);
    });
    let template = stack.finish().expect("it keeps the quotas").to_json();
    let template = STAND_INS
        .iter()
        .fold(template, |template, text| replaced(&template, *text));
    let deployed = scene.cloud.deploy(STACK, &template, &[]);
    let launch = |address: &str, instance: &str| {
        scene.cloud.register_as(address, &deployed, instance);
        Host::launch(scene.engine, scene.image, STACK, address)
    };
    scene.cloud.issuer_rejects(1);
    let first = launch(ADDRESSES[0], &deployed.instance);
    let (success, reason) = scene.signal(STACK);
    let reported = || {
        first.answer("journalctl --unit vsc-proxy --output cat | grep -i -e acme -e certificate | tail -n 20")
    };
    assert!(success, "{reason}\n{}", reported());
    let rejected = first.answer(
        "journalctl --unit vsc-proxy --output cat | grep -c 'the issuer of this proof rejects' || true",
    );
    assert_ne!(rejected, "0", "the first try was to fail");
    let served = issuer(ADDRESSES[0]);
    assert!(served.contains("The authority of this proof"), "{served}");
    let stored = || scene.cloud.password(STACK, "host/certificates");
    first.until(
        "the certificate to be stored",
        Duration::from_secs(60),
        "systemctl show --property Result,ExecMainStatus vsc-certificates.service | grep -qx ExecMainStatus=0 && journalctl --unit vsc-certificates.service --quiet | grep -q Finished",
    );
    assert!(stored().contains("\"certificate\""), "{}", stored());
    drop(first);

    // The next host restores it: no new one is requested.
    scene.cloud.issuer_rejects(100);
    let second = launch(ADDRESSES[1], SUCCESSOR);
    second.until(
        "the certificate on the next host",
        Duration::from_secs(240),
        "[ -e /var/lib/vsc/applied ]",
    );
    let served = issuer(ADDRESSES[1]);
    assert!(served.contains("The authority of this proof"), "{served}");
    let mode = second.answer("stat --format %a /var/lib/vsc/acme/acme.json");
    assert_eq!(mode, "600");
    drop(second);
    scene.cloud.discard(STACK);
}

/// The issuer of the certificate that a host serves.
fn issuer(address: &str) -> String {
    let line = format!(
        "openssl s_client -connect {address}:443 -servername alice.{DOMAIN} < /dev/null 2> /dev/null | openssl x509 -noout -issuer"
    );
    let output = run(Command::new("bash").args(["-c", &line]));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
