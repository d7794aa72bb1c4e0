use vsc_core::stack::Draft;
use vsc_spec::Object;

use super::*;
use crate::aws::scripted::{
    Answer, Aws, ID, bad, events, good, message, missing, stack, stack_with, stacked, team,
    with_user,
};
use crate::terminal::{heard, plain};
use crate::view::asked_of;

fn options() -> Options {
    Options {
        retain: Vec::new(),
        role: None,
        yes: true,
        waits: true,
    }
}

/// The calls and the output of `destroy` with a stack of this status.
fn output_of(answer: Answer, options: &Options) -> (Aws, String) {
    let aws = Aws::default()
        .answers("DescribeStacks", [answer, missing()])
        .answers(
            "DescribeStackEvents",
            [events(&[(1, "team", "CREATE_COMPLETE", "")])],
        )
        .answers("ListStackResources", [good("")])
        .answers("DeleteStack", [good("")]);
    let stack = stacked(|_| {});
    let reported = aws.run(
        async |session| match destroy(session, &stack, options).await {
            Ok(()) => heard::take(),
            failure => message(failure),
        },
    );
    (aws, reported)
}

#[test]
fn only_a_stack_that_can_be_deleted_is() {
    let deleted = "team is deleted\n";
    for (status, calls, expected) in [
        ("CREATE_COMPLETE", 1, deleted),
        ("UPDATE_ROLLBACK_FAILED", 1, deleted),
        ("ROLLBACK_COMPLETE", 1, deleted),
        ("REVIEW_IN_PROGRESS", 1, deleted),
        ("CREATE_IN_PROGRESS", 1, deleted),
        ("DELETE_FAILED", 1, deleted),
        // The deletion is already in progress.
        ("DELETE_IN_PROGRESS", 0, deleted),
        (
            "UPDATE_IN_PROGRESS",
            0,
            "team is being updated, and cannot be deleted now\n= help: wait for it to finish with `cargo run -- events --follow team`",
        ),
    ] {
        let (aws, reported) = output_of(stack(status), &options());
        assert_eq!(reported, expected, "{status}");
        assert_eq!(aws.calls("DeleteStack").len(), calls, "{status}");
    }
    let (aws, text) = output_of(missing(), &options());
    assert_eq!(text, "team is not deployed in eu-west-1: nothing to do\n");
    assert_eq!(aws.operations(), ["DescribeStacks"]);
    let protected = stack_with(
        "CREATE_COMPLETE",
        "<EnableTerminationProtection>true</EnableTerminationProtection>",
    );
    let (aws, text) = output_of(protected, &options());
    assert!(
        text.starts_with("team has termination protection\n= help: "),
        "{text}"
    );
    assert!(aws.calls("DeleteStack").is_empty());
}

#[test]
fn retained_resources_are_in_the_call() {
    let retain = || vec!["Host".to_owned()];
    let (aws, _) = output_of(
        stack("DELETE_FAILED"),
        &Options {
            retain: retain(),
            role: Some("arn:role".to_owned()),
            ..options()
        },
    );
    let call = aws.last("DeleteStack");
    assert_eq!(call.parameter("StackName"), Some(ID));
    assert_eq!(call.parameter("RetainResources.member.1"), Some("Host"));
    assert_eq!(call.parameter("RoleARN"), Some("arn:role"));
    let token = call.parameter("ClientRequestToken").unwrap_or_default();
    assert!(token.starts_with("vsc-delete-"), "{token}");
    let (aws, _) = output_of(stack("CREATE_COMPLETE"), &options());
    let call = aws.last("DeleteStack");
    assert_eq!(call.parameter("RetainResources"), None);
    assert_eq!(call.parameter("RoleARN"), None);
    let (aws, text) = output_of(
        stack("CREATE_COMPLETE"),
        &Options {
            retain: retain(),
            ..options()
        },
    );
    assert!(
        text.starts_with(
            "usage: `--retain` requires a stack in DELETE_FAILED, but team is in CREATE_COMPLETE\n"
        ),
        "{text}"
    );
    assert!(aws.calls("DeleteStack").is_empty());
}

