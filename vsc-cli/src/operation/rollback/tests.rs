use super::*;
use crate::aws::scripted::{Answer, Aws, ID, bad, events, good, message, missing, stack, stacked};
use crate::terminal::heard;

#[test]
fn each_state_has_its_action() {
    assert_eq!(
        RollbackAction::of("UPDATE_IN_PROGRESS"),
        Some(RollbackAction::CancelUpdate)
    );
    assert_eq!(
        RollbackAction::of("UPDATE_FAILED"),
        Some(RollbackAction::RollBackUpdate)
    );
    assert_eq!(
        RollbackAction::of("CREATE_FAILED"),
        Some(RollbackAction::RollBackCreation)
    );
    assert_eq!(
        RollbackAction::of("UPDATE_ROLLBACK_FAILED"),
        Some(RollbackAction::ContinueRollback)
    );
    assert_eq!(RollbackAction::of("UPDATE_COMPLETE"), None);
    assert_eq!(RollbackAction::of("ROLLBACK_COMPLETE"), None);
    assert_eq!(RollbackAction::of("CREATE_IN_PROGRESS"), None);
}

fn options(skip: &[&str]) -> Options {
    Options {
        skip: skip.iter().map(|id| (*id).to_owned()).collect(),
        yes: true,
        waits: true,
    }
}

/// The calls and the output of a rollback from these states.
fn rolled_back(
    from: &str,
    to: &[Answer],
    skip: &[&str],
    more: &[(u32, &str, &str, &str)],
) -> (Aws, String) {
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            [stack(from)].into_iter().chain(to.iter().cloned()),
        )
        .answers("DescribeStackEvents", [events(&[]), events(more)])
        .answers("CancelUpdateStack", [good("")])
        .answers("RollbackStack", [good("")])
        .answers("ContinueUpdateRollback", [good("")]);
    let reported =
        aws.run(
            async |session| match roll_back(session, &stacked(|_| {}), options(skip)).await {
                Ok(()) => heard::take(),
                failure => message(failure),
            },
        );
    (aws, reported)
}

const BEGIN: (u32, &str, &str, &str) = (1, "Host", "UPDATE_IN_PROGRESS", "");

#[test]
fn each_action_is_its_own_call() {
    for (from, to, operation, end) in [
        (
            "UPDATE_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE",
            "CancelUpdateStack",
            "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before\n",
        ),
        (
            "UPDATE_FAILED",
            "UPDATE_ROLLBACK_COMPLETE",
            "RollbackStack",
            "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before\n",
        ),
        (
            "CREATE_FAILED",
            "ROLLBACK_COMPLETE",
            "RollbackStack",
            "team is rolled back (ROLLBACK_COMPLETE): only its name is left; create it again with `cargo run -- deploy team`\n",
        ),
        (
            "CREATE_FAILED",
            "DELETE_COMPLETE",
            "RollbackStack",
            "team is deleted\n",
        ),
        (
            "UPDATE_ROLLBACK_FAILED",
            "UPDATE_ROLLBACK_COMPLETE",
            "ContinueUpdateRollback",
            "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before\n",
        ),
    ] {
        let (aws, reported) = rolled_back(from, &[stack(to)], &[], &[BEGIN]);
        assert!(reported.ends_with(end), "{from}: {reported}");
        let changes = [
            "CancelUpdateStack",
            "RollbackStack",
            "ContinueUpdateRollback",
        ];
        let called = aws.operations();
        let called: Vec<&str> = called
            .iter()
            .map(String::as_str)
            .filter(|it| changes.contains(it))
            .collect();
        assert_eq!(called, [operation], "{from}");
        let call = aws.last(operation);
        assert_eq!(call.parameter("StackName"), Some(ID));
        let token = call.parameter("ClientRequestToken").unwrap_or_default();
        assert!(token.starts_with("vsc-rollback-"), "{token}");
        assert_eq!(call.parameter("ResourcesToSkip"), None);
    }
    let (_, reported) = rolled_back("CREATE_FAILED", &[missing()], &[], &[BEGIN]);
    assert_eq!(reported, "team is deleted\n");
}

#[test]
fn skipped_resources_are_in_the_call_after_a_failed_rollback() {
    let (aws, _) = rolled_back(
        "UPDATE_ROLLBACK_FAILED",
        &[stack("UPDATE_ROLLBACK_COMPLETE")],
        &["Host", "Queue"],
        &[BEGIN],
    );
    let call = aws.last("ContinueUpdateRollback");
    assert_eq!(call.parameter("ResourcesToSkip.member.1"), Some("Host"));
    assert_eq!(call.parameter("ResourcesToSkip.member.2"), Some("Queue"));
    let (aws, reported) = rolled_back("UPDATE_FAILED", &[missing()], &["Host"], &[]);
    assert_eq!(
        reported,
        "usage: `--skip` requires a stack in UPDATE_ROLLBACK_FAILED, but team is in UPDATE_FAILED\n= help: omit it"
    );
    assert!(aws.calls("RollbackStack").is_empty());
}

#[test]
fn a_state_without_an_action_has_a_help() {
    for (status, help) in [
        (
            "CREATE_IN_PROGRESS",
            "it is being created: delete it with `cargo run -- destroy team`",
        ),
        (
            "DELETE_IN_PROGRESS",
            "it is being deleted: follow it with `cargo run -- events --follow team`",
        ),
        (
            "ROLLBACK_COMPLETE",
            "its creation failed: create it again with `cargo run -- deploy team`",
        ),
        (
            "DELETE_FAILED",
            "delete the rest with `cargo run -- destroy team`",
        ),
        ("UPDATE_COMPLETE", EARLIER),
    ] {
        let (aws, reported) = rolled_back(status, &[missing()], &[], &[]);
        assert_eq!(
            reported,
            format!("team cannot be rolled back ({status})\n= help: {help}")
        );
        assert_eq!(aws.operations(), ["DescribeStacks"]);
    }
    let (_, reported) = rolled_back("IMPORT_ROLLBACK_FAILED", &[missing()], &[], &[]);
    assert!(
        reported.starts_with("the import into team failed"),
        "{reported}"
    );
}

