//! Certificates from an issuer: they outlive the host. No issuer is in reach here, so that a file
//! like Traefik's stands for what it would have been given.

use std::time::Duration;

use vsc::pattern;
use vsc::team::TeamIde;

use crate::host::Host;
use crate::scene::Scene;
use crate::team::DOMAIN;

const STACK: &str = "issued";

/// The first host, and the one that replaces it.
const ADDRESSES: [&str; 2] = ["10.213.7.25", "10.213.7.26"];

const FILE: &str = "/var/lib/vsc/acme/acme.json";

const ISSUED: &str =
    r#"{"letsencrypt":{"Certificates":[{"certificate":"aXNzdWVk","key":"a2V5"}]}}"#;

/// Boots a host, lets it be issued a certificate, and boots another one in its place.
pub(crate) fn certificates(scene: &Scene<'_>) {
    let ide = TeamIde::builder()
        .stack_name(STACK)
        .user("alice")
        .domain(DOMAIN)
        .instance("t3.large")
        .tls_acme("ops@example.com")
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let template = pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json();
    let deployed = scene.cloud.deploy(STACK, &template, &[]);
    let launch = |address: &str| {
        scene.cloud.register(address, &deployed);
        Host::launch(scene.engine, scene.image, STACK, address)
    };
    let first = launch(ADDRESSES[0]);
    let (success, reason) = scene.signal(STACK);
    assert!(success, "{reason}");
    let options = first.answer("docker inspect --format '{{.Config.Env}} {{.Mounts}}' vsc_proxy");
    assert!(options.contains("AWS_HOSTED_ZONE_ID="), "{options}");
    assert!(options.contains("/acme"), "{options}");

    first.fed(&format!("umask 077; cat > {FILE}"), ISSUED);
    let stored = || scene.cloud.password(STACK, "host/certificates");
    first.until(
        "the certificate to be kept",
        Duration::from_secs(60),
        "systemctl show --property Result,ExecMainStatus vsc-certificates.service | grep -qx ExecMainStatus=0 && journalctl --unit vsc-certificates.service --quiet | grep -q Finished",
    );
    assert!(stored().contains("aXNzdWVk"), "{}", stored());
    drop(first);

    let second = launch(ADDRESSES[1]);
    second.until(
        "the certificate on the next host",
        Duration::from_secs(240),
        &format!("grep -q aXNzdWVk {FILE}"),
    );
    let mode = second.answer(&format!("stat --format %a {FILE}"));
    assert_eq!(mode, "600");
}