#[test]
fn confirmation_is_required_unless_given_or_too_late() {
    let asked = |status: &str| {
        let (aws, text) = output_of(
            stack(status),
            &Options {
                yes: false,
                ..options()
            },
        );
        (aws.calls("DeleteStack").len(), text)
    };
    let (calls, text) = asked("CREATE_COMPLETE");
    assert_eq!(calls, 0);
    assert!(
        text.contains("Delete it?\ncannot ask for confirmation"),
        "{text}"
    );
    assert!(text.ends_with("= help: pass `--yes`"), "{text}");
    assert_eq!(
        asked("DELETE_IN_PROGRESS"),
        (0, "team is deleted\n".to_owned())
    );
}

#[test]
fn the_question_lists_retained_resources() {
    let aws = Aws::default().answers("DescribeStacks", [stack("CREATE_COMPLETE")]);
    let deployed = aws.run(async |session| cloudformation::deployed(session, "team").await);
    let deployed = deployed.expect("it is there");
    let plain_question = |stack: &Stack| plain(&asked_of(&question(stack, &deployed, "eu-west-1")));
    let queue = plain_question(&stacked(|_| {}));
    assert_eq!(
        queue,
        "team in account 123456789012 in eu-west-1 will be deleted, with its 1 resources.\nDelete it?"
    );
    let policies = stacked(|stack| {
        for (id, policy) in [
            ("Kept", "Retain"),
            ("Later", "RetainExceptOnCreate"),
            ("Copied", "Snapshot"),
            ("Gone", "Delete"),
        ] {
            let mut draft = Draft::new(
                "AWS::EC2::Volume",
                Object::new()
                    .with("AvailabilityZone", "eu-west-1a")
                    .with("Size", Json::Integer(1)),
            );
            draft.set_option("DeletionPolicy", policy.into());
            stack.add(id, draft);
        }
    });
    let text = plain_question(&policies);
    assert!(
        text.ends_with("\n  Kept: it is kept\n  Later: it is kept\n  Copied: a snapshot of it is kept\nDelete it?"),
        "{text}"
    );
    let homes = "The homes of the developers are on its root volume and will be deleted.";
    assert!(plain_question(&team(|team| team.home_volume("none"))).contains(homes));
    let own = plain_question(&team(|team| team));
    assert!(!own.contains(homes), "{own}");
    let kept = "HomeVolume: a snapshot of it is kept";
    assert!(own.contains(kept), "{own}");
}

#[test]
fn a_rejected_or_lost_deletion_reports_the_state() {
    for (answer, expected) in [
        (bad("AccessDenied", "no"), "\nteam was not deleted\n"),
        (
            Answer::Lost,
            "\nthe deletion of team may have started: check with `cargo run -- status team`\n",
        ),
    ] {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
            .answers("DescribeStackEvents", [events(&[])])
            .answers("DeleteStack", [answer]);
        let stack = stacked(|_| {});
        let reported = aws.run(async |session| message(destroy(session, &stack, &options()).await));
        assert!(reported.contains(expected), "{reported}");
    }
    // The first response was lost, and the SDK retried.
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE"), missing()])
        .answers("DescribeStackEvents", [events(&[])])
        .answers("ListStackResources", [bad("AccessDenied", "no")])
        .answers("DeleteStack", [bad("TokenAlreadyExistsException", "no")]);
    let stack = stacked(|_| {});
    let result = aws.run(async |session| destroy(session, &stack, &options()).await);
    assert!(result.is_ok());
}

#[test]
fn no_wait_names_the_command_that_checks() {
    let (aws, text) = output_of(
        stack("CREATE_COMPLETE"),
        &Options {
            waits: false,
            ..options()
        },
    );
    assert_eq!(
        text,
        "team is being deleted; check with `cargo run -- status team`\n"
    );
    assert_eq!(aws.calls("DescribeStacks").len(), 1);
}

