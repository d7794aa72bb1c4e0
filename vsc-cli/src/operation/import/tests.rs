use super::*;
use crate::aws::scripted::{
    Answer, Aws, ID, bad, events, good, message, missing, stack, stack_with, stacked,
};
use crate::terminal::heard;

/// A stack with a bucket that is not deployed yet.
fn with_bucket() -> Stack {
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

fn output_of(aws: &Aws, named: &[&str], yes: bool, waits: bool) -> String {
    let named: Vec<ResourceArgument> = named
        .iter()
        .map(|text| import::parse_argument(text).expect(text))
        .collect();
    let stack = with_bucket();
    aws.run(
        async |session| match import_resources(session, &stack, &named, yes, waits).await {
            Ok(()) => heard::take(),
            failure => message(failure),
        },
    )
}

#[test]
fn a_resource_is_taken_in() {
    let aws = aws("CREATE_COMPLETE");
    let reported = output_of(&aws, &["Backups=acme"], true, true);
    assert!(
        reported.starts_with("team: 1 imported, 0 added, 0 changed, 0 removed\n  + Backups"),
        "{reported}"
    );
    assert!(
        reported.ends_with("team has imported them (IMPORT_COMPLETE)\nnext: compare them with their declaration: `cargo run -- drift team`\n"),
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
fn only_a_complete_stack_imports_resources() {
    for state in ["UPDATE_IN_PROGRESS", "UPDATE_FAILED", "ROLLBACK_COMPLETE"] {
        let aws = aws(state);
        let reported = output_of(&aws, &["Backups=acme"], true, true);
        assert_eq!(
            reported,
            format!(
                "team is in the state {state} and cannot import resources\n= help: see what to do first with `cargo run -- status team`"
            )
        );
        assert_eq!(aws.operations(), ["DescribeStacks"]);
    }
}

#[test]
fn without_arguments_the_new_resources_are_listed() {
    assert_eq!(
        output_of(&aws("CREATE_COMPLETE"), &[], true, true),
        "usage: no `--resource` given\n= help: pass `--resource LOGICAL_ID=IDENTIFIER`; new in the stack: `Backups`"
    );
    let same = aws("CREATE_COMPLETE").answers(
        "GetTemplate",
        [good(
            "<TemplateBody>Resources: {Queue: {Type: T}, Backups: {Type: T}}</TemplateBody>",
        )],
    );
    assert!(
        output_of(&same, &[], true, true)
            .starts_with("usage: no `--resource` given, and the stack declares no new resource\n")
    );
}

#[test]
fn a_rejected_import_changes_nothing() {
    for (answer, expected) in [
        (
            changes("FAILED", "<StatusReason>it is not there</StatusReason>"),
            "CloudFormation rejected the import into team: it is not there\n= help: declare each resource as it exists in AWS, and change nothing else",
        ),
        (
            changes(
                "FAILED",
                "<StatusReason>didn't contain changes</StatusReason>",
            ),
            "there is nothing to import into team",
        ),
        (
            changes("CREATE_COMPLETE", ""),
            "there is nothing to import into team",
        ),
    ] {
        let aws = aws("CREATE_COMPLETE").answers("DescribeChangeSet", [answer]);
        assert_eq!(output_of(&aws, &["Backups=acme"], true, true), expected);
        assert_eq!(aws.calls("DeleteChangeSet").len(), 1);
        assert!(aws.calls("ExecuteChangeSet").is_empty());
    }
    let asked = aws("CREATE_COMPLETE");
    let text = output_of(&asked, &["Backups=acme"], false, true);
    assert!(text.starts_with("Import this into team?\n"), "{text}");
    assert!(asked.calls("ExecuteChangeSet").is_empty());
    let lost = aws("CREATE_COMPLETE").answers("DescribeStackEvents", [bad("AccessDenied", "no")]);
    let text = output_of(&lost, &["Backups=acme"], true, true);
    assert!(
        text.contains("\nnothing was changed; the change set was deleted\n"),
        "{text}"
    );
    assert!(lost.calls("ExecuteChangeSet").is_empty());
}

#[test]
fn the_result_is_reported() {
    let quick = aws("CREATE_COMPLETE");
    let text = output_of(&quick, &["Backups=acme"], true, false);
    assert!(
        text.ends_with(
            "team is importing them; follow it with `cargo run -- events --follow team`\n"
        ),
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
        let text = output_of(&failed, &["Backups=acme"], true, true);
        assert!(text.starts_with("the import into team failed"), "{text}");
        assert!(
            text.contains(&format!("\nteam is as it was before ({state})\n")),
            "{text}"
        );
        assert!(
            text.ends_with("= help: declare each resource as it exists in AWS, and import again"),
            "{text}"
        );
    }
    let stopped = aws("CREATE_COMPLETE").interrupted_at("ExecuteChangeSet");
    assert_eq!(
        output_of(&stopped, &["Backups=acme"], true, true),
        "interrupted: the import into team continues in AWS: follow it with `cargo run -- events --follow team`"
    );
}
