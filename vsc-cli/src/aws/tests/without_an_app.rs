//! Commands on stacks without an app: templates in files, and stacks by name.

use std::fs;
use std::path::PathBuf;

use vsc_core::file;

use crate::app::App;
use crate::aws::scripted::{
    Aws, ID, bad, events, good, message, missing, stack, stack_with, with_user,
};
use crate::cli::Context;
use crate::commands::{command, dispatch};
use crate::failure::{Failure, FailureKind};
use crate::terminal::{Terminal, heard};

/// Calls a command without an app; the output and the result.
fn called(aws: &Aws, arguments: &[&str]) -> (String, Result<(), Failure>) {
    let words = [&["vsc"], arguments].concat();
    let matches = command().try_get_matches_from(words);
    let matches = matches.unwrap_or_else(|error| panic!("{error}"));
    let context = Context {
        app: &App::default(),
        terminal: &Terminal::default(),
    };
    heard::take();
    let result = aws.serve(|| dispatch(&context, &matches));
    (heard::take(), result)
}

/// AWS with a stack in these states, which this template declares.
fn aws(states: impl IntoIterator<Item = crate::aws::scripted::Answer>, template: &str) -> Aws {
    let changes = "<Status>CREATE_COMPLETE</Status><Changes><member><ResourceChange><Action>Add</Action><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></ResourceChange></member></Changes>";
    Aws::default()
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account>")],
        )
        .answers("DescribeStacks", states)
        .answers("GetTemplateSummary", [good("")])
        .answers(
            "GetTemplate",
            [good(format!("<TemplateBody>{template}</TemplateBody>"))],
        )
        .answers(
            "CreateChangeSet",
            [good(format!("<StackId>{ID}</StackId>"))],
        )
        .answers("DescribeChangeSet", [good(changes)])
        .answers("ExecuteChangeSet", [good("")])
        .answers("DeleteChangeSet", [good("")])
        .answers("DeleteStack", [good("")])
        .answers("ListStackResources", [good("")])
        .answers(
            "DescribeStackEvents",
            [
                events(&[]),
                events(&[(1, "Queue", "CREATE_IN_PROGRESS", "")]),
            ],
        )
}

/// A folder of the test, which is removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = file::private_folder(&std::env::temp_dir(), "vsc-files");
        Self(folder.expect("it is made"))
    }

    /// Writes a file; its path.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("it is written");
        path.to_str().expect("it is UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("it is there");
    }
}

const WITH_PARAMETER: &str = "Parameters: {Delay: {Type: Number}}\nResources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}}\n";

#[test]
fn a_template_in_a_file_is_deployed_with_the_answers_beside_it() {
    let folder = Folder::new();
    let template = folder.file("queue.yaml", WITH_PARAMETER);
    folder.file("team.parameters.toml", "Delay = \"7\"\n");
    let outputs = "<Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://a</OutputValue></member></Outputs>";
    let aws = aws([missing(), stack_with("CREATE_COMPLETE", outputs)], "");
    let (reported, result) = called(&aws, &["deploy", &template, "--stack", "team", "--yes"]);
    assert!(result.is_ok(), "{result:?}\n{reported}");
    for part in [
        "team: account 123456789012",
        "Queue",
        "team is deployed (CREATE_COMPLETE)\n",
        "Url     https://a",
    ] {
        assert!(reported.contains(part), "{part}\n{reported}");
    }
    let call = aws.last("CreateChangeSet");
    for (name, value) in [
        ("StackName", "team"),
        ("ChangeSetType", "CREATE"),
        ("TemplateBody", WITH_PARAMETER),
        ("Parameters.member.1.ParameterKey", "Delay"),
        ("Parameters.member.1.ParameterValue", "7"),
        ("Capabilities.member.2", "CAPABILITY_NAMED_IAM"),
    ] {
        assert_eq!(call.parameter(name), Some(value), "{name}");
    }
    assert_eq!(call.parameter("Capabilities.member.3"), None);
}

#[test]
fn parameters_of_a_file_without_a_value_are_listed() {
    let folder = Folder::new();
    let template = folder.file("queue.yaml", WITH_PARAMETER);
    let aws = aws([missing()], "");
    let (_, result) = called(&aws, &["deploy", &template, "--stack", "team"]);
    assert!(message(result).starts_with("team: a parameter has no value\n  Delay: Number\n"));
    assert!(aws.calls("CreateChangeSet").is_empty());
}

