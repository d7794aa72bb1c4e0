use super::*;
use crate::aws::scripted::{Answer, Aws, good, message, named, running_host, target, team};
use crate::terminal::{heard, plain};

fn ended(status: &str, errors: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"\", \"StandardErrorContent\": \"{errors}\"}}"
    ))
}

fn command(aws: &Aws) -> String {
    let calls = aws.calls("SendCommand");
    let body: serde_json::Value = serde_json::from_str(&calls[0].body).expect("it is JSON");
    let command = body["Parameters"]["commands"][0].as_str();
    command.expect("there is one").to_owned()
}

/// The result of a change of alice's access, and what is reported.
fn changed(aws: &Aws, access: Access) -> (Result<(), Failure>, String) {
    let team = team(|team| team);
    aws.serve(|| {
        let result = run(&target(false), &team, &["alice"], access);
        (result, plain(&heard::take()))
    })
}

#[test]
fn the_message_says_what_a_change_means() {
    for (access, sent, expected) in [
        (
            Access::Revoked,
            "/usr/local/libexec/vsc/revoke alice",
            "alice is locked out of team: all sessions have ended, and open windows are closed\nalice is still in the declaration, and the workspace runs on: `cargo run -- users admit alice` lets alice in again; to off-board alice, remove the user and run `cargo run -- deploy team`\n",
        ),
        (
            Access::Admitted,
            "/usr/local/libexec/vsc/revoke alice admit",
            "alice may sign in to team again\n",
        ),
    ] {
        let aws = running_host([ended("Success", "")]);
        let (result, reported) = changed(&aws, access);
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(reported, expected);
        assert_eq!(command(&aws), sent);
    }
}

#[test]
fn a_shared_password_still_opens_the_workspaces_of_colleagues() {
    let aws = running_host([ended("Success", "")]);
    let mut team = team(|team| team);
    if let Some(team) = &mut team.team {
        team.login.kind = LoginKind::Shared;
    }
    let reported = aws.serve(|| {
        run(&target(false), &team, &["alice"], Access::Revoked).expect("it is done");
        plain(&heard::take())
    });
    assert!(
        reported.contains("warning: all developers of team share one password, which alice knows: set another one with `cargo run -- deploy team --parameter AppPassword=…`"),
        "{reported}"
    );
}

#[test]
fn a_failure_says_what_is_not_done() {
    for (aws, expected) in [
        (
            running_host([ended("Failed", "httpd: no\\nfailed: configuring the login")]),
            "alice is not completely locked out of team: failed: configuring the login",
        ),
        (
            running_host([ended("Failed", "the team on this host has no user alice")]),
            "alice is not completely locked out of team: the team on this host has no user alice",
        ),
    ] {
        assert_eq!(message(changed(&aws, Access::Revoked).0), expected);
    }
    for name in ["", "-x", "alice@2026-11-01", "a b", "../x"] {
        let aws = running_host([]);
        let result = aws.serve(|| run(&target(false), &named("team"), &[name], Access::Revoked));
        let expected = format!(
            "usage: invalid user name \"{name}\"\n= help: list the users with `cargo run -- users`"
        );
        assert_eq!(message(result), expected);
        assert!(aws.operations().is_empty());
    }
}
