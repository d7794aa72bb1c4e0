//! Commands on AWS, as users call them.

use clap::ArgMatches;

use crate::app::App;
use crate::assembly::{Assembly, Stack, Synthesis};
use crate::aws::scripted::{
    Answer, Aws, ID, bad, events, good, message, missing, stack, stack_with, stacked, with_user,
};
use crate::cli::Context;
use crate::commands::{command, dispatch};
use crate::failure::{Failure, FailureKind};
use crate::terminal::{Terminal, heard};

fn matches(arguments: &[&str]) -> ArgMatches {
    let arguments = [&["vsc"], arguments].concat();
    let matches = command().try_get_matches_from(arguments);
    matches.unwrap_or_else(|error| panic!("{error}"))
}

/// Calls a command of a crate with these stacks; the output and the result.
pub(super) fn called(
    aws: &Aws,
    stacks: &[&'static str],
    arguments: &[&str],
) -> (String, Result<(), Failure>) {
    let stack = |name: &&'static str| {
        let mut stack = stacked(|stack| {
            if *name == "team" {
                let mut bucket =
                    vsc_core::stack::Draft::unchecked("AWS::S3::Bucket", vsc_spec::Object::new());
                bucket.set_option("DeletionPolicy", "Retain".into());
                stack.add("Backups", bucket);
            }
        });
        stack.name = (*name).to_owned();
        stack
    };
    called_on(aws, stacks.iter().map(stack), arguments)
}

/// As [`called`], on these stacks.
pub(super) fn called_on(
    aws: &Aws,
    stacks: impl IntoIterator<Item = Stack>,
    arguments: &[&str],
) -> (String, Result<(), Failure>) {
    let stacks = stacks.into_iter();
    let app = App::of(Assembly {
        stacks: stacks
            .map(|stack| Synthesis::Done(Box::new(stack)))
            .collect(),
        ..Assembly::default()
    });
    let context = Context {
        app: &app,
        terminal: &Terminal::default(),
    };
    heard::take();
    let result = aws.serve(|| dispatch(&context, &matches(arguments)));
    (heard::take(), result)
}

fn json(text: &str) -> String {
    text.split_whitespace().collect()
}

fn cloud(states: impl IntoIterator<Item = Answer>) -> Aws {
    let added = "<Status>CREATE_COMPLETE</Status><Changes/>";
    let host = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    Aws::default()
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account>")],
        )
        .answers("DescribeStacks", states)
        .answers("GetTemplateSummary", [good("")])
        .answers(
            "GetTemplate",
            [good(
                "<TemplateBody>Resources: {Queue: {Type: AWS::SQS::Queue}}</TemplateBody>",
            )],
        )
        .answers(
            "CreateChangeSet",
            [good(format!("<StackId>{ID}</StackId>"))],
        )
        .answers("DescribeChangeSet", [good(added)])
        .answers("ExecuteChangeSet", [good("")])
        .answers("DeleteChangeSet", [good("")])
        .answers("DeleteStack", [good("")])
        .answers("RollbackStack", [good("")])
        .answers("ContinueUpdateRollback", [good("")])
        .answers("ListStackResources", [good(host)])
        .answers(
            "DescribeStackEvents",
            [
                events(&[]),
                events(&[(1, "Queue", "CREATE_IN_PROGRESS", "")]),
            ],
        )
}

/// The stacks of the calls of an operation.
fn names(aws: &Aws, operation: &str) -> Vec<String> {
    let calls = aws.calls(operation);
    let names = calls.iter().filter_map(|call| call.parameter("StackName"));
    names.map(str::to_owned).collect()
}