#[test]
fn a_failed_deployment_of_a_file_repeats_its_arguments() {
    let folder = Folder::new();
    let template = folder.file("queue.yaml", "Resources: {Queue: {Type: AWS::SQS::Queue}}");
    let aws = aws([missing(), stack("ROLLBACK_COMPLETE")], "");
    let (_, result) = called(&aws, &["deploy", &template, "--stack", "team", "--yes"]);
    let reported = message(result);
    let again =
        format!("`cargo run -- deploy {template} --stack team`, which deletes what is left");
    assert!(reported.contains(&again), "{reported}");
}

#[test]
fn a_change_set_has_the_options_of_the_command_and_the_template() {
    let folder = Folder::new();
    let open = "Transform: Macro\nResources: {Queue: {Type: AWS::SQS::Queue}}";
    for (states, text, option, expected) in [
        (
            vec![missing(), stack("CREATE_COMPLETE")],
            open,
            "--yes",
            ("Capabilities.member.3", Some("CAPABILITY_AUTO_EXPAND")),
        ),
        (
            vec![stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")],
            WITH_PARAMETER,
            "--import-existing",
            ("ImportExistingResources", Some("true")),
        ),
        (
            vec![stack("CREATE_COMPLETE"), stack("UPDATE_COMPLETE")],
            WITH_PARAMETER,
            "--revert-drift",
            ("DeploymentMode", Some("REVERT_DRIFT")),
        ),
        // A new stack has no drift.
        (
            vec![missing(), stack("CREATE_COMPLETE")],
            WITH_PARAMETER,
            "--revert-drift",
            ("DeploymentMode", None),
        ),
    ] {
        let template = folder.file("queue.yaml", text);
        folder.file("team.parameters.toml", "Delay = \"7\"\n");
        let aws = aws(states, "Resources: {Queue: {Type: AWS::SQS::Queue}}");
        let arguments = ["deploy", &template, "--stack", "team", option];
        let (reported, result) = called(&aws, &arguments);
        assert!(result.is_ok(), "{option}: {result:?}\n{reported}");
        let call = aws.last("CreateChangeSet");
        assert_eq!(call.parameter(expected.0), expected.1, "{option}");
    }
}

#[test]
fn an_imported_resource_is_shown() {
    let folder = Folder::new();
    let template = folder.file("queue.yaml", "Resources: {Queue: {Type: AWS::SQS::Queue}}");
    let import = "<Status>CREATE_COMPLETE</Status><Changes><member><ResourceChange><Action>Import</Action><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></ResourceChange></member></Changes>";
    let aws = aws([missing()], "").answers("DescribeChangeSet", [good(import)]);
    let arguments = [
        "deploy",
        &template,
        "--stack",
        "team",
        "--import-existing",
        "--dry-run",
    ];
    let (reported, result) = called(&aws, &arguments);
    assert!(result.is_ok(), "{result:?}");
    let (_, others) = reported
        .split_once("also reported by CloudFormation\n")
        .unwrap_or_else(|| panic!("{reported}"));
    assert!(others.contains("Queue"), "{reported}");
}

#[test]
fn a_stack_is_deleted_by_name_as_its_deployed_template_declares() {
    let template = "Resources: {Queue: {Type: AWS::SQS::Queue}, Backups: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}}";
    let deleted = || aws([stack("CREATE_COMPLETE"), missing()], template);
    let aws = deleted();
    let (reported, result) = with_user(true, || called(&aws, &["destroy", "team"]));
    assert!(result.is_ok(), "{result:?}\n{reported}");
    assert!(
        reported.starts_with(
            "team in account 123456789012 in eu-west-1 will be deleted, with its 2 resources.\n  Backups: it is kept\nDelete it?\n"
        ),
        "{reported}"
    );
    assert_eq!(aws.last("DeleteStack").parameter("StackName"), Some(ID));
    // The deletion does not depend on the template.
    let aws = deleted().answers("GetTemplate", [good("<TemplateBody>]</TemplateBody>")]);
    let (reported, result) = with_user(true, || called(&aws, &["destroy", "team"]));
    assert!(result.is_ok(), "{result:?}\n{reported}");
    assert!(
        reported.contains("will be deleted, with all its resources.\nDelete it?"),
        "{reported}"
    );
}

#[test]
fn commands_find_a_stack_by_its_name() {
    let state = || stack("CREATE_COMPLETE");
    for (command, expected) in [
        ("status", "team"),
        ("events", "Queue"),
        ("outputs", "OUTPUT"),
    ] {
        let began = events(&[(1, "Queue", "CREATE_IN_PROGRESS", "")]);
        let aws = aws([state()], "Resources: {}").answers("DescribeStackEvents", [began]);
        let (reported, result) = called(&aws, &[command, "team"]);
        assert!(result.is_ok(), "{command}: {result:?}");
        assert!(reported.contains(expected), "{command}: {reported}");
        let call = aws.calls("DescribeStacks").into_iter().next();
        let name = call.and_then(|call| call.parameter("StackName").map(str::to_owned));
        assert_eq!(name.as_deref(), Some("team"), "{command}");
    }
    let drift = aws([state()], "Resources: {}")
        .answers(
            "DetectStackDrift",
            [good("<StackDriftDetectionId>d</StackDriftDetectionId>")],
        )
        .answers(
            "DescribeStackDriftDetectionStatus",
            [good(
                "<DetectionStatus>DETECTION_COMPLETE</DetectionStatus>",
            )],
        )
        .answers(
            "DescribeStackResourceDrifts",
            [good("<StackResourceDrifts/>")],
        );
    let (reported, result) = called(&drift, &["drift", "team"]);
    assert!(result.is_ok(), "{result:?}");
    assert!(reported.contains("no drift"), "{reported}");
    for command in ["events", "outputs", "drift", "diagnose", "rollback"] {
        let (_, result) = called(&aws([missing()], ""), &[command, "team"]);
        assert_eq!(
            message(result),
            "team is not deployed in eu-west-1\n= help: check its name, or pass another `--region` or `--profile`",
            "{command}"
        );
    }
    for command in [
        "status", "events", "outputs", "drift", "diagnose", "destroy",
    ] {
        let aws = aws([state()], "");
        let result = called(&aws, &[command]).1;
        let reported = message(result);
        assert!(
            reported.starts_with("usage: there is no config crate here"),
            "{command}: {reported}"
        );
        assert!(aws.operations().is_empty(), "{command}");
    }
}

#[test]
fn resources_are_imported_from_a_file() {
    let folder = Folder::new();
    let template = folder.file(
        "storage.yaml",
        "Resources: {Queue: {Type: AWS::SQS::Queue}, Backups: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}}",
    );
    let summary = "<ResourceIdentifierSummaries><member><ResourceType>AWS::S3::Bucket</ResourceType><ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member></ResourceIdentifierSummaries>";
    let import = "<Status>CREATE_COMPLETE</Status><Changes><member><ResourceChange><Action>Import</Action><LogicalResourceId>Backups</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member></Changes>";
    let aws = aws(
        [stack("CREATE_COMPLETE"), stack("IMPORT_COMPLETE")],
        "Resources: {Queue: {Type: AWS::SQS::Queue}}",
    )
    .answers("GetTemplateSummary", [good(summary)])
    .answers("DescribeChangeSet", [good(import)]);
    let arguments = [
        "import",
        &template,
        "--stack",
        "team",
        "--resource",
        "Backups=acme",
        "--yes",
    ];
    let (reported, result) = called(&aws, &arguments);
    assert!(result.is_ok(), "{result:?}\n{reported}");
    let call = aws.last("CreateChangeSet");
    assert_eq!(call.parameter("ChangeSetType"), Some("IMPORT"));
    let identifier = "ResourcesToImport.member.1.ResourceIdentifier.entry.1.value";
    assert_eq!(call.parameter(identifier), Some("acme"));
    let result = called(&aws, &["import", &template, "--resource", "Backups=acme"]).1;
    assert!(message(result).contains("--stack storage`"));
}

#[test]
fn templates_are_validated_by_cloudformation() {
    let folder = Folder::new();
    let template = folder.file("queue.yaml", "Resources: {Queue: {Type: AWS::SQS::Queue}}");
    let valid = || Aws::default().answers("ValidateTemplate", [good("")]);
    let aws = valid();
    let (reported, result) = called(&aws, &["check", &template]);
    assert!(result.is_ok() && aws.operations().is_empty(), "{reported}");
    let (reported, result) = called(&aws, &["check", "--online", &template]);
    assert!(result.is_ok(), "{result:?}\n{reported}");
    let body = aws.last("ValidateTemplate");
    let body = body.parameter("TemplateBody").unwrap_or_default();
    assert!(body.starts_with("Resources: "), "{body}");
    let reason = "Template format error: Unresolved resource dependencies [A]";
    let rejecting = || valid().answers("ValidateTemplate", [bad("ValidationError", reason)]);
    let (reported, result) = called(&rejecting(), &["check", "--online", &template]);
    let kind = result.expect_err("it is rejected").kind();
    assert_eq!(kind, FailureKind::Reported);
    assert!(
        reported.contains(&format!(
            "error: {template}: CloudFormation rejects the template: {reason}\n"
        )),
        "{reported}"
    );
    assert!(reported.contains("1 template: 1 error"), "{reported}");
    let (reported, _) = called(&rejecting(), &["check", "--online", "--json", &template]);
    assert!(
        reported.contains(reason) && reported.contains("queue.yaml"),
        "{reported}"
    );
    // Without permission it is not a finding.
    let denied = valid().answers("ValidateTemplate", [bad("AccessDenied", "no")]);
    let (_, result) = called(&denied, &["check", "--online", &template]);
    assert!(message(result).starts_with("access denied: no"));
    // What cannot be parsed is not sent; what is too large for a request, neither.
    let broken = folder.file("broken.yaml", "Resources: [");
    let large = "a".repeat(60_000);
    let text = format!("Description: {large}\nResources: {{Queue: {{Type: AWS::SQS::Queue}}}}");
    let large = folder.file("large.yaml", &text);
    let aws = valid();
    let (reported, _) = called(&aws, &["check", "--online", &broken, &large]);
    assert!(aws.operations().is_empty());
    assert!(
        reported.contains(&format!("{large}: too large for a request")),
        "{reported}"
    );
}

#[test]
fn a_deployed_stack_is_converted() {
    let template = "Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 7}}}";
    let deployed = aws([stack("CREATE_COMPLETE")], template);
    let (program, result) = called(&deployed, &["convert", "--from-stack", "team"]);
    assert!(result.is_ok(), "{result:?}");
    for part in [
        "The stack `team`, converted from `aws cloudformation get-template --stack-name team`.",
        "Entry::of_stack(\"team\", build)",
        "DelaySeconds: 7",
    ] {
        assert!(program.contains(part), "{part}\n{program}");
    }
    assert!(!program.contains("question marks"), "{program}");
    assert_eq!(
        deployed.last("GetTemplate").parameter("TemplateStage"),
        Some("Original")
    );
    let masked = aws(
        [stack("CREATE_COMPLETE")],
        &template.replace('7', "7, Name: '?'"),
    );
    let (reported, _) = called(&masked, &["convert", "--from-stack", "team"]);
    assert!(reported.contains("by question marks"), "{reported}");
    let (_, result) = called(&aws([missing()], ""), &["convert", "--from-stack", "team"]);
    assert!(message(result).starts_with("team is not deployed in eu-west-1"));
}

#[test]
fn a_moved_resource_is_not_deployed_as_a_new_one() {
    let folder = Folder::new();
    let template = folder.file(
        "queue.yaml",
        "Resources: {Jobs: {Type: AWS::SQS::Queue, Metadata: {'vsc:MovedFrom': Queue}}}",
    );
    let before = "Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}}}";
    let aws = aws([stack("CREATE_COMPLETE")], before);
    let arguments = ["deploy", &template, "--stack", "team", "--yes"];
    let (reported, result) = called(&aws, &arguments);
    assert!(
        reported.contains("Jobs is moved from Queue under another logical ID"),
        "{reported}"
    );
    let reported = message(result);
    assert!(
        reported.starts_with("team cannot be deployed: `Jobs` is moved from `Queue`\n"),
        "{reported}"
    );
    assert!(
        reported.ends_with(&format!(
            "= help: run `cargo run -- refactor {template} --stack team` first, which keeps the resource"
        )),
        "{reported}"
    );
    assert!(aws.calls("ExecuteChangeSet").is_empty());
    assert_eq!(aws.calls("DeleteChangeSet").len(), 1);
}