#[test]
fn resources_that_block_the_deletion_are_named() {
    for (failed, expected) in [
        (
            vec![
                (2, "Vpc", "DELETE_FAILED", "it has dependencies"),
                (3, "Group", "DELETE_FAILED", "in use"),
                (4, "Vpc", "DELETE_FAILED", "it has dependencies"),
                (5, "Queue", "DELETE_COMPLETE", ""),
                (
                    6,
                    "team",
                    "DELETE_FAILED",
                    "The following resource(s) failed to delete: [Vpc].",
                ),
            ],
            "= help: fix the cause and run `cargo run -- destroy team` again; `--retain Group` `--retain Vpc` keeps what blocks it",
        ),
        (
            vec![(2, "team", "DELETE_FAILED", "no")],
            "= help: try again with `cargo run -- destroy team`",
        ),
    ] {
        let begin = (1, "team", "DELETE_IN_PROGRESS", "");
        let all: Vec<_> = [begin].into_iter().chain(failed).collect();
        let aws = Aws::default()
            .answers(
                "DescribeStacks",
                [stack("CREATE_COMPLETE"), stack("DELETE_FAILED")],
            )
            .answers("DescribeStackEvents", [events(&[]), events(&all)])
            .answers("ListStackResources", [good("")])
            .answers("DeleteStack", [good("")]);
        let stack = stacked(|_| {});
        let reported = aws.run(async |session| message(destroy(session, &stack, &options()).await));
        assert!(
            reported.starts_with("the deletion of team failed: "),
            "{reported}"
        );
        assert!(
            reported.contains("\nteam still exists (DELETE_FAILED)\n"),
            "{reported}"
        );
        assert!(reported.ends_with(expected), "{reported}");
    }
}

#[test]
fn an_interruption_says_that_the_deletion_continues() {
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            [stack("CREATE_COMPLETE"), stack("DELETE_IN_PROGRESS")],
        )
        .answers("DescribeStackEvents", [events(&[])])
        .answers("ListStackResources", [good("")])
        .answers("DeleteStack", [good("")])
        .interrupted_at("ListStackResources");
    let stack = stacked(|_| {});
    let reported = aws.run(async |session| message(destroy(session, &stack, &options()).await));
    assert_eq!(
        reported,
        "interrupted: the deletion of team continues in AWS: follow it with `cargo run -- destroy team`"
    );
}

/// A resource of the stack.
fn resource(id: &str, kind: &str, physical: &str) -> String {
    format!(
        "<member><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>{physical}</PhysicalResourceId><ResourceType>{kind}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>"
    )
}

/// The calls and the output of the deletion of a team with these resources.
fn deleted(resources: &[String], snapshots: Answer) -> (Vec<String>, String) {
    let template = team(|team| team).template.text;
    deleted_as(&template, resources, snapshots, true)
}

/// As [`deleted`], with this deployed template.
fn deleted_as(
    template: &str,
    resources: &[String],
    snapshots: Answer,
    yes: bool,
) -> (Vec<String>, String) {
    let template = template.replace('&', "&amp;").replace('<', "&lt;");
    let resources = resources.concat();
    let state = |state: &str| {
        good(format!(
            "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"
        ))
    };
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE"), missing()])
        .answers(
            "DescribeStackEvents",
            [events(&[(1, "team", "CREATE_COMPLETE", "")])],
        )
        .answers(
            "ListStackResources",
            [good(format!(
                "<StackResourceSummaries>{resources}</StackResourceSummaries>"
            ))],
        )
        .answers(
            "DescribeInstances",
            [state("running"), state("stopping"), state("stopped")],
        )
        .answers("StopInstances", [good("")])
        .answers(
            "GetTemplate",
            [good(format!("<TemplateBody>{template}</TemplateBody>"))],
        )
        .answers("DescribeSnapshots", [snapshots])
        .answers("DeleteStack", [good("")]);
    let stack = team(|team| team);
    let options = Options { yes, ..options() };
    let reported = with_user(true, || {
        aws.run(
            async |session| match destroy(session, &stack, &options).await {
                Ok(()) => heard::take(),
                failure => message(failure),
            },
        )
    });
    (aws.operations(), reported)
}

const SNAPSHOTS: &str = "<snapshotSet><item><snapshotId>snap-1</snapshotId><startTime>2026-11-24T03:00:00.000Z</startTime></item><item><snapshotId>snap-2</snapshotId><startTime>2026-11-25T09:00:00.000Z</startTime></item></snapshotSet>";

