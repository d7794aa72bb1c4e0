//! No password and no key material leaks.

use std::fs;

use serde_json::Value;

use crate::scene::Scene;
use crate::team::STACK;
use crate::work_folder;

/// Searches for every password, and for the lines of the private key, wherever others could find them.
pub(crate) fn nowhere(scene: &Scene<'_>, users: &[&str]) {
    let mut secrets: Vec<String> = users.iter().map(|user| scene.password(user)).collect();
    let key = fs::read_to_string(&scene.certificates.private_key).expect("the key is there");
    secrets.extend(
        key.lines()
            .filter(|line| !line.contains("-----"))
            .map(str::to_owned),
    );
    assert!(secrets.len() > users.len(), "the key has lines");
    assert!(
        secrets.iter().all(|secret| secret.len() >= 16),
        "{}",
        secrets.len()
    );
    let patterns = secrets.join("\n");

    let template = fs::read_to_string(work_folder().join(format!("{STACK}.template.json")))
        .expect("the template was deployed");
    let reported = scene.cloud.reported(STACK);
    for secret in &secrets {
        assert!(
            !template.contains(secret.as_str()),
            "a secret is in the template"
        );
        assert!(
            !reported.contains(secret.as_str()),
            "a secret is in the metadata or the user data"
        );
    }

    let search = "grep -rlFf - /var/log /etc/systemd /etc/vsc /etc/docker /var/lib/cfn-init /var/lib/cloud /var/lib/vsc /run/vsc /usr/local /root /tmp 2> /dev/null || true";
    let found = scene.host.fed(search, &patterns);
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
        let size = scene.host.answer(&format!("({line}) 2> /dev/null | wc -l"));
        let size: usize = size.parse().expect("it is a number");
        assert!(size > 10, "{what} has {size} lines: it was not searched");
        let count = scene.host.fed(&counted(line), &patterns);
        assert_eq!(count, "0", "{what} contains a secret");
    }
    // The search finds existing secrets.
    let count = scene.host.fed(
        &counted("cat /etc/vsc/proxy/tls/private-key.pem"),
        &patterns,
    );
    assert_ne!(count, "0");
}

/// A shell line that counts the output lines of a command that match patterns from standard input.
fn counted(line: &str) -> String {
    format!("exec 3<&0; ({line}) 2> /dev/null < /dev/null 3<&- | grep -acFf /dev/fd/3 || true")
}

/// The host made no call that its role denies.
pub(crate) fn role_is_enough(scene: &Scene<'_>) {
    are_enough(&scene.cloud.calls(), &scene.deployed.instance);
}

/// The host cannot read a secret outside of the stack, even if its name has the same prefix.
pub(crate) fn of_the_stack_alone(scene: &Scene<'_>) {
    let read = |name: &str| {
        scene.host.shell(&format!(
            "set -a; . /etc/vsc/host.env; aws secretsmanager get-secret-value --secret-id {STACK}/{name} --query Name --output text"
        ))
    };
    let aws = scene.cloud.aws();
    aws.call(&format!(
        "secretsmanager create-secret --name {STACK}/db/password --secret-string not-of-the-team"
    ));
    let foreign = read("db/password");
    assert!(!foreign.success, "the host reads {}", foreign.text);
    assert!(
        foreign.errors.contains("AccessDeniedException"),
        "{}",
        foreign.errors
    );
    let own = read("alice");
    assert_eq!(own.text.trim(), format!("{STACK}/alice"), "{}", own.errors);
}

/// Asserts that the host made the expected calls, and none was denied.
fn are_enough(calls: &[Value], host: &str) {
    let calls = calls.iter().filter(|call| call["host"] == host);
    let calls: Vec<&Value> = calls.collect();
    for action in ["ssm:GetParameter", "secretsmanager:GetSecretValue"] {
        let asked = calls.iter().any(|call| call["action"] == action);
        assert!(asked, "the host never asked for {action}: {calls:?}");
    }
    for call in calls {
        assert_eq!(call["allowed"], true, "{call}");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(host: &str, action: &str, allowed: bool) -> Value {
        json!({ "host": host, "action": action, "allowed": allowed })
    }

    fn calls(host: &str) -> Vec<Value> {
        let actions = ["ssm:GetParameter", "secretsmanager:GetSecretValue"];
        actions.map(|action| call(host, action, true)).into()
    }

    #[test]
    fn calls_of_the_host_are_required() {
        are_enough(
            &[calls("i-1"), vec![call("i-2", "x", false)]].concat(),
            "i-1",
        );
    }

    #[test]
    #[should_panic(expected = "never asked for ssm:GetParameter")]
    fn calls_of_another_host_do_not_count() {
        are_enough(&calls("i-2"), "i-1");
    }

    #[test]
    #[should_panic(expected = "never asked for secretsmanager:GetSecretValue")]
    fn missing_calls_are_detected() {
        are_enough(&calls("i-1")[..1], "i-1");
    }

    #[test]
    #[should_panic(expected = "\"allowed\":false")]
    fn a_denied_call_is_detected() {
        are_enough(
            &[calls("i-1"), vec![call("i-1", "x", false)]].concat(),
            "i-1",
        );
    }
}
