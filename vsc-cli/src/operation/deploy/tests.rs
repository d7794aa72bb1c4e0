use vsc_core::template::{Parameter, ParameterType, Source};
use vsc_spec::Json;

use super::*;
use crate::aws::scripted::{
    Answer, Aws, ID, bad, events, good, message, missing, stack, stacked, team,
};
use crate::failure::FailureKind;
use crate::terminal::{Terminal, heard};

fn options() -> Options {
    Options {
        arguments: Vec::new(),
        parameters_file: None,
        yes: true,
        no_wait: false,
        dry_run: false,
        no_execute: false,
        on_failure: OnFailure::Rollback,
        role: None,
        notifications: Vec::new(),
        bucket: None,
        imports_existing: false,
        reverts_drift: false,
        new_host: false,
        moves_homes: false,
        loses_homes: false,
        homes_snapshot: None,
        gives_outputs: false,
    }
}

mod homes;

const ADDED: &str = "<Changes><member><ResourceChange><Action>Add</Action><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></ResourceChange></member></Changes>";

/// AWS with a stack in these states, whose template has a queue.
fn aws(states: impl IntoIterator<Item = Answer>) -> Aws {
    let template = "<TemplateBody>Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 4}}}</TemplateBody>";
    Aws::default()
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account><Arn>arn:me</Arn>")],
        )
        .answers("DescribeStacks", states)
        .answers("GetTemplateSummary", [good("")])
        .answers("GetTemplate", [good(template)])
        .answers(
            "CreateChangeSet",
            [good(format!("<StackId>{ID}</StackId>"))],
        )
        .answers("DescribeChangeSet", [content("CREATE_COMPLETE", ADDED)])
        .answers("ExecuteChangeSet", [good("")])
        .answers("DeleteChangeSet", [good("")])
        .answers("DeleteStack", [good("")])
        .answers("ListStackResources", [good("")])
        .answers("DescribeStackEvents", [events(&[]), events(&[BEGIN])])
        .answers("DescribeSubnets", [subnet("eu-west-1a")])
        .answers("GetStackPolicy", [good("")])
        .answers("SetStackPolicy", [good("")])
}

/// A subnet in a zone.
fn subnet(zone: &str) -> Answer {
    good(format!(
        "<subnetSet><item><availabilityZone>{zone}</availabilityZone></item></subnetSet>"
    ))
}

const BEGIN: (u32, &str, &str, &str) = (1, "Queue", "CREATE_IN_PROGRESS", "");

fn content(status: &str, more: &str) -> Answer {
    good(format!("<Status>{status}</Status>{more}"))
}

/// The outcome and the output of a deployment of a queue.
fn deployed(aws: &Aws, options: &Options) -> (Result<Outcome, Failure>, String) {
    let stack = stacked(|_| {});
    aws.run(async |session| {
        let result = deploy(session, &stack, options).await;
        (result, heard::take())
    })
}

fn failed(aws: &Aws, options: &Options) -> String {
    message(deployed(aws, options).0)
}

fn has(aws: &Aws, operation: &str) -> bool {
    !aws.calls(operation).is_empty()
}

#[test]
fn a_new_stack_is_created_and_followed() {
    let aws = aws([
        missing(),
        stack("CREATE_IN_PROGRESS"),
        stack("CREATE_COMPLETE"),
    ]);
    let (outcome, reported) = deployed(&aws, &options());
    let Ok(outcome) = outcome else {
        panic!("it is deployed: {}", message(outcome));
    };
    assert_eq!(outcome.status, "CREATE_COMPLETE");
    assert!(
        reported.starts_with("team: account 123456789012, region eu-west-1\n"),
        "{reported}"
    );
    assert!(reported.contains("Queue"), "{reported}");
    assert!(
        reported.ends_with("team is deployed (CREATE_COMPLETE)\n"),
        "{reported}"
    );
    let call = aws.last("CreateChangeSet");
    assert_eq!(call.parameter("ChangeSetType"), Some("CREATE"));
    let body = call.parameter("TemplateBody").unwrap_or_default();
    assert!(body.contains("DelaySeconds: 5"), "{body}");
    // There is nothing to compare with, and nothing to keep.
    assert!(!has(&aws, "GetTemplate") && !has(&aws, "GetTemplateSummary"));
    heard::take();
    let stacks = [stacked(|_| {})];
    let printed = crate::view::outcome::print(
        &Terminal::default(),
        &stacks,
        vec![Run::Done(outcome)],
        true,
    );
    assert!(printed.is_ok());
    let json: String = heard::take().split_whitespace().collect();
    assert_eq!(
        json,
        r#"{"team":{"status":"CREATE_COMPLETE","changes":[{"action":"add","logicalId":"Queue","type":"AWS::SQS::Queue","replacement":"no","parts":[]}],"outputs":{}}}"#
    );
}

