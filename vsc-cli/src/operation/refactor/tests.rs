use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, missing, stack, stacked};
use crate::terminal::heard;

fn state(status: &str, execution: &str) -> Answer {
    good(format!(
        "<Status>{status}</Status><StatusReason>it differs</StatusReason><ExecutionStatus>{execution}</ExecutionStatus><ExecutionStatusReason>it is locked</ExecutionStatusReason>"
    ))
}

/// AWS with a stack of which the queue has another logical ID, and these states of a refactoring.
fn aws(states: impl IntoIterator<Item = Answer>) -> Aws {
    let template = "<TemplateBody>Resources: {Old: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}}}\nOutputs: {Url: {Value: !Ref Old}}</TemplateBody>";
    let actions = "<StackRefactorActions><member><Action>MOVE</Action><Entity>RESOURCE</Entity><PhysicalResourceId>https://queue</PhysicalResourceId><ResourceMapping><Source><StackName>team</StackName><LogicalResourceId>Old</LogicalResourceId></Source><Destination><StackName>team</StackName><LogicalResourceId>Queue</LogicalResourceId></Destination></ResourceMapping></member></StackRefactorActions>";
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("GetTemplate", [good(template)])
        .answers(
            "CreateStackRefactor",
            [good("<StackRefactorId>r-9</StackRefactorId>")],
        )
        .answers("DescribeStackRefactor", states)
        .answers("ListStackRefactorActions", [good(actions)])
        .answers("ExecuteStackRefactor", [good("")])
        .answers("GetStackPolicy", [good("")])
}

fn options(moves: &[&str]) -> Options {
    Options {
        moves: moves
            .iter()
            .map(|text| Move::parse(text).expect("it is valid"))
            .collect(),
        yes: true,
        waits: true,
    }
}

fn refactored(aws: &Aws, stack: &Stack, options: &Options) -> (Result<(), Failure>, String) {
    aws.run(async |session| {
        let result = refactor(session, stack, options).await;
        (result, heard::take())
    })
}

fn done() -> [Answer; 4] {
    [
        state("CREATE_IN_PROGRESS", "UNAVAILABLE"),
        state("CREATE_COMPLETE", "AVAILABLE"),
        state("CREATE_COMPLETE", "EXECUTE_IN_PROGRESS"),
        state("CREATE_COMPLETE", "EXECUTE_COMPLETE"),
    ]
}

#[test]
fn a_resource_that_looks_renamed_is_renamed() {
    let aws = aws(done());
    let (result, reported) = refactored(&aws, &stacked(|_| {}), &options(&[]));
    assert!(result.is_ok(), "{result:?}");
    let reported: Vec<&str> = reported.lines().map(str::trim_end).collect();
    assert_eq!(
        reported,
        [
            "team: 1 resource is renamed, and nothing else is changed",
            "OLD  NEW    RESOURCE",
            "Old  Queue  https://queue",
            "team is refactored"
        ]
    );
    let call = aws.last("CreateStackRefactor");
    let body = call.parameter("StackDefinitions.member.1.TemplateBody");
    let body: String = body.unwrap_or_default().split_whitespace().collect();
    assert_eq!(
        body,
        r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Properties":{"DelaySeconds":5}}},"Outputs":{"Url":{"Value":{"Ref":"Queue"}}}}"#
    );
    let mapping = |end: &str, name: &str| {
        let name = format!("ResourceMappings.member.1.{end}.{name}");
        call.parameter(&name).map(str::to_owned)
    };
    assert_eq!(
        mapping("Source", "LogicalResourceId").as_deref(),
        Some("Old")
    );
    assert_eq!(
        mapping("Destination", "LogicalResourceId").as_deref(),
        Some("Queue")
    );
    assert_eq!(mapping("Source", "StackName").as_deref(), Some("team"));
    let call = aws.last("ExecuteStackRefactor");
    assert_eq!(call.parameter("StackRefactorId"), Some("r-9"));
}