#[test]
fn each_action_has_its_question() {
    for (status, question) in [
        (
            "UPDATE_IN_PROGRESS",
            "Cancel the update of team and roll it back?",
        ),
        (
            "CREATE_FAILED",
            "The creation of team failed without a rollback. Delete the resources that it created?",
        ),
        (
            "UPDATE_FAILED",
            "Roll team back to its state before the failed update?",
        ),
        ("UPDATE_ROLLBACK_FAILED", "Continue the rollback of team?"),
    ] {
        let aws = Aws::default().answers("DescribeStacks", [stack(status)]);
        let asked = Options {
            yes: false,
            ..options(&[])
        };
        let reported =
            aws.run(async |session| message(roll_back(session, &stacked(|_| {}), asked).await));
        assert!(reported.starts_with(question), "{reported}");
        assert!(reported.ends_with("= help: pass `--yes`"), "{reported}");
        assert_eq!(aws.operations(), ["DescribeStacks"]);
    }
}

#[test]
fn a_failed_rollback_is_reported() {
    let (_, reported) = rolled_back(
        "UPDATE_IN_PROGRESS",
        &[stack("UPDATE_COMPLETE")],
        &[],
        &[BEGIN],
    );
    assert_eq!(
        reported,
        format!(
            "the update of team was over before it could be cancelled (UPDATE_COMPLETE)\n= help: {EARLIER}"
        )
    );
    let failed = [
        BEGIN,
        (2, "Queue", "UPDATE_FAILED", "no"),
        (3, "Host", "UPDATE_FAILED", "no"),
        (4, "Host", "UPDATE_FAILED", "no"),
        (5, "Zone", "UPDATE_COMPLETE", ""),
        (6, "team", "UPDATE_FAILED", "no"),
    ];
    let (_, reported) = rolled_back(
        "UPDATE_FAILED",
        &[stack("UPDATE_ROLLBACK_FAILED")],
        &[],
        &failed,
    );
    assert!(
        reported.starts_with("the rollback of team failed: Queue (AWS::EC2::Instance): no\n"),
        "{reported}"
    );
    assert!(
        reported.contains("\nteam is in the state UPDATE_ROLLBACK_FAILED\n"),
        "{reported}"
    );
    assert!(
        reported.ends_with("= help: fix the cause and run `cargo run -- rollback team` again; `--skip Host --skip Queue` skips what cannot be rolled back"),
        "{reported}"
    );
    let (_, reported) = rolled_back(
        "UPDATE_FAILED",
        &[stack("UPDATE_ROLLBACK_FAILED")],
        &[],
        &[BEGIN],
    );
    assert!(reported.contains("`--skip LOGICAL_ID` skips"), "{reported}");
    let (_, reported) = rolled_back("CREATE_FAILED", &[stack("ROLLBACK_FAILED")], &[], &[BEGIN]);
    assert!(
        reported.ends_with("= help: delete what is left with `cargo run -- destroy team`"),
        "{reported}"
    );
    // Only a cancelled update may end in UPDATE_COMPLETE.
    let (_, reported) = rolled_back("UPDATE_FAILED", &[stack("UPDATE_COMPLETE")], &[], &[BEGIN]);
    assert!(
        reported.starts_with("the rollback of team failed"),
        "{reported}"
    );
}

#[test]
fn a_rollback_that_does_not_start_is_reported() {
    for (answer, state) in [
        (
            bad("AccessDenied", "no"),
            Some("team was not rolled back: check with `cargo run -- status team`"),
        ),
        (
            Answer::Lost,
            Some("the rollback of team may have started: check with `cargo run -- status team`"),
        ),
        (bad("TokenAlreadyExistsException", "no"), None),
    ] {
        let aws = Aws::default()
            .answers(
                "DescribeStacks",
                [stack("UPDATE_FAILED"), stack("UPDATE_ROLLBACK_COMPLETE")],
            )
            .answers("DescribeStackEvents", [events(&[]), events(&[BEGIN])])
            .answers("RollbackStack", [answer]);
        let result =
            aws.run(async |session| roll_back(session, &stacked(|_| {}), options(&[])).await);
        match state {
            None => assert!(result.is_ok(), "{result:?}"),
            Some(state) => {
                let reported = message(result);
                assert!(reported.contains(&format!("\n{state}")), "{reported}");
            }
        }
    }
}

#[test]
fn no_wait_and_interruptions_name_the_command_that_follows() {
    let aws = || {
        Aws::default()
            .answers(
                "DescribeStacks",
                [stack("UPDATE_FAILED"), stack("UPDATE_ROLLBACK_IN_PROGRESS")],
            )
            .answers("DescribeStackEvents", [events(&[])])
            .answers("RollbackStack", [good("")])
    };
    let quick = Options {
        waits: false,
        ..options(&[])
    };
    let reported = aws().run(async |session| {
        assert!(roll_back(session, &stacked(|_| {}), quick).await.is_ok());
        heard::take()
    });
    assert_eq!(
        reported,
        "team is being rolled back; follow it with `cargo run -- events --follow team`\n"
    );
    let reported = aws()
        .interrupted_at("RollbackStack")
        .run(async |session| message(roll_back(session, &stacked(|_| {}), options(&[])).await));
    assert_eq!(
        reported,
        "interrupted: the rollback of team continues in AWS: follow it with `cargo run -- events --follow team`"
    );
}