#[test]
fn an_existing_stack_is_updated() {
    let aws = aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")]);
    let (outcome, reported) = deployed(&aws, &options());
    assert!(outcome.is_ok());
    assert!(reported.contains("DelaySeconds"), "{reported}");
    assert!(
        reported.ends_with("team is deployed (UPDATE_COMPLETE)\n"),
        "{reported}"
    );
    assert_eq!(
        aws.last("CreateChangeSet").parameter("ChangeSetType"),
        Some("UPDATE")
    );
    assert_eq!(aws.last("GetTemplate").parameter("StackName"), Some(ID));
}

#[test]
fn a_change_that_the_host_must_apply_is_reported() {
    let change = |id: &str, part: &str| {
        content(
            "CREATE_COMPLETE",
            &format!(
                "<Changes><member><ResourceChange><Action>Modify</Action><LogicalResourceId>{id}</LogicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType><Replacement>False</Replacement><Scope><member>{part}</member></Scope></ResourceChange></member></Changes>"
            ),
        )
    };
    let expected = "the host applies it within minutes; check with `cargo run -- status team`\n";
    for (id, part, is_reported) in [
        ("Host", "Metadata", true),
        ("Host", "Tags", false),
        ("Queue", "Metadata", false),
    ] {
        let aws = aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")])
            .answers("DescribeChangeSet", [change(id, part)]);
        let with_team = Stack {
            team: team(|team| team).team,
            ..stacked(|_| {})
        };
        let reported = aws.run(async |session| {
            let result = deploy(session, &with_team, &options()).await;
            assert!(result.is_ok());
            heard::take()
        });
        assert_eq!(reported.contains(expected), is_reported, "{reported}");
    }
}

#[test]
fn each_state_is_handled() {
    for (status, expected) in [
        (
            "DELETE_FAILED",
            "the deletion of team failed (DELETE_FAILED)",
        ),
        ("IMPORT_ROLLBACK_FAILED", "the import into team failed"),
        (
            "UPDATE_ROLLBACK_FAILED",
            "the last update of team failed, and so did its rollback (UPDATE_ROLLBACK_FAILED)",
        ),
    ] {
        let aws = aws([stack(status)]);
        let reported = failed(&aws, &options());
        assert!(reported.starts_with(expected), "{reported}");
        assert!(!has(&aws, "CreateChangeSet"), "{status}");
    }
    for (status, kind) in [
        ("DELETE_COMPLETE", "CREATE"),
        ("REVIEW_IN_PROGRESS", "CREATE"),
        ("UPDATE_FAILED", "UPDATE"),
        ("UPDATE_ROLLBACK_COMPLETE", "UPDATE"),
    ] {
        let aws = aws([stack(status), stack("UPDATE_COMPLETE")]);
        assert!(deployed(&aws, &options()).0.is_ok(), "{status}");
        assert_eq!(
            aws.last("CreateChangeSet").parameter("ChangeSetType"),
            Some(kind)
        );
    }
}