#[test]
fn a_stack_by_name_is_refactored_as_the_options_say() {
    let named = Stack {
        name: "team".to_owned(),
        ..Stack::default()
    };
    let moved = aws(done());
    let (result, _) = refactored(&moved, &named, &options(&["Old=Anything"]));
    assert!(result.is_ok(), "{result:?}");
    let (result, _) = refactored(&aws(done()), &named, &options(&[]));
    assert!(message(result).starts_with("usage: no `--move` given, and no resource of team"));
    let (result, _) = refactored(&aws(done()), &named, &options(&["Olt=Anything"]));
    assert!(message(result).ends_with("did you mean `Old`?"));
}

#[test]
fn nothing_is_executed_without_confirmation_or_after_a_rejection() {
    let asked = aws(done());
    let asking = Options {
        yes: false,
        ..options(&[])
    };
    let (result, _) = refactored(&asked, &stacked(|_| {}), &asking);
    assert!(message(result).starts_with("Refactor team?\ncannot ask for confirmation"));
    assert!(asked.calls("ExecuteStackRefactor").is_empty());
    let rejected = aws([state("CREATE_FAILED", "UNAVAILABLE")]);
    let (result, _) = refactored(&rejected, &stacked(|_| {}), &options(&[]));
    assert_eq!(
        message(result),
        "CloudFormation rejected the refactoring of team: it differs (CREATE_FAILED)\nnothing was changed"
    );
    assert!(rejected.calls("ExecuteStackRefactor").is_empty());
    for (status, expected) in [
        (missing(), "team is not deployed in eu-west-1"),
        (
            stack("UPDATE_IN_PROGRESS"),
            "team is in the state UPDATE_IN_PROGRESS and cannot be refactored",
        ),
    ] {
        let aws = aws(done()).answers("DescribeStacks", [status]);
        let (result, _) = refactored(&aws, &stacked(|_| {}), &options(&[]));
        assert!(message(result).starts_with(expected));
        assert!(aws.calls("CreateStackRefactor").is_empty());
    }
}

#[test]
fn a_failed_execution_reports_the_state() {
    for (ended, expected) in [
        (
            "ROLLBACK_COMPLETE",
            "team is as it was before\n= help: fix the cause",
        ),
        (
            "EXECUTE_FAILED",
            "the refactoring ended in EXECUTE_FAILED\n= help: see the state",
        ),
    ] {
        let aws = aws([
            state("CREATE_COMPLETE", "AVAILABLE"),
            state("CREATE_COMPLETE", ended),
        ]);
        let (result, _) = refactored(&aws, &stacked(|_| {}), &options(&[]));
        let reported = message(result);
        assert!(
            reported.starts_with("the refactoring of team failed: it is locked\n"),
            "{reported}"
        );
        assert!(reported.contains(expected), "{reported}");
    }
}

#[test]
fn a_lost_response_is_looked_up() {
    let lost = || aws(done()).answers("ExecuteStackRefactor", [Answer::Lost]);
    let (result, _) = refactored(&lost(), &stacked(|_| {}), &options(&[]));
    assert!(result.is_ok(), "{result:?}");
    let unknown = aws([
        state("CREATE_COMPLETE", "AVAILABLE"),
        bad("AccessDenied", "no"),
    ])
    .answers("ExecuteStackRefactor", [Answer::Lost]);
    let (result, _) = refactored(&unknown, &stacked(|_| {}), &options(&[]));
    assert!(message(result).contains("the refactoring of team may have started: check with `aws cloudformation describe-stack-refactor --stack-refactor-id r-9`"));
    let rejected = aws([state("CREATE_COMPLETE", "AVAILABLE")])
        .answers("ExecuteStackRefactor", [bad("AccessDenied", "no")]);
    let (result, _) = refactored(&rejected, &stacked(|_| {}), &options(&[]));
    assert!(message(result).contains("team was not refactored"));
}