#[test]
fn a_deployment_passes_its_options() {
    for (arguments, parameter, value) in [
        (&["--on-failure", "keep"][..], None, None),
        (
            &["--on-failure", "delete"],
            Some("OnStackFailure"),
            Some("DELETE"),
        ),
        (&["--on-failure", "rollback"], Some("OnStackFailure"), None),
        (
            &["--role-arn", "arn:role"],
            Some("RoleARN"),
            Some("arn:role"),
        ),
        (
            &["--notification-arn", "arn:a", "--notification-arn", "arn:b"],
            Some("NotificationARNs.member.2"),
            Some("arn:b"),
        ),
    ] {
        let aws = cloud([missing(), stack("CREATE_COMPLETE")]);
        let arguments = [&["deploy", "--yes"], arguments].concat();
        let (reported, result) = called(&aws, &["team"], &arguments);
        assert!(result.is_ok(), "{result:?} {reported}");
        match parameter {
            Some(parameter) => assert_eq!(aws.last("CreateChangeSet").parameter(parameter), value),
            None => assert_eq!(
                aws.last("ExecuteChangeSet").parameter("DisableRollback"),
                Some("true")
            ),
        }
    }
    let aws = cloud([missing()]);
    let (reported, result) = called(&aws, &["team"], &["deploy", "--yes", "--no-wait"]);
    assert!(
        result.is_ok() && reported.contains("is being deployed; follow it"),
        "{reported}"
    );
    for (flag, removes) in [("--dry-run", true), ("--no-execute", false)] {
        let aws = cloud([stack("CREATE_COMPLETE")]);
        let (_, result) = called(&aws, &["team"], &["deploy", flag]);
        assert!(result.is_ok());
        assert!(aws.calls("ExecuteChangeSet").is_empty());
        assert_eq!(!aws.calls("DeleteChangeSet").is_empty(), removes);
    }
    let wrong = called(&cloud([]), &["team"], &["deploy", "--parameter", "A"]).1;
    assert!(message(wrong).starts_with("usage: `--parameter A` has no value\n"));
    let unknown = called(
        &cloud([missing()]),
        &["team"],
        &["deploy", "--parameter", "A=b"],
    )
    .1;
    assert!(
        matches!(&unknown, Err(failure) if failure.kind() == FailureKind::Synthesis),
        "{unknown:?}"
    );
}

#[test]
fn outputs_are_printed_if_there_are_any() {
    let outputs = "<Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://a</OutputValue></member></Outputs>";
    for (more, json, expected) in [
        (outputs, false, "OUTPUT  VALUE\nUrl     https://a\n"),
        ("", false, "team is deployed (CREATE_COMPLETE)\n"),
        (outputs, true, "}\n"),
    ] {
        let aws = cloud([missing(), stack_with("CREATE_COMPLETE", more)]);
        let arguments: &[&str] = if json {
            &["deploy", "--json"]
        } else {
            &["deploy"]
        };
        let (reported, result) = called(&aws, &["team"], arguments);
        assert!(result.is_ok());
        let reported: Vec<&str> = reported.lines().map(str::trim_end).collect();
        assert!(
            (reported.join("\n") + "\n").ends_with(expected),
            "{reported:?}"
        );
    }
}