#[test]
fn a_failed_creation_is_deleted_first() {
    let states = || {
        [
            stack("ROLLBACK_COMPLETE"),
            missing(),
            missing(),
            stack("CREATE_COMPLETE"),
        ]
    };
    let creation = aws(states());
    let (outcome, reported) = deployed(
        &creation,
        &Options {
            role: Some("arn:role".to_owned()),
            ..options()
        },
    );
    assert!(outcome.is_ok(), "{reported}");
    assert!(
        reported.contains("\ndeleting what is left of team\n"),
        "{reported}"
    );
    assert!(reported.contains("\nteam is deleted\n"), "{reported}");
    assert_eq!(
        creation.last("DeleteStack").parameter("RoleARN"),
        Some("arn:role")
    );
    let asked = aws(states());
    let reported = failed(
        &asked,
        &Options {
            yes: false,
            ..options()
        },
    );
    assert!(
        reported.starts_with("the creation of team failed (ROLLBACK_COMPLETE)"),
        "{reported}"
    );
    assert!(!has(&asked, "DeleteStack"));
}

#[test]
fn an_operation_in_progress_is_asked_about() {
    let aws = aws([stack("UPDATE_IN_PROGRESS")]).answers("DescribeStackEvents", [events(&[BEGIN])]);
    let reported = failed(&aws, &options());
    assert!(
        reported.starts_with("team is being updated (UPDATE_IN_PROGRESS; its last event was at 2026-11-25T09:01:00Z). Wait for it to finish?"),
        "{reported}"
    );
    assert!(reported.ends_with("then deploy again"), "{reported}");
    assert!(!has(&aws, "CreateChangeSet"));
}

#[test]
fn rollback_stays_disabled_after_a_failure_without_one() {
    for (status, on_failure, disabled, is_reported) in [
        ("UPDATE_FAILED", OnFailure::Rollback, Some("true"), true),
        ("UPDATE_FAILED", OnFailure::Keep, Some("true"), false),
        ("CREATE_COMPLETE", OnFailure::Rollback, Some("false"), false),
        ("CREATE_COMPLETE", OnFailure::Keep, Some("true"), false),
    ] {
        let aws = aws([stack(status), stack("UPDATE_COMPLETE")]);
        let (outcome, reported) = deployed(
            &aws,
            &Options {
                on_failure,
                ..options()
            },
        );
        assert!(outcome.is_ok());
        assert_eq!(
            aws.last("ExecuteChangeSet").parameter("DisableRollback"),
            disabled
        );
        assert_eq!(
            reported.contains("the last deployment of team failed without a rollback"),
            is_reported,
            "{reported}"
        );
    }
}

/// A change of the queue that CloudFormation reports.
fn changed(replacement: &str) -> Answer {
    content(
        "CREATE_COMPLETE",
        &format!(
            "<Changes><member><ResourceChange><Action>Modify</Action><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><Replacement>{replacement}</Replacement></ResourceChange></member></Changes>"
        ),
    )
}

#[test]
fn nothing_is_replaced_with_rollback_disabled() {
    let after_failure = "the last deployment failed without a rollback (UPDATE_FAILED)";
    let by_flag = "CloudFormation replaces no resource with `--on-failure keep`";
    for (status, on_failure, replacement, expected) in [
        (
            "UPDATE_FAILED",
            OnFailure::Rollback,
            "True",
            Some((after_failure, "`cargo run -- rollback team` first")),
        ),
        (
            "UPDATE_FAILED",
            OnFailure::Keep,
            "Conditional",
            Some((after_failure, "`cargo run -- rollback team` first")),
        ),
        (
            "CREATE_COMPLETE",
            OnFailure::Keep,
            "True",
            Some((by_flag, "without `--on-failure keep`")),
        ),
        ("UPDATE_FAILED", OnFailure::Rollback, "False", None),
        ("CREATE_COMPLETE", OnFailure::Rollback, "True", None),
    ] {
        let aws = aws([stack(status), stack("UPDATE_COMPLETE")])
            .answers("DescribeChangeSet", [changed(replacement)]);
        let options = Options {
            on_failure,
            ..options()
        };
        let (outcome, reported) = deployed(&aws, &options);
        let Some((reason, help)) = expected else {
            assert!(outcome.is_ok(), "{status} {replacement}: {reported}");
            assert!(has(&aws, "ExecuteChangeSet"));
            continue;
        };
        let reported = message(outcome);
        assert!(
            reported.starts_with("team cannot be deployed: this replaces `Queue`, or may\n"),
            "{reported}"
        );
        assert!(
            reported.contains(reason) && reported.contains(help),
            "{reported}"
        );
        assert!(has(&aws, "DeleteChangeSet") && !has(&aws, "ExecuteChangeSet"));
    }
    // A dry run is still possible.
    let planned = aws([stack("UPDATE_FAILED")]).answers("DescribeChangeSet", [changed("True")]);
    let options = Options {
        dry_run: true,
        ..options()
    };
    assert!(deployed(&planned, &options).0.is_ok());
}

