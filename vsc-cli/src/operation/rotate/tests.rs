use vsc_core::template::write_json;

use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, stack, team, with_user};
use crate::terminal::{heard, plain};
use crate::view::passwords::{table, to_json};

/// AWS with a host in this state, which answers this to a command.
fn aws(state: &str, output: Answer) -> Aws {
    let member = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    let instance = |state: &str| {
        good(format!(
            "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"
        ))
    };
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(member)])
        .answers("DescribeInstances", [instance(state), instance("running")])
        .answers(
            "GetRandomPassword",
            [
                good("{\"RandomPassword\": \"first-password\"}"),
                good("{\"RandomPassword\": \"second-password\"}"),
            ],
        )
        .answers("PutSecretValue", [good("{}")])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", [output])
}

fn command_output(status: &str, output: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"{output}\"}}"
    ))
}

fn users<'a>(stack: &'a Stack, names: &[&str]) -> Result<Vec<&'a User>, Failure> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let names: Vec<&String> = names.iter().collect();
    developers(stack, stack.team.as_ref().expect("it is a team"), &names)
}

const QUIET: Options = Options {
    shows: false,
    yes: false,
};

const SHOWN: Options = Options {
    shows: true,
    yes: true,
};

/// The result of a rotation: as a table, as JSON, and when it takes effect.
type Ended = Result<(String, String, Effective), Failure>;

/// Rotates the passwords of these developers; the result and the output.
fn rotated(aws: &Aws, names: &[&str], options: Options) -> (Ended, String) {
    let stack = team(|team| team);
    let users = users(&stack, names).expect("they are there");
    let team = stack.team.as_ref().expect("it is a team");
    aws.run(async |session| {
        let result = rotate(session, &stack, team, &users, options).await;
        let result = result.map(|(rotated, effective)| {
            let json = rotated
                .iter()
                .map(|user| to_json(user, effective, options.shows));
            let json: String = json.map(|json| write_json(&json)).collect();
            let json = json.split_whitespace().collect();
            (plain(&table(&rotated)), json, effective)
        });
        (result, heard::take())
    })
}

