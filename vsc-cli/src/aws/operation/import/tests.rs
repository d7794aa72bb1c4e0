use super::*;
use crate::aws::scripted::{
    Answer, Aws, ID, bad, events, good, message, missing, stack, stack_with, stacked,
};
use crate::terminal::heard;

/// A stack with a bucket that is not deployed yet.
fn with_bucket() -> Stacked {
    stacked(|stack| {
        let properties = vsc_spec::Object::new().with("BucketName", "acme");
        let mut draft = vsc_core::stack::Draft::unchecked("AWS::S3::Bucket", properties);
        draft.set_option("DeletionPolicy", "Retain".into());
        stack.add("Backups", draft);
    })
}

fn aws(state: &str) -> Aws {
    let template = "<TemplateBody>Resources: {Queue: {Type: AWS::SQS::Queue}}</TemplateBody>";
    let summary = "<ResourceIdentifierSummaries><member><ResourceType>AWS::S3::Bucket</ResourceType><ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member></ResourceIdentifierSummaries>";
    let parameters = "<Parameters><member><ParameterKey>A</ParameterKey><ParameterValue>a</ParameterValue></member></Parameters>";
    Aws::default()
        .answers(
            "DescribeStacks",
            [stack_with(state, parameters), stack("IMPORT_COMPLETE")],
        )
        .answers("GetTemplate", [good(template)])
        .answers("GetTemplateSummary", [good(summary)])
        .answers(
            "CreateChangeSet",
            [good(format!("<StackId>{ID}</StackId>"))],
        )
        .answers("DescribeChangeSet", [changes("CREATE_COMPLETE", IMPORT)])
        .answers("ExecuteChangeSet", [good("")])
        .answers("DeleteChangeSet", [good("")])
        .answers(
            "DescribeStackEvents",
            [
                events(&[]),
                events(&[(1, "Backups", "IMPORT_COMPLETE", "")]),
            ],
        )
}

const IMPORT: &str = "<Changes><member><ResourceChange><Action>Import</Action><LogicalResourceId>Backups</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member></Changes>";

fn changes(status: &str, more: &str) -> Answer {
    good(format!("<Status>{status}</Status>{more}"))
}

fn reported(aws: &Aws, named: &[&str], yes: bool, waits: bool) -> String {
    let named: Vec<Named> = named
        .iter()
        .map(|text| import::named(text).expect(text))
        .collect();
    let stack = with_bucket();
    aws.run(
        async |session| match take_in(session, &stack, &named, yes, waits).await {
            Ok(()) => heard::take(),
            failure => message(failure),
        },
    )
}

#[test]
fn a_resource_is_taken_in() {
    let aws = aws("CREATE_COMPLETE");
    let reported = reported(&aws, &["Backups=acme"], true, true);
    assert!(
        reported.starts_with("team: 1 taken in, 0 added, 0 changed, 0 removed\n  + Backups"),
        "{reported}"
    );
    assert!(
        reported.ends_with("team has taken them in (IMPORT_COMPLETE)\nnext: `cargo run -- drift team` reports whether they are as declared\n"),
        "{reported}"
    );
    let call = aws.last("CreateChangeSet");
    for (name, value) in [
        ("ChangeSetType", "IMPORT"),
        ("Parameters.member.1.ParameterKey", "A"),
        ("Parameters.member.1.UsePreviousValue", "true"),
        ("ResourcesToImport.member.1.LogicalResourceId", "Backups"),
        (
            "ResourcesToImport.member.1.ResourceIdentifier.entry.1.key",
            "BucketName",
        ),
        (
            "ResourcesToImport.member.1.ResourceIdentifier.entry.1.value",
            "acme",
        ),
    ] {
        assert_eq!(call.parameter(name), Some(value), "{name}");
    }
    let summary = aws.last("GetTemplateSummary");
    assert_eq!(
        summary.parameter("TemplateBody"),
        call.parameter("TemplateBody")
    );
}