#[test]
fn without_changes_nothing_is_done() {
    let reason = "<StatusReason>didn't contain changes</StatusReason>";
    let same =
        aws([stack("CREATE_COMPLETE")]).answers("DescribeChangeSet", [content("FAILED", reason)]);
    let (outcome, reported) = deployed(&same, &options());
    assert_eq!(
        outcome.ok().map(|outcome| outcome.status).as_deref(),
        Some("unchanged")
    );
    assert!(reported.ends_with("team: no changes\n"), "{reported}");
    assert!(has(&same, "DeleteChangeSet") && !has(&same, "ExecuteChangeSet"));
    // Some services answer so immediately.
    let rejected = bad("ValidationError", "No updates are to be performed.");
    let same = aws([stack("CREATE_COMPLETE")]).answers("CreateChangeSet", [rejected]);
    let (outcome, reported) = deployed(&same, &options());
    assert_eq!(
        outcome.ok().map(|outcome| outcome.status).as_deref(),
        Some("unchanged")
    );
    assert!(reported.ends_with("team: no changes\n"), "{reported}");
    assert!(!has(&same, "DeleteChangeSet"));
}

#[test]
fn a_failed_change_set_leaves_nothing() {
    let rejected = aws([missing()]).answers("CreateChangeSet", [bad("AccessDenied", "no")]);
    let reported = failed(&rejected, &options());
    assert!(reported.contains("\nnothing was changed\n"), "{reported}");
    assert!(!has(&rejected, "DeleteChangeSet"));
    // It is unknown whether it was created.
    let lost = aws([missing()]).answers("CreateChangeSet", [Answer::Lost]);
    let reported = failed(&lost, &options());
    assert!(reported.contains("\nnothing was changed"), "{reported}");
    assert!(has(&lost, "DeleteChangeSet"));
    let reason = "<StatusReason>Transform failed</StatusReason>";
    let wrong =
        aws([stack("CREATE_COMPLETE")]).answers("DescribeChangeSet", [content("FAILED", reason)]);
    assert_eq!(
        failed(&wrong, &options()),
        "CloudFormation rejected the change set of team: Transform failed\nnothing was changed; the change set was deleted"
    );
}

#[test]
fn a_plan_is_shown_and_not_executed() {
    for (dry_run, is_removed) in [(true, true), (false, false)] {
        let aws = aws([stack("CREATE_COMPLETE")]);
        let plan = Options {
            dry_run,
            no_execute: !dry_run,
            ..options()
        };
        let (outcome, reported) = deployed(&aws, &plan);
        let outcome = outcome
            .ok()
            .map(|outcome| (outcome.status, outcome.changes.len()));
        assert_eq!(outcome, Some(("planned".to_owned(), 1)));
        assert_eq!(has(&aws, "DeleteChangeSet"), is_removed);
        assert!(!has(&aws, "ExecuteChangeSet"));
        let name = aws.last("CreateChangeSet");
        let name = name.parameter("ChangeSetName").unwrap_or_default();
        let end = if dry_run {
            "team: nothing was changed; the change set was deleted\n".to_owned()
        } else {
            format!(
                "team: created the change set {name}\nexecute it with `aws cloudformation execute-change-set --stack-name team --change-set-name {name}`\n"
            )
        };
        assert!(reported.ends_with(&end), "{reported}");
    }
}