#[test]
fn several_stacks_are_deployed_one_after_the_other_until_one_fails() {
    let states = || {
        [
            missing(),
            stack("CREATE_COMPLETE"),
            bad("AccessDenied", "no"),
        ]
    };
    let stacks = ["team", "other", "third"];
    let aws = cloud(states());
    let (reported, result) = called(&aws, &stacks, &["deploy", "--all", "--yes"]);
    assert!(message(result).starts_with("access denied: no"));
    assert!(
        reported.ends_with("deployed: `team`\nnot started: `third`\n"),
        "{reported}"
    );
    let aws = cloud(states());
    let (reported, result) = called(&aws, &stacks, &["deploy", "--all", "--yes", "--json"]);
    assert!(
        matches!(&result, Err(failure) if failure.is_in_result()),
        "{result:?}"
    );
    let reported = json(&reported);
    assert!(
        reported.contains(r#"{"team":{"status":"CREATE_COMPLETE","#),
        "{reported}"
    );
    assert!(
        reported.contains(r#""other":{"errors":[{"severity":"error","#),
        "{reported}"
    );
    assert!(!reported.contains(r#""third":"#), "{reported}");
}

#[test]
fn the_last_stack_is_destroyed_first() {
    let aws = cloud([stack("DELETE_IN_PROGRESS"), missing(), missing()]);
    let (_, result) = called(&aws, &["team", "other"], &["destroy", "--all", "--yes"]);
    assert!(result.is_ok(), "{result:?}");
    let names = names(&aws, "DescribeStacks");
    assert_eq!(
        (
            names.first().map(String::as_str),
            names.last().map(String::as_str)
        ),
        (Some("other"), Some("team"))
    );
    for (arguments, reported) in [
        (&["destroy"][..], "Delete it?\ncannot ask for confirmation"),
        (
            &["destroy", "--yes", "--retain", "Queue"],
            "usage: `--retain` requires a stack in DELETE_FAILED",
        ),
    ] {
        let result = called(&cloud([stack("CREATE_COMPLETE")]), &["team"], arguments).1;
        assert!(message(result).contains(reported));
    }
    let aws = cloud([stack("DELETE_FAILED")]);
    let (reported, result) = called(
        &aws,
        &["team"],
        &[
            "destroy",
            "--yes",
            "--no-wait",
            "--role-arn",
            "arn:role",
            "--retain",
            "Queue",
        ],
    );
    assert!(
        result.is_ok() && reported.contains("is being deleted; "),
        "{reported}"
    );
    assert_eq!(
        aws.last("DeleteStack").parameter("RoleARN"),
        Some("arn:role")
    );
    assert_eq!(
        aws.last("DeleteStack")
            .parameter("RetainResources.member.1"),
        Some("Queue")
    );
}

#[test]
fn a_rollback_passes_its_options() {
    let aws = cloud([stack("UPDATE_ROLLBACK_FAILED")]);
    let (reported, result) = called(
        &aws,
        &["team"],
        &["rollback", "--yes", "--no-wait", "--skip", "Queue"],
    );
    assert!(
        result.is_ok() && reported.contains("team is being rolled back; "),
        "{reported}"
    );
    let call = aws.last("ContinueUpdateRollback");
    assert_eq!(call.parameter("ResourcesToSkip.member.1"), Some("Queue"));
    let asked = called(&cloud([stack("UPDATE_FAILED")]), &["team"], &["rollback"]).1;
    assert!(message(asked).contains("cannot ask for confirmation"));
    let aws = cloud([stack("UPDATE_FAILED"), stack("UPDATE_ROLLBACK_COMPLETE")]);
    let (reported, result) = called(&aws, &["team"], &["rollback", "--yes"]);
    assert!(
        result.is_ok() && reported.contains("team is rolled back"),
        "{reported}"
    );
}

#[test]
fn events_are_shown_or_followed() {
    let all = [
        (1, "team", "CREATE_IN_PROGRESS", ""),
        (2, "team", "CREATE_COMPLETE", ""),
    ];
    let aws = || cloud([stack("CREATE_COMPLETE")]).answers("DescribeStackEvents", [events(&all)]);
    let (reported, result) = called(&aws(), &["team"], &["events"]);
    assert!(
        result.is_ok() && reported.lines().count() == 2,
        "{reported}"
    );
    let (reported, result) = called(
        &aws(),
        &["team"],
        &["events", "--json", "--since", "2026-11-25T09:02:00Z"],
    );
    assert!(
        result.is_ok() && reported.starts_with('[') && reported.matches("\"status\"").count() == 1,
        "{reported}"
    );
    let aws = cloud([stack("CREATE_COMPLETE"), stack("CREATE_FAILED")])
        .answers("DescribeStackEvents", [events(&all)]);
    let (_, result) = called(&aws, &["team"], &["events", "--follow"]);
    assert!(message(result).starts_with("team ended in CREATE_FAILED"));
    let wrong = called(&aws, &["team"], &["events", "--since", "soon"]).1;
    assert!(message(wrong).starts_with("usage: invalid `--since soon`"));
}

#[test]
fn questions_may_be_declined() {
    let removes = "<Status>CREATE_COMPLETE</Status><Changes><member><ResourceChange><Action>Remove</Action><LogicalResourceId>Queue</LogicalResourceId></ResourceChange></member></Changes>";
    let import = removes
        .replace("Remove", "Import")
        .replace("Queue", "Backups");
    let nothing = "<Status>CREATE_COMPLETE</Status><Changes/>";
    let summary = "<ResourceIdentifierSummaries><member><ResourceType>AWS::S3::Bucket</ResourceType><ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member></ResourceIdentifierSummaries>";
    let aws = |states: &[&str], content: &str| {
        cloud(states.iter().map(|state| match *state {
            "" => missing(),
            state => stack(state),
        }))
        .answers("DescribeChangeSet", [good(content)])
        .answers("GetTemplateSummary", [good(summary)])
        .answers(
            "DescribeInstances",
            [instance("running"), instance("stopped")],
        )
        .answers("StopInstances", [good("")])
    };
    for (arguments, states, content, question, no, yes) in [
        (
            &["deploy"][..],
            &["CREATE_COMPLETE", "UPDATE_COMPLETE"][..],
            removes,
            "This removes `Queue`.\nDeploy team?\n",
            "team was not deployed\nnothing was changed; the change set was deleted",
            "team is deployed (UPDATE_COMPLETE)\n",
        ),
        (
            &["deploy", "--yes"],
            &["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"],
            removes,
            "Wait for it to finish?\n",
            "team is being updated; nothing was changed\n= help: wait for it to finish with `cargo run -- events --follow team`, then deploy again",
            "team is deployed (UPDATE_COMPLETE)\n",
        ),
        (
            &["deploy"],
            &["ROLLBACK_COMPLETE", "", "", "CREATE_COMPLETE"],
            nothing,
            "Delete it and create it again?\n",
            "team was not deleted; nothing was changed",
            "team is deployed (CREATE_COMPLETE)\n",
        ),
        (
            &["destroy"],
            &["CREATE_COMPLETE", ""],
            removes,
            "Delete it?\n",
            "team was not deleted",
            "team is deleted\n",
        ),
        (
            &["rollback"],
            &["UPDATE_FAILED", "UPDATE_ROLLBACK_COMPLETE"],
            removes,
            "Roll team back to its state before the failed update?\n",
            "team was not rolled back",
            "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before\n",
        ),
        (
            &["stop"],
            &["CREATE_COMPLETE"],
            removes,
            "unsaved work is lost.\n",
            "the host of team was not stopped",
            "the host of team is stopped\n",
        ),
        (
            &["import", "--resource", "Backups=acme"],
            &["CREATE_COMPLETE", "IMPORT_COMPLETE"],
            import.as_str(),
            "Import this into team?\n",
            "nothing was imported into team",
            "next: compare them with their declaration: `cargo run -- drift team`\n",
        ),
    ] {
        let rejected = aws(states, content);
        let (reported, result) = with_user(false, || called(&rejected, &["team"], arguments));
        assert!(reported.contains(question), "{reported}");
        assert_eq!(message(result), no);
        for operation in [
            "ExecuteChangeSet",
            "DeleteStack",
            "RollbackStack",
            "StopInstances",
        ] {
            assert!(
                rejected.calls(operation).is_empty(),
                "{arguments:?} {operation}"
            );
        }
        let agreed = aws(states, content);
        let (reported, result) = with_user(true, || called(&agreed, &["team"], arguments));
        assert!(result.is_ok(), "{arguments:?} {result:?}");
        assert!(reported.ends_with(yes), "{reported}");
    }
}

fn instance(state: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"
    ))
}

#[test]
fn hosts_are_started_and_stopped() {
    let aws = |states: &[&str]| {
        cloud([stack("CREATE_COMPLETE")])
            .answers(
                "DescribeInstances",
                states.iter().map(|state| instance(state)),
            )
            .answers("StartInstances", [good("")])
            .answers("StopInstances", [good("")])
    };
    let started = aws(&["stopped", "running"]);
    assert!(called(&started, &["team"], &["start"]).1.is_ok());
    assert_eq!(started.calls("StartInstances").len(), 1);
    let asked = aws(&["running"]);
    assert!(
        message(called(&asked, &["team"], &["stop"]).1).contains("0 developers are locked out")
    );
    assert!(asked.calls("StopInstances").is_empty());
    let stopped = aws(&["running", "stopped"]);
    let (reported, result) = called(&stopped, &["team"], &["stop", "--yes"]);
    assert!(
        result.is_ok() && reported.ends_with("the host of team is stopped\n"),
        "{reported}"
    );
    let quick = aws(&["stopped"]);
    let (reported, result) = called(&quick, &["team"], &["start", "--no-wait"]);
    assert!(
        result.is_ok() && reported.ends_with("is starting\n"),
        "{reported}"
    );
    assert_eq!(quick.calls("DescribeInstances").len(), 1);
}

#[test]
fn the_deployed_stack_is_shown() {
    let outputs = "<Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://a</OutputValue></member></Outputs>";
    let aws = || {
        cloud([stack_with("CREATE_COMPLETE", outputs)])
            .answers("ListStackResources", [good("")])
            .answers("DescribeStackEvents", [events(&[])])
            .answers("DetectStackDrift", [good("")])
            .answers("DescribeStackDriftDetectionStatus", [good("<DetectionStatus>DETECTION_COMPLETE</DetectionStatus>")])
            .answers(
                "DescribeStackResourceDrifts",
                [good("<StackResourceDrifts><member><LogicalResourceId>Queue</LogicalResourceId><StackResourceDriftStatus>DELETED</StackResourceDriftStatus></member></StackResourceDrifts>")],
            )
    };
    for (arguments, begin) in [
        (&["status"][..], "team\nstate    CREATE_COMPLETE\n"),
        (
            &["status", "--json"],
            "{\n  \"team\": {\n    \"state\": \"CREATE_COMPLETE\"",
        ),
        (
            &["outputs", "--json"],
            "{\n  \"team\": {\n    \"Url\": \"https://a\"",
        ),
        (&["outputs"], "OUTPUT  VALUE"),
        (&["outputs", "--name", "Url"], "https://a\n"),
        (
            &["diagnose"],
            "no operation has failed in team (CREATE_COMPLETE)\n",
        ),
        (
            &["diagnose", "--json"],
            "{\n  \"state\": \"CREATE_COMPLETE\"\n}",
        ),
        (
            &["drift"],
            "team: CloudFormation checks each resource\nteam\n  - Queue",
        ),
        (
            &["drift", "--json"],
            "team: CloudFormation checks each resource\n{\n  \"team\": {",
        ),
        (&["diff"], "team"),
    ] {
        let (reported, result) = called(&aws(), &["team"], arguments);
        assert!(result.is_ok(), "{arguments:?} {result:?}");
        let lines: Vec<&str> = reported.lines().map(str::trim_end).collect();
        let reported = lines.join("\n") + "\n";
        assert!(reported.starts_with(begin), "{arguments:?} {reported}");
    }
    let drifted = called(&aws(), &["team"], &["drift", "--exit-code"]).1;
    assert!(
        matches!(&drifted, Err(failure) if failure.kind() == FailureKind::Reported),
        "{drifted:?}"
    );
    let missing = called(&aws(), &["team"], &["outputs", "--name", "Urk"]).1;
    assert!(message(missing).contains("did you mean `Url`?"));
}

#[test]
fn logs_and_imports_pass_their_options() {
    let aws = cloud([stack("CREATE_COMPLETE")])
        .answers("GetConsoleOutput", [good("<output>YQ==</output>")]);
    let (reported, result) = called(&aws, &["team"], &["logs", "--console"]);
    assert!(result.is_ok() && reported == "a", "{reported}");
    let aws = cloud([stack("CREATE_COMPLETE")]).answers("DescribeInstances", [instance("stopped")]);
    assert!(
        message(called(&aws, &["team"], &["logs"]).1)
            .starts_with("the host of team (i-1) is stopped")
    );
    let import = "<Status>CREATE_COMPLETE</Status><Changes><member><ResourceChange><Action>Import</Action><LogicalResourceId>Backups</LogicalResourceId></ResourceChange></member></Changes>";
    let summary = "<ResourceIdentifierSummaries><member><ResourceType>AWS::S3::Bucket</ResourceType><ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member></ResourceIdentifierSummaries>";
    let aws = || {
        cloud([stack("CREATE_COMPLETE"), stack("IMPORT_COMPLETE")])
            .answers("DescribeChangeSet", [good(import)])
            .answers("GetTemplateSummary", [good(summary)])
    };
    let resource = ["import", "--resource", "Backups=acme"];
    let asked = called(&aws(), &["team"], &resource).1;
    assert!(message(asked).starts_with("Import this into team?"));
    let (reported, result) = called(&aws(), &["team"], &[&resource[..], &["--yes"]].concat());
    assert!(
        result.is_ok() && reported.contains("team has imported them"),
        "{reported}"
    );
    let (reported, result) = called(
        &aws(),
        &["team"],
        &[&resource[..], &["--yes", "--no-wait"]].concat(),
    );
    assert!(
        result.is_ok() && reported.contains("team is importing them; "),
        "{reported}"
    );
    let wrong = called(&aws(), &["team"], &["import", "--resource", "Backups"]).1;
    assert!(message(wrong).starts_with("usage: invalid `--resource Backups`"));
}

#[test]
fn a_rotation_needs_a_team() {
    let aws = cloud([stack("CREATE_COMPLETE")]);
    let reported = message(called(&aws, &["team"], &["users", "rotate", "alice"]).1);
    assert_eq!(
        reported,
        "usage: team is not a team's stack: it has no developers"
    );
    let several = ["users", "rotate", "alice", "--stack", "nobody"];
    let reported = message(called(&aws, &["team", "other"], &several).1);
    assert!(reported.contains("no stack `nobody`"), "{reported}");
    let reported = message(called(&aws, &["team", "other"], &several[..3]).1);
    assert!(
        reported.contains("pass the name of the one whose developers these are, with `--stack`"),
        "{reported}"
    );
    assert!(aws.operations().is_empty());
    let nobody = command().try_get_matches_from(["vsc", "users", "rotate"]);
    assert!(nobody.is_err());
    let matches = matches(&["users", "production", "staging"]);
    let (_, users) = matches.subcommand().expect("it is one");
    assert_eq!(
        users.get_many::<String>("stack").map(Iterator::count),
        Some(2)
    );
}