#[test]
fn only_a_settled_stack_takes_something_in() {
    for state in ["UPDATE_IN_PROGRESS", "UPDATE_FAILED", "ROLLBACK_COMPLETE"] {
        let aws = aws(state);
        let reported = reported(&aws, &["Backups=acme"], true, true);
        assert_eq!(
            reported,
            format!(
                "team is in the state {state}, in which it takes nothing in\n= help: `cargo run -- status team` says what to do first"
            )
        );
        assert_eq!(aws.operations(), ["DescribeStacks"]);
    }
}

#[test]
fn where_nothing_is_named_what_could_be_is() {
    assert_eq!(
        reported(&aws("CREATE_COMPLETE"), &[], true, true),
        "usage: no resource is named\n= help: write `--resource LOGICAL_ID=IDENTIFIER`; new in the stack is `Backups`"
    );
    let same = aws("CREATE_COMPLETE").answers(
        "GetTemplate",
        [good(
            "<TemplateBody>Resources: {Queue: {Type: T}, Backups: {Type: T}}</TemplateBody>",
        )],
    );
    assert!(
        reported(&same, &[], true, true)
            .starts_with("usage: no resource is named, and none of the stack is new\n")
    );
}

#[test]
fn what_cloudformation_does_not_take_is_left_as_it_is() {
    for (answer, words) in [
        (
            changes("FAILED", "<StatusReason>it is not there</StatusReason>"),
            "CloudFormation does not take this into team: it is not there\n= help: write each resource as it is, and nothing else",
        ),
        (
            changes(
                "FAILED",
                "<StatusReason>didn't contain changes</StatusReason>",
            ),
            "there is nothing to take into team",
        ),
        (
            changes("CREATE_COMPLETE", ""),
            "there is nothing to take into team",
        ),
    ] {
        let aws = aws("CREATE_COMPLETE").answers("DescribeChangeSet", [answer]);
        assert_eq!(reported(&aws, &["Backups=acme"], true, true), words);
        assert_eq!(aws.calls("DeleteChangeSet").len(), 1);
        assert!(aws.calls("ExecuteChangeSet").is_empty());
    }
    let asked = aws("CREATE_COMPLETE");
    let text = reported(&asked, &["Backups=acme"], false, true);
    assert!(text.starts_with("Take this into team?\n"), "{text}");
    assert!(asked.calls("ExecuteChangeSet").is_empty());
    let lost = aws("CREATE_COMPLETE").answers("DescribeStackEvents", [bad("AccessDenied", "no")]);
    let text = reported(&lost, &["Backups=acme"], true, true);
    assert!(
        text.contains("\nnothing was changed, and the change set is removed\n"),
        "{text}"
    );
    assert!(lost.calls("ExecuteChangeSet").is_empty());
}

#[test]
fn how_it_ends_is_reported() {
    let quick = aws("CREATE_COMPLETE");
    let text = reported(&quick, &["Backups=acme"], true, false);
    assert!(
        text.ends_with("team is taking them in; `cargo run -- events --follow team` follows it\n"),
        "{text}"
    );
    assert_eq!(quick.calls("DescribeStacks").len(), 1);
    for (end, state) in [
        (
            stack("IMPORT_ROLLBACK_COMPLETE"),
            "IMPORT_ROLLBACK_COMPLETE",
        ),
        (missing(), "gone"),
    ] {
        let failed =
            aws("CREATE_COMPLETE").answers("DescribeStacks", [stack("CREATE_COMPLETE"), end]);
        let text = reported(&failed, &["Backups=acme"], true, true);
        assert!(text.starts_with("team could not take them in"), "{text}");
        assert!(
            text.contains(&format!("\nteam is as it was before ({state})\n")),
            "{text}"
        );
        assert!(
            text.ends_with("= help: write each resource as it is, and import again"),
            "{text}"
        );
    }
    let stopped = aws("CREATE_COMPLETE").interrupted_at("ExecuteChangeSet");
    assert_eq!(
        reported(&stopped, &["Backups=acme"], true, true),
        "interrupted: team goes on taking them in: `cargo run -- events --follow team` follows it"
    );
}