#[test]
fn destructive_changes_need_confirmation() {
    let removed = ADDED.replace("<Action>Add", "<Action>Remove");
    let risky = || {
        aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")])
            .answers("DescribeChangeSet", [content("CREATE_COMPLETE", &removed)])
    };
    let asked = risky();
    let reported = failed(
        &asked,
        &Options {
            yes: false,
            ..options()
        },
    );
    assert!(
        reported.starts_with("This removes `Queue`.\nDeploy team?\ncannot ask for confirmation"),
        "{reported}"
    );
    // The state of the change set comes before the help.
    assert!(
        reported.ends_with("\nnothing was changed; the change set was deleted\n= help: review it with `--dry-run`, then pass `--yes`"),
        "{reported}"
    );
    assert!(!has(&asked, "ExecuteChangeSet"));
    assert!(deployed(&risky(), &options()).0.is_ok());
    let harmless = aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")]);
    assert!(
        deployed(
            &harmless,
            &Options {
                yes: false,
                ..options()
            }
        )
        .0
        .is_ok()
    );
}

#[test]
fn changes_that_only_cloudformation_reports_are_shown() {
    let change = |id: &str, replacement: &str| {
        format!(
            "<Changes><member><ResourceChange><Action>Modify</Action><LogicalResourceId>{id}</LogicalResourceId><ResourceType>T</ResourceType><Replacement>{replacement}</Replacement></ResourceChange></member></Changes>"
        )
    };
    for (id, replacement, besides) in [
        ("Queue", "False", None),
        ("Queue", "True", Some("± Queue T (replaced)")),
        ("Other", "False", Some("~ Other T")),
    ] {
        let aws = aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")]).answers(
            "DescribeChangeSet",
            [content("CREATE_COMPLETE", &change(id, replacement))],
        );
        let (_, reported) = deployed(&aws, &options());
        let found = reported.split("also reported by CloudFormation\n  ").nth(1);
        let found = found.and_then(|rest| rest.lines().next());
        assert_eq!(found, besides, "{reported}");
    }
    // Without a readable deployed template only CloudFormation's changes are shown.
    let aws = aws([stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")]).answers(
        "GetTemplate",
        [good("<TemplateBody>Resources: [</TemplateBody>")],
    );
    let (_, reported) = deployed(&aws, &options());
    assert!(
        reported.contains("warning: cannot read the deployed template of team: "),
        "{reported}"
    );
    assert!(
        reported.contains("team: 1 added, 0 changed, 0 removed\n"),
        "{reported}"
    );
}

#[test]
fn no_wait_names_the_command_that_follows() {
    let aws = aws([missing()]);
    let (outcome, reported) = deployed(
        &aws,
        &Options {
            no_wait: true,
            ..options()
        },
    );
    assert_eq!(
        outcome.ok().map(|outcome| outcome.status).as_deref(),
        Some("started")
    );
    assert!(
        reported.ends_with(
            "team is being deployed; follow it with `cargo run -- events --follow team`\n"
        ),
        "{reported}"
    );
    assert_eq!(aws.calls("DescribeStacks").len(), 1);
}

