//! The script that locks a developer out, killed before each of its commands, and with parts that fail.

mod script;

use std::process::Output;

use script::Script;

/// Kills a script before its n-th command.
const KILLER: &str = "unset BASH_ENV; n=0; set -T; trap 'n=$((n + 1)); [ $n -lt $KILL_AT ] || kill -KILL $$' DEBUG\n";

struct Host {
    script: Script,
}

impl Host {
    /// A host on which alice is signed in, with stand-ins for the scripts that need Apache.
    fn new() -> Self {
        let script = Script::new("revoke", &[]);
        script.install("audit", &[]);
        let state = script.path("lib/login").display().to_string();
        script.write("bin/settings", &format!("LOGIN_STATE={state}\n"));
        let calls = script.path("calls").display().to_string();
        for name in ["logins", "cut", "sessions"] {
            let call = format!(
                "#!/bin/sh\necho {name} \"$*\" $(ls {state}/revoked 2>/dev/null) >> {calls}\n"
            );
            script.write(&format!("bin/{name}"), &call);
        }
        script.write("lib/login/oidc/alice/session", "");
        script.write("lib/login/oidc/bob/session", "");
        Self { script }
    }

    fn revoke(&self, arguments: &[&str]) -> Output {
        let call = self.script.command("revoke", arguments).output();
        call.expect("it runs")
    }

    fn has(&self, path: &str) -> bool {
        self.script.path(path).exists()
    }

    fn calls(&self) -> String {
        self.script.read("calls").unwrap_or_default()
    }

    fn assert_revoked(&self) {
        assert!(self.has("lib/login/revoked/alice"));
        assert!(!self.has("lib/login/revoked.new"));
        assert!(!self.has("lib/login/oidc/alice/session"));
        assert!(self.has("lib/login/oidc/bob/session"));
        // The login is configured, and windows are closed, after the mark.
        let calls = self.calls();
        for call in [
            "logins kept alice\n",
            "sessions end alice alice\n",
            "cut alice alice\n",
        ] {
            assert!(calls.contains(call), "{calls}");
        }
        let record = self.script.read("log/audit.jsonl").unwrap_or_default();
        assert!(record.contains(r#""reason": "revoked""#), "{record}");
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_revoked_developer_is_locked_out_until_admitted() {
    let host = Host::new();
    for _ in 0..2 {
        let output = host.revoke(&["alice"]);
        assert!(output.status.success(), "{output:?}");
        host.assert_revoked();
    }
    let output = host.revoke(&["alice", "admit"]);
    assert!(output.status.success(), "{output:?}");
    assert!(!host.has("lib/login/revoked/alice"));
    assert!(host.calls().ends_with("logins kept\n"), "{}", host.calls());
    assert!(host.revoke(&["alice", "admit"]).status.success());
}

#[test]
fn nobody_else_can_be_revoked() {
    let host = Host::new();
    for name in ["carol", "../alice", "alic.", "--", ""] {
        let output = host.revoke(&[name]);
        assert!(!output.status.success(), "{name}");
        assert_eq!(
            errors(&output).trim(),
            format!("the team on this host has no user {name}").trim()
        );
    }
    assert_eq!(
        (host.calls().as_str(), host.has("lib/login/revoked")),
        ("", false)
    );
}

#[test]
fn a_killed_run_is_completed_by_the_next() {
    let mut kills = 0;
    for at in 1.. {
        let host = Host::new();
        host.script.write("killer", KILLER);
        let mut command = host.script.command("revoke", &["alice"]);
        let killer = host.script.path("killer");
        let killed = command
            .env("BASH_ENV", killer)
            .env("KILL_AT", at.to_string())
            .status()
            .expect("it runs");
        let output = host.revoke(&["alice"]);
        assert!(output.status.success(), "{at}: {output:?}");
        host.assert_revoked();
        if killed.success() {
            break;
        }
        kills += 1;
    }
    assert!(kills >= 15, "{kills}");
}

#[test]
fn a_part_that_fails_does_not_prevent_the_others() {
    let host = Host::new();
    host.script
        .write("bin/logins", "#!/bin/sh\necho 'httpd: no' >&2; exit 1\n");
    let output = host.revoke(&["alice"]);
    assert!(!output.status.success());
    assert!(
        errors(&output).ends_with("failed: configuring the login\n"),
        "{}",
        errors(&output)
    );
    let calls = "sessions end alice alice\ncut alice alice\n";
    assert_eq!(host.calls(), calls);

    host.script.write("bin/sessions", "#!/bin/sh\nexit 1\n");
    let output = host.revoke(&["alice"]);
    assert!(
        errors(&output).ends_with("failed: configuring the login, ending the sessions\n"),
        "{}",
        errors(&output)
    );
}