#[test]
fn the_kept_snapshot_is_named() {
    let host = resource("Host", "AWS::EC2::Instance", "i-1");
    let volume = resource("HomeVolume", "AWS::EC2::Volume", "vol-1");
    let (calls, text) = deleted(&[host.clone(), volume.clone()], good(SNAPSHOTS));
    assert_eq!(
        text,
        "team is deleted\n\
         the snapshot snap-2 of `HomeVolume` (vol-1) is kept, and costs money until it is deleted\n\
         create team with these homes: `cargo run -- deploy team --homes-snapshot snap-2`\n\
         delete it with `aws ec2 delete-snapshot --snapshot-id snap-2`\n"
    );
    assert!(
        !calls.iter().any(|call| call == "StopInstances"),
        "{calls:?}"
    );
    // Another volume holds no homes.
    let data = resource("Data", "AWS::EC2::Volume", "vol-2");
    let (_, text) = deleted(&[data], good(SNAPSHOTS));
    assert!(!text.contains("with these homes"), "{text}");
    let (_, text) = deleted(std::slice::from_ref(&volume), good("<snapshotSet/>"));
    assert_eq!(text, "team is deleted\n");
    let (_, text) = deleted(&[volume], bad("UnauthorizedOperation", "no"));
    assert!(
        text.ends_with("the snapshot of `HomeVolume` is unknown; find it with `aws ec2 describe-snapshots --owner-ids self --filters Name=volume-id,Values=vol-1`\n"),
        "{text}"
    );
    let (calls, _) = deleted(&[host], good(SNAPSHOTS));
    assert!(
        !calls.iter().any(|call| call == "DescribeSnapshots"),
        "{calls:?}"
    );
}

#[test]
fn a_host_is_stopped_before_its_volume_is_detached() {
    let resources = [
        resource("Host", "AWS::EC2::Instance", "i-1"),
        resource("HomeVolume", "AWS::EC2::Volume", "vol-1"),
        resource("Mount", "AWS::EC2::VolumeAttachment", "vol-1|i-1"),
    ];
    let (calls, text) = deleted(&resources, good(SNAPSHOTS));
    let position = |name: &str| calls.iter().position(|call| call == name);
    let (stopped, deleted) = (position("StopInstances"), position("DeleteStack"));
    assert!(stopped.is_some() && stopped < deleted, "{calls:?}");
    assert!(
        text.starts_with(
            "stopping the host of team (i-1), so that its volume is detached cleanly\n"
        ),
        "{text}"
    );
}

/// A team of an earlier version, with what a volume adds.
fn earlier(more: &str) -> String {
    format!(
        "
Resources:
  Host: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-7}}}}
{more}
Outputs:
  AliceUrl: {{Description: The workspace of alice; the password is elsewhere, Value: a}}
"
    )
}

#[test]
fn what_is_kept_is_that_of_the_deployed_stack() {
    const MOVING: &str =
        "  HomeVolume: {Type: AWS::EC2::Volume, DeletionPolicy: Retain, Properties: {Size: 40}}";
    let host = resource("Host", "AWS::EC2::Instance", "i-1");
    let volume = resource("HomeVolume", "AWS::EC2::Volume", "vol-1");
    // The app already declares a volume.
    let question = "The homes of the developers are on its root volume and will be deleted.";
    let lost =
        "this removes `Host`, and with it the home of 1 developer (alice); nothing of them is kept";
    let on_root = std::slice::from_ref(&host);
    let (_, text) = deleted_as(&earlier(""), on_root, good(SNAPSHOTS), false);
    assert!(text.contains(question), "{text}");
    assert!(!text.contains("HomeVolume"), "{text}");
    assert!(text.contains(", with its 1 resources."), "{text}");
    let (_, text) = deleted_as(&earlier(""), on_root, good(SNAPSHOTS), true);
    assert!(text.contains(lost), "{text}");
    let both = [host, volume];
    let (_, text) = deleted_as(&earlier(MOVING), &both, good(SNAPSHOTS), false);
    assert!(text.contains(question), "{text}");
    assert!(text.contains("HomeVolume: it is kept"), "{text}");
    assert!(!text.contains("with these homes"), "{text}");
    let (_, text) = deleted_as(&earlier(MOVING), &both, good(SNAPSHOTS), true);
    assert!(text.contains(lost), "{text}");
    // A template that cannot be read blocks nothing.
    let (_, text) = deleted_as("Resources: [", &both, good(SNAPSHOTS), true);
    assert!(
        text.contains("cannot read the deployed template of team: "),
        "{text}"
    );
    assert!(text.contains("team is deleted\n"), "{text}");
}