#[test]
fn a_failed_deployment_reports_the_state() {
    for (before, after, first, lines) in [
        (
            missing(),
            missing(),
            "the creation of team failed",
            ["team was deleted", "= help: fix the cause and deploy again"],
        ),
        (
            missing(),
            stack("ROLLBACK_COMPLETE"),
            "the creation of team failed",
            [
                "team is rolled back (ROLLBACK_COMPLETE): only its name is left",
                "= help: fix the cause and run `cargo run -- deploy team`, which deletes what is left and creates it again",
            ],
        ),
        (
            stack("CREATE_COMPLETE"),
            stack("UPDATE_ROLLBACK_COMPLETE"),
            "the update of team failed",
            [
                "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before",
                "= help: fix the cause and run `cargo run -- deploy team` again",
            ],
        ),
        (
            stack("CREATE_COMPLETE"),
            stack("UPDATE_FAILED"),
            "the update of team failed",
            [
                "team was not rolled back (UPDATE_FAILED)",
                "= help: examine it; then continue with `cargo run -- deploy team`, or roll back with `cargo run -- rollback team`",
            ],
        ),
        (
            stack("CREATE_COMPLETE"),
            stack("UPDATE_ROLLBACK_FAILED"),
            "the update of team failed",
            [
                "the rollback of team failed as well (UPDATE_ROLLBACK_FAILED)",
                "= help: continue it with `cargo run -- rollback team`; `--skip LOGICAL_ID` skips a resource that cannot be rolled back",
            ],
        ),
        (
            stack("CREATE_COMPLETE"),
            stack("DELETE_FAILED"),
            "the update of team failed",
            [
                "team is in the state DELETE_FAILED",
                "= help: see `cargo run -- status team`",
            ],
        ),
    ] {
        let aws = aws([before, after]);
        let reported = failed(&aws, &options());
        let expected = format!(
            "{first}; CloudFormation gives no reason\n{}",
            lines.join("\n")
        );
        assert_eq!(reported, expected);
    }
}

#[test]
fn an_interruption_reports_the_state() {
    for (before, cancel) in [
        (missing(), "delete it with `cargo run -- destroy team`"),
        (
            stack("CREATE_COMPLETE"),
            "cancel it with `cargo run -- rollback team`",
        ),
    ] {
        let aws = aws([before, stack("UPDATE_IN_PROGRESS")]).interrupted_at("ExecuteChangeSet");
        let reported = failed(&aws, &options());
        assert_eq!(
            reported,
            format!(
                "interrupted: the deployment of team continues in AWS: follow it with `cargo run -- events --follow team`, {cancel}"
            )
        );
    }
    for at in ["CreateChangeSet", "DescribeChangeSet"] {
        let aws = aws([missing()]).interrupted_at(at);
        assert_eq!(
            failed(&aws, &options()),
            "interrupted: nothing was changed",
            "{at}"
        );
        assert!(has(&aws, "DeleteChangeSet") && !has(&aws, "ExecuteChangeSet"));
    }
    // If not even the events can be read, nothing is started.
    let aws = aws([missing()]).answers("DescribeStackEvents", [bad("AccessDenied", "no")]);
    let reported = failed(&aws, &options());
    assert!(reported.contains("\nnothing was changed\n"), "{reported}");
    assert!(!has(&aws, "ExecuteChangeSet"));
}

#[test]
fn another_stack_of_the_same_domain_draws_a_warning() {
    let other = |name: &str, url: &str| {
        good(format!(
            "<Stacks><member><StackId>x</StackId><StackName>{name}</StackName><CreationTime>2026-11-25T09:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>DashboardUrl</OutputKey><OutputValue>{url}</OutputValue></member></Outputs></member></Stacks>"
        ))
    };
    let team = team(|team| team);
    let template = &team.template.json;
    let url = ["Outputs", "DashboardUrl", "Value"]
        .iter()
        .try_fold(template, |value, name| value.get(name));
    let url = url.and_then(Json::as_str).expect("it has a URL");
    for (answer, expected) in [
        (
            other("old", url),
            format!(
                "warning: `team` is a new stack, and `old` serves the same domain: {url}\n= help: if the type was renamed, keep its stack: `stack_name = \"old\"`\n"
            ),
        ),
        (other("team", url), String::new()),
        (other("old", "https://elsewhere"), String::new()),
        (bad("AccessDenied", "no"), String::new()),
    ] {
        let aws = Aws::default().answers("DescribeStacks", [answer]);
        let reported = aws.run(async |session| {
            assert!(renamed::warn(session, &team).await.is_ok());
            heard::take()
        });
        assert_eq!(reported, expected);
    }
    // Without a domain there is no search.
    let aws = Aws::default();
    assert!(
        aws.run(async |session| renamed::warn(session, &stacked(|_| {})).await)
            .is_ok()
    );
    assert!(aws.operations().is_empty());
}

