//! No password and no key material is where it does not belong.

use std::fs;

use crate::scene::Scene;
use crate::team::STACK;
use crate::work_folder;

/// Looks for every password, and for the lines of the private key, in all places where others
/// could come across them.
pub(crate) fn nowhere(scene: &Scene<'_>, users: &[&str]) {
    let mut secrets: Vec<String> = users.iter().map(|user| scene.password(user)).collect();
    let key = fs::read_to_string(&scene.certificates.private_key).expect("the key is there");
    secrets.extend(
        key.lines()
            .filter(|line| !line.contains("-----"))
            .map(str::to_owned),
    );
    let patterns = secrets.join("\n");

    let template = fs::read_to_string(work_folder().join(format!("{STACK}.template.json")))
        .expect("the template was deployed");
    let told = scene.cloud.told(STACK);
    for secret in &secrets {
        assert!(
            !template.contains(secret.as_str()),
            "a secret is in the template"
        );
        assert!(
            !told.contains(secret.as_str()),
            "a secret is in the metadata or the user data"
        );
    }

    let places = "grep -rlFf - /var/log /etc/systemd /etc/vsc /etc/cfn /etc/docker /var/lib/cfn-init /var/lib/cfn-hup /var/lib/cloud /var/lib/vsc /run/vsc /usr/local /root /tmp 2> /dev/null";
    let found = scene.host.fed(places, &patterns);
    assert_eq!(
        found, "/etc/vsc/proxy/tls/private-key.pem",
        "only the proxy's key is on the disk"
    );
    let mode = scene
        .host
        .answer("stat -c '%a %U' /etc/vsc/proxy/tls/private-key.pem");
    assert_eq!(mode, "600 root");
    for (what, line) in [
        ("the journal", "journalctl --no-pager --output=export"),
        ("docker inspect", "docker inspect $(docker ps -aq)"),
        (
            "the arguments of processes",
            "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'",
        ),
        (
            "the environment of processes",
            "cat /proc/[0-9]*/environ | tr '\\0' '\\n'",
        ),
        ("systemctl", "systemctl show '*'"),
    ] {
        let count = scene.host.fed(&counted(line), &patterns);
        assert_eq!(count, "0", "{what} tells a secret");
    }
    // The search finds what is there.
    let count = scene.host.fed(
        &counted("cat /etc/vsc/proxy/tls/private-key.pem"),
        &patterns,
    );
    assert_ne!(count, "0");
}

/// How many lines of what a command prints hold one of the patterns, which come by standard input.
fn counted(line: &str) -> String {
    format!("exec 3<&0; ({line}) 2> /dev/null < /dev/null 3<&- | grep -acFf /dev/fd/3 || true")
}

/// The host asked for nothing but what its role lets it have.
pub(crate) fn role_is_enough(scene: &Scene<'_>) {
    let mut calls = scene.cloud.calls();
    calls.retain(|call| call["host"] == scene.deployed.instance.as_str());
    for action in ["ssm:GetParameter", "secretsmanager:GetSecretValue"] {
        let asked = calls.iter().any(|call| call["action"] == action);
        assert!(asked, "the host never asked for {action}: {calls:?}");
    }
    for call in calls {
        assert_eq!(call["allowed"], true, "{call}");
    }
}