#[test]
fn a_new_password_takes_effect_when_the_host_confirms_it() {
    let aws = aws("running", command_output("Success", ""));
    let (result, reported) = rotated(&aws, &["alice", "bob", "alice"], QUIET);
    let Ok((_, json, effective)) = result else {
        panic!("it is done: {}", message(result));
    };
    assert_eq!(effective, Effective::Now);
    assert_eq!(
        json,
        r#"{"name":"alice","secret":"team/alice","applied":"now"}{"name":"bob","secret":"team/bob","applied":"now"}"#
    );
    assert!(
        reported
            .contains("new passwords of `alice` and `bob` are in use: the host has applied them"),
        "{reported}"
    );
    assert!(!reported.contains("-password\n"), "{reported}");
    let body = aws.last("GetRandomPassword").body;
    let body: String = body.split_whitespace().collect();
    assert_eq!(body, r#"{"PasswordLength":32,"ExcludePunctuation":true}"#);
    let put = aws.calls("PutSecretValue");
    assert_eq!(put.len(), 2);
    for (call, (secret, password)) in put.iter().zip([
        ("team/alice", "first-password"),
        ("team/bob", "second-password"),
    ]) {
        let body: String = call.body.split_whitespace().collect();
        assert!(
            body.contains(&format!("\"SecretId\":\"{secret}\"")),
            "{body}"
        );
        assert!(
            body.contains(&format!("\"SecretString\":\"{password}\"")),
            "{body}"
        );
        let token = body.split("\"ClientRequestToken\":\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        assert!(
            token.is_some_and(|token| (32..=64).contains(&token.len())),
            "{body}"
        );
    }
    let body = aws.last("SendCommand").body;
    assert!(body.contains("vsc/step logins && "), "{body}");
    // The secrets are written before the host is notified.
    let operations = aws.operations();
    let position = |name: &str| operations.iter().rposition(|known| known == name);
    assert!(position("PutSecretValue") < position("SendCommand"));
}

#[test]
fn passwords_are_printed_with_show() {
    let shown = aws("running", command_output("Success", ""));
    let (result, reported) = rotated(&shown, &["alice"], SHOWN);
    let Ok((table, json, _)) = result else {
        panic!("it is done: {}", message(result));
    };
    assert!(
        table.contains("alice  team/alice  first-password"),
        "{table}"
    );
    assert!(json.contains(r#""password":"first-password""#), "{json}");
    assert!(!reported.contains("first-password"), "{reported}");
    let asked = Options {
        yes: false,
        ..SHOWN
    };
    let rejected = aws("running", command_output("Success", ""));
    let (result, reported) = with_user(false, || rotated(&rejected, &["alice"], asked));
    assert_eq!(message(result), "no password was changed");
    assert!(
        reported.contains("Give `alice` new passwords, and print them"),
        "{reported}"
    );
    assert!(rejected.calls("PutSecretValue").is_empty());
    let agreed = with_user(true, || rotated(&rejected, &["alice"], asked));
    assert!(agreed.0.is_ok());
}

#[test]
fn a_stopped_host_applies_them_when_it_starts() {
    for state in ["stopped", "stopping"] {
        let aws = aws(state, command_output("Success", ""));
        let (result, reported) = rotated(&aws, &["alice"], QUIET);
        let Ok((_, json, effective)) = result else {
            panic!("it is done: {}", message(result));
        };
        assert_eq!(effective, Effective::AtNextStart);
        assert!(json.contains(r#""applied":"at-next-start""#), "{json}");
        let expected = format!("the host of team is {state}, and applies them at its next start");
        assert!(reported.contains(&expected), "{reported}");
        assert!(aws.calls("SendCommand").is_empty());
        assert_eq!(aws.calls("PutSecretValue").len(), 1);
    }
    // A starting host is awaited.
    let starting = aws("pending", command_output("Success", ""));
    let (result, _) = rotated(&starting, &["alice"], QUIET);
    assert_eq!(result.ok().map(|(.., when)| when), Some(Effective::Now));
    let gone = aws("terminated", command_output("Success", ""));
    let reported = message(rotated(&gone, &["alice"], QUIET).0);
    assert!(
        reported.starts_with("the host of team (i-1) no longer exists; no password was changed"),
        "{reported}"
    );
    assert!(gone.calls("PutSecretValue").is_empty());
}

#[test]
fn a_missing_confirmation_is_a_failure() {
    let denied = "logins: the password of alice: AccessDeniedException";
    for (answer, reason) in [
        (command_output("Failed", &format!("{denied}\\n")), denied),
        (command_output("DeliveryTimedOut", ""), "DeliveryTimedOut"),
    ] {
        let reported = message(rotated(&aws("running", answer), &["alice"], QUIET).0);
        assert!(
            reported.starts_with(&format!(
                "the host of team has not confirmed the new passwords of `alice`: {reason}\n"
            )),
            "{reported}"
        );
        assert!(
            reported.contains("until the host applies them, the old ones still work"),
            "{reported}"
        );
    }
    let unreached = aws("running", command_output("Success", ""));
    let unreached = unreached.answers("SendCommand", [bad("InvalidInstanceId", "no")]);
    let reported = message(rotated(&unreached, &["alice"], QUIET).0);
    assert!(
        reported.contains("`alice`: Systems Manager cannot reach it: its agent is not running"),
        "{reported}"
    );
}

#[test]
fn a_missing_secret_is_reported_with_what_was_changed() {
    let output_of = |put: Vec<Answer>, names: &[&str]| {
        let aws = aws("running", command_output("Success", "")).answers("PutSecretValue", put);
        let reported = message(rotated(&aws, names, QUIET).0);
        assert!(aws.calls("SendCommand").is_empty());
        reported
    };
    let missing = || bad("ResourceNotFoundException", "no");
    assert_eq!(
        output_of(vec![missing()], &["alice"]),
        "the secret team/alice does not exist\nno password was changed\n= help: create it with `cargo run -- deploy team`"
    );
    let half = output_of(vec![good("{}"), missing()], &["alice", "bob"]);
    assert!(
        half.starts_with("the secret team/bob does not exist\nnew passwords of `alice` are in Secrets Manager, but the host has not been notified"),
        "{half}"
    );
    let denied = output_of(vec![bad("AccessDenied", "no")], &["alice"]);
    assert!(denied.contains("\nno password was changed\n"), "{denied}");
}

#[test]
fn unknown_users_and_shared_passwords_are_rejected() {
    let output_of = |stack: &Stack, name: &str| message(users(stack, &[name]).map(drop));
    assert_eq!(
        output_of(&team(|team| team), "zacharias"),
        "usage: the team has no user `zacharias`\n= help: the users are `alice` and `bob`"
    );
    let shared = team(vsc_spec::team::TeamIdeBuilder::login_shared);
    let reported = output_of(&shared, "alice");
    assert!(
        reported.starts_with("all developers of team share one password"),
        "{reported}"
    );
    assert!(
        reported.contains("`cargo run -- deploy team --parameter AppPassword=…`"),
        "{reported}"
    );
    let account = vsc_spec::team::UserBuilder::new("carol").email("carol@x.com");
    let alone = vsc_spec::team::TeamIde::builder()
        .user(account)
        .stack_name("team");
    let alone = alone.domain("code.x.com").login_cognito("acme-ide");
    let stack = crate::assembly::written::declared(alone.declaration());
    assert_eq!(
        output_of(&stack, "carol"),
        "the developers of team have no passwords here: a provider signs them in\n= help: they reset their passwords there"
    );
}

/// Runs the command in a shell, with a step that continues in spite of a failure.
#[test]
fn a_step_that_continues_is_not_a_confirmation() {
    let folder = vsc_core::file::folder(&std::env::temp_dir(), "rotate").expect("a folder");
    let root = folder.display().to_string();
    let command = APPLY
        .replace("/usr/local/libexec/vsc/step", &format!("{root}/step"))
        .replace("/run/vsc/failures", &format!("{root}/failures"));
    let ran = |step: &str| {
        std::fs::write(folder.join("step"), format!("#!/bin/sh\n{step}\n")).expect("it is written");
        let made = std::process::Command::new("chmod")
            .arg("+x")
            .arg(folder.join("step"))
            .status();
        assert!(made.is_ok_and(|made| made.success()));
        let ran = std::process::Command::new("sh")
            .args(["-c", &command])
            .output();
        let ran = ran.expect("sh runs");
        let reported = String::from_utf8_lossy(&ran.stderr).into_owned();
        (ran.status.success(), reported)
    };
    assert_eq!(ran("exit 0"), (true, String::new()));
    assert_eq!(ran("exit 3"), (false, String::new()));
    let continues =
        format!("mkdir -p {root}/failures; echo logins: denied > {root}/failures/logins");
    assert_eq!(ran(&continues), (false, "logins: denied\n".to_owned()));
    std::fs::remove_dir_all(&folder).expect("it is removed");
}