#[test]
fn an_interrupted_refactoring_continues_in_aws() {
    let aws = aws([
        state("CREATE_COMPLETE", "AVAILABLE"),
        state("CREATE_COMPLETE", "EXECUTE_IN_PROGRESS"),
    ])
    .interrupted_at("ExecuteStackRefactor");
    let (result, _) = refactored(&aws, &stacked(|_| {}), &options(&[]));
    assert!(message(result).starts_with("interrupted: the refactoring of team continues in AWS"));
}

#[test]
fn a_resource_moves_to_another_stack() {
    let template = |resource: &str| {
        good(format!(
            "<TemplateBody>Resources: {{{resource}, Kept: {{Type: T}}}}</TemplateBody>"
        ))
    };
    let moving = || {
        let source = template("Old: {Type: AWS::SQS::Queue}");
        let destination = template("Other: {Type: U}");
        aws(done()).answers("GetTemplate", [source, destination])
    };
    let named = Stack {
        name: "team".to_owned(),
        ..Stack::default()
    };
    let aws = moving();
    let (result, reported) = refactored(&aws, &named, &options(&["Old=storage/Jobs"]));
    assert!(result.is_ok(), "{result:?}");
    assert!(
        reported.contains("Old  storage/Jobs  https://queue"),
        "{reported}"
    );
    let call = aws.last("CreateStackRefactor");
    let compact = |name: &str| -> String {
        let value = call.parameter(name).unwrap_or_default();
        value.split_whitespace().collect()
    };
    for (name, value) in [
        ("StackDefinitions.member.1.StackName", "team"),
        (
            "StackDefinitions.member.1.TemplateBody",
            r#"{"Resources":{"Kept":{"Type":"T"}}}"#,
        ),
        ("StackDefinitions.member.2.StackName", "storage"),
        (
            "StackDefinitions.member.2.TemplateBody",
            r#"{"Resources":{"Other":{"Type":"U"},"Kept":{"Type":"T"},"Jobs":{"Type":"AWS::SQS::Queue"}}}"#,
        ),
        ("ResourceMappings.member.1.Source.StackName", "team"),
        ("ResourceMappings.member.1.Destination.StackName", "storage"),
        (
            "ResourceMappings.member.1.Destination.LogicalResourceId",
            "Jobs",
        ),
    ] {
        assert_eq!(compact(name), value, "{name}");
    }
    for wrong in [
        &["Old=storage/Jobs", "Kept=Other"][..],
        &["Old=storage/Jobs", "Kept=network/Kept"],
        &["Old=team/Jobs"],
    ] {
        let aws = moving();
        let (result, _) = refactored(&aws, &named, &options(wrong));
        assert!(message(result).starts_with("usage: `--move` renames resources within"));
        assert!(aws.calls("CreateStackRefactor").is_empty());
    }
}

#[test]
fn a_stack_with_a_stack_policy_is_not_refactored() {
    let policy = "<StackPolicyBody>{&quot;Statement&quot;: []}</StackPolicyBody>";
    let protected = aws(done()).answers("GetStackPolicy", [good(policy)]);
    let (result, _) = refactored(&protected, &stacked(|_| {}), &options(&[]));
    assert_eq!(
        message(result),
        "team cannot be refactored: it has a stack policy\n\
         CloudFormation refactors no such stack; `deploy` sets one to protect the homes of a team\n\
         nothing was changed\n\
         = help: keep the logical IDs as they are deployed"
    );
    assert!(protected.calls("CreateStackRefactor").is_empty());
    // Without permission to read it, CloudFormation decides.
    let denied = aws(done()).answers("GetStackPolicy", [bad("AccessDenied", "no")]);
    let (result, _) = refactored(&denied, &stacked(|_| {}), &options(&[]));
    assert!(result.is_ok());
}