#[test]
fn the_tags_and_parameters_of_a_team_are_submitted() {
    let team = team(|team| team.tag("team", "web"));
    let declared = crate::aws::parameters::declared(&team.template.json);
    let value = |parameter: &str, kind: &str| match kind {
        _ if parameter.ends_with("ParameterName") => "/acme/tls",
        "AWS::EC2::VPC::Id" => "vpc-0a1b2c3d4e5f67890",
        "AWS::EC2::Subnet::Id" => "subnet-0a1b2c3d4e5f67890",
        "AWS::Route53::HostedZone::Id" => "Z0123456789ABCDEFGHIJ",
        _ => "203.0.113.0/24",
    };
    // The zone is that of the subnet, and is not asked for.
    let needed = declared
        .iter()
        .filter(|parameter| parameter.default.is_none() && parameter.name != "AvailabilityZone");
    let arguments: Vec<(String, String)> = needed
        .map(|parameter| {
            (
                parameter.name.clone(),
                value(&parameter.name, &parameter.kind).to_owned(),
            )
        })
        .collect();
    assert!(!arguments.is_empty());
    let aws = aws([missing(), missing(), stack("CREATE_COMPLETE")]);
    let given = Options {
        arguments: arguments.clone(),
        ..options()
    };
    aws.run(async |session| {
        if let Err(failure) = deploy(session, &team, &given).await {
            panic!("{failure:?}");
        }
    });
    let call = aws.last("CreateChangeSet");
    assert_eq!(call.parameter("Tags.member.1.Key"), Some("team"));
    assert_eq!(call.parameter("Tags.member.1.Value"), Some("web"));
    let zone = ("AvailabilityZone".to_owned(), "eu-west-1a".to_owned());
    for (name, value) in arguments.iter().chain([&zone]) {
        let index = (1..=declared.len()).find(|index| {
            call.parameter(&format!("Parameters.member.{index}.ParameterKey")) == Some(name)
        });
        let index = index.unwrap_or_else(|| panic!("{name} is given"));
        let given = call.parameter(&format!("Parameters.member.{index}.ParameterValue"));
        assert_eq!(given, Some(value.as_str()));
    }
    // Missing values are named, and invalid ones rejected.
    let reported = aws.run(async |session| message(deploy(session, &team, &options()).await));
    assert!(reported.contains(" no value\n"), "{reported}");
    let wrong = Options {
        arguments: vec![("Nothing".to_owned(), "x".to_owned())],
        ..options()
    };
    let rejected = aws.run(async |session| deploy(session, &team, &wrong).await.err());
    assert!(matches!(rejected, Some(failure) if failure.kind() == FailureKind::Synthesis));
}

#[test]
fn secrets_are_not_shown_with_the_values() {
    let stack = stacked(|stack| {
        let text = Parameter::new(ParameterType::String);
        let _ = stack.parameter::<String>("Size", text.clone());
        let _ = stack.parameter::<String>("Word", text.no_echo());
        stack.output("Size", Json::object([("Ref", "Size")]));
        stack.output("Word", Json::object([("Ref", "Word")]));
    });
    let given = Options {
        arguments: vec![
            ("Size".to_owned(), "large".to_owned()),
            ("Word".to_owned(), "hunter2".to_owned()),
        ],
        ..options()
    };
    let aws = aws([missing(), stack_state()]);
    let reported = aws.run_with(1, crate::terminal::Verbosity::Verbose, async |session| {
        assert!(deploy(session, &stack, &given).await.is_ok());
        heard::take()
    });
    assert!(
        reported.contains("  Size = large (Argument)\n"),
        "{reported}"
    );
    assert!(reported.contains("  Word = … (Argument)\n"), "{reported}");
    assert!(!reported.contains("hunter2"), "{reported}");
}

fn stack_state() -> Answer {
    stack("CREATE_COMPLETE")
}
