use crate::aws::change_set::{
    ChangeSet, ChangeSetContent, ChangeSetRequest, OnFailure, is_without_changes,
};
use crate::aws::change_set_options::ChangeSetOptions;
use crate::aws::parameters::{Origin, Setting};
use crate::aws::scripted::{Answer, Aws, ID, bad, good, message, missing, stack};
use crate::aws::template_upload::TemplateBody;

fn request() -> ChangeSetRequest<'static> {
    ChangeSetRequest {
        stack: "team",
        creates: false,
        existed: true,
        template: TemplateBody::Body("Resources: {}".to_owned()),
        settings: &[],
        tags: &[],
        role: None,
        notifications: &[],
        on_failure: OnFailure::Rollback,
        imports: Vec::new(),
        options: ChangeSetOptions::default(),
    }
}

/// AWS that creates a change set.
fn created() -> Aws {
    Aws::default().answers(
        "CreateChangeSet",
        [good(format!("<StackId>{ID}</StackId>"))],
    )
}

fn status(status: &str, more: &str) -> Answer {
    good(format!("<Status>{status}</Status>{more}"))
}

fn changes(id: &str) -> String {
    format!(
        "<Changes><member><ResourceChange><Action>Add</Action><LogicalResourceId>{id}</LogicalResourceId></ResourceChange></member><member/></Changes>"
    )
}

#[test]
fn the_call_has_what_the_request_has() {
    let import = aws_sdk_cloudformation::types::ResourceToImport::builder();
    let import = import.logical_resource_id("A").resource_type("T");
    let owned = |text: &str| text.to_owned();
    let settings = [
        (owned("A"), Setting::Value(owned("a")), Origin::Argument),
        (owned("B"), Setting::Previous, Origin::Previous),
    ];
    let (tags, notifications) = ([(owned("k"), owned("v"))], [owned("arn:topic")]);
    let full = ChangeSetRequest {
        creates: true,
        existed: false,
        template: TemplateBody::Url(owned("https://s3")),
        settings: &settings,
        tags: &tags,
        role: Some("arn:role"),
        notifications: &notifications,
        on_failure: OnFailure::Delete,
        ..request()
    };
    let importing = ChangeSetRequest {
        imports: vec![import.build()],
        on_failure: OnFailure::Delete,
        ..request()
    };
    let kept = ChangeSetRequest {
        creates: true,
        on_failure: OnFailure::Keep,
        ..request()
    };
    for (request, expected) in [
        (
            full,
            vec![
                ("ChangeSetType", Some("CREATE")),
                ("TemplateURL", Some("https://s3")),
                ("TemplateBody", None),
                ("Parameters.member.1.ParameterKey", Some("A")),
                ("Parameters.member.1.ParameterValue", Some("a")),
                ("Parameters.member.1.UsePreviousValue", None),
                ("Parameters.member.2.ParameterKey", Some("B")),
                ("Parameters.member.2.ParameterValue", None),
                ("Parameters.member.2.UsePreviousValue", Some("true")),
                ("Tags.member.1.Key", Some("k")),
                ("Tags.member.1.Value", Some("v")),
                ("RoleARN", Some("arn:role")),
                ("NotificationARNs.member.1", Some("arn:topic")),
                ("OnStackFailure", Some("DELETE")),
                ("ResourcesToImport.member.1.LogicalResourceId", None),
            ],
        ),
        (
            importing,
            vec![
                ("ChangeSetType", Some("IMPORT")),
                ("ResourcesToImport.member.1.LogicalResourceId", Some("A")),
                ("OnStackFailure", None),
            ],
        ),
        (
            kept,
            vec![("ChangeSetType", Some("CREATE")), ("OnStackFailure", None)],
        ),
        (
            request(),
            vec![
                ("ChangeSetType", Some("UPDATE")),
                ("TemplateBody", Some("Resources: {}")),
                ("RoleARN", None),
                ("NotificationARNs.member.1", None),
                ("NotificationARNs", None),
                ("ResourcesToImport", None),
                ("Capabilities.member.1", Some("CAPABILITY_IAM")),
                ("Capabilities.member.2", Some("CAPABILITY_NAMED_IAM")),
            ],
        ),
    ] {
        let aws = created();
        let set = aws.run(async |session| {
            let (set, answer) = ChangeSet::create(session, request).await;
            assert!(answer.is_ok());
            set
        });
        let call = aws.last("CreateChangeSet");
        for (name, value) in expected {
            assert_eq!(call.parameter(name), value, "{name}");
        }
        assert_eq!(call.parameter("StackName"), Some("team"));
        assert_eq!(call.parameter("ChangeSetName"), Some(set.name()));
        assert_eq!(call.parameter("ClientToken"), Some(set.token()));
        assert!(set.name().starts_with("vsc-"), "{}", set.name());
        assert_eq!(set.stack(), ID);
    }
}

#[test]
fn a_lost_response_is_not_an_error() {
    for (code, is_made) in [("AlreadyExistsException", true), ("ValidationError", false)] {
        let aws = Aws::default().answers("CreateChangeSet", [bad(code, "no")]);
        let (set, made) = aws.run(async |session| ChangeSet::create(session, request()).await);
        assert_eq!(made.is_ok(), is_made, "{code}");
        // The name, if the ID is unknown.
        assert_eq!(set.stack(), "team");
    }
}

#[test]
fn the_content_is_awaited_with_growing_pauses() {
    let mut answers = vec![status("CREATE_PENDING", ""); 2];
    answers.extend(vec![status("CREATE_IN_PROGRESS", ""); 8]);
    answers.push(status(
        "CREATE_COMPLETE",
        &format!("{}<NextToken>1</NextToken>", changes("A")),
    ));
    answers.push(status("CREATE_COMPLETE", &changes("B")));
    let aws = created().answers("DescribeChangeSet", answers);
    let content = aws.run(async |session| {
        let (set, _) = ChangeSet::create(session, request()).await;
        set.content(session).await.expect("it is answered")
    });
    let ChangeSetContent::Changes(changes) = content else {
        panic!("{content:?}");
    };
    let ids: Vec<&str> = changes
        .iter()
        .map(|change| change.logical_id.as_str())
        .collect();
    assert_eq!(ids, ["A", "B"]);
    let times = aws.times("DescribeChangeSet");
    let pauses: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(pauses.len(), 11);
    for (pause, expected) in pauses.iter().zip([
        300, 450, 675, 1_012, 1_518, 2_278, 3_417, 5_000, 5_000, 5_000, 0,
    ]) {
        assert!(pause.abs_diff(expected) <= 5, "{pauses:?}");
    }
    let calls = aws.calls("DescribeChangeSet");
    let tokens: Vec<_> = calls
        .iter()
        .map(|call| call.parameter("NextToken"))
        .collect();
    assert_eq!(tokens[10..], [None, Some("1")]);
}

#[test]
fn a_failed_change_set_may_have_no_changes() {
    for (reason, nothing) in [
        ("The submitted information didn't contain changes.", true),
        ("No updates are to be performed.", true),
        ("Transform failed", false),
    ] {
        assert_eq!(is_without_changes(reason), nothing);
        let failed = status("FAILED", &format!("<StatusReason>{reason}</StatusReason>"));
        let aws = created().answers("DescribeChangeSet", [failed]);
        let content = aws.run(async |session| {
            let (set, _) = ChangeSet::create(session, request()).await;
            set.content(session).await.expect("it is answered")
        });
        match content {
            ChangeSetContent::Nothing => assert!(nothing, "{reason}"),
            ChangeSetContent::Rejected(reported) => {
                assert_eq!((reported.as_str(), nothing), (reason, false));
            }
            ChangeSetContent::Changes(changes) => panic!("{changes:?}"),
        }
    }
}

#[test]
fn an_execution_may_disable_the_rollback() {
    for (creates, imports, on_failure, disabled) in [
        (false, false, OnFailure::Keep, Some("true")),
        (true, false, OnFailure::Keep, Some("true")),
        // The default that the API documents is true.
        (false, false, OnFailure::Rollback, Some("false")),
        (true, false, OnFailure::Rollback, Some("false")),
        (false, false, OnFailure::Delete, Some("false")),
        // `OnStackFailure` is given: both at once are rejected.
        (true, false, OnFailure::Delete, None),
        (false, true, OnFailure::Rollback, None),
    ] {
        let aws = created().answers("ExecuteChangeSet", [good("")]);
        let import = aws_sdk_cloudformation::types::ResourceToImport::builder().build();
        let request = ChangeSetRequest {
            creates,
            on_failure,
            imports: imports.then_some(import).into_iter().collect(),
            ..request()
        };
        aws.run(async |session| {
            let (set, _) = ChangeSet::create(session, request).await;
            assert!(set.execute_or_discard(session).await.is_ok());
        });
        let call = aws.last("ExecuteChangeSet");
        assert_eq!(call.parameter("DisableRollback"), disabled);
        assert_eq!(call.parameter("StackName"), Some("team"));
        assert_eq!(
            call.parameter("ChangeSetName"),
            aws.last("CreateChangeSet").parameter("ChangeSetName")
        );
        assert_eq!(
            call.parameter("ClientRequestToken"),
            aws.last("CreateChangeSet").parameter("ClientToken")
        );
    }
}

#[test]
fn an_execution_in_doubt_is_checked() {
    let doubts = [
        Answer::Lost,
        bad("InvalidChangeSetStatus", "no"),
        bad("ChangeSetNotFound", "no"),
        bad("TokenAlreadyExistsException", "no"),
    ];
    let discarded = "nothing was changed; the change set was deleted";
    for doubt in doubts {
        for (execution, begun) in [
            ("EXECUTE_IN_PROGRESS", Some(true)),
            ("EXECUTE_COMPLETE", Some(true)),
            ("EXECUTE_FAILED", Some(true)),
            ("AVAILABLE", Some(false)),
            ("UNAVAILABLE", Some(false)),
            ("OBSOLETE", Some(false)),
            ("SOMETHING_NEW", None),
        ] {
            let described = format!("<ExecutionStatus>{execution}</ExecutionStatus>");
            let aws = created()
                .answers("ExecuteChangeSet", [doubt.clone()])
                .answers("DescribeChangeSet", [status("CREATE_COMPLETE", &described)])
                .answers("DeleteChangeSet", [good("")]);
            let result = aws.run(async |session| {
                let (set, _) = ChangeSet::create(session, request()).await;
                set.execute_or_discard(session).await
            });
            assert_eq!(result.is_ok(), begun == Some(true), "{doubt:?} {execution}");
            let is_removed = aws.operations().contains(&"DeleteChangeSet".to_owned());
            assert_eq!(is_removed, begun == Some(false), "{doubt:?} {execution}");
            if result.is_err() {
                let reported = message(result);
                let state = match begun {
                    None => "it may have started: check with `cargo run -- status team`",
                    _ => discarded,
                };
                assert!(reported.contains(&format!("\n{state}")), "{reported}");
            }
        }
    }
    // Any other error leaves no doubt.
    let aws = created()
        .answers("ExecuteChangeSet", [bad("AccessDenied", "no")])
        .answers("DeleteChangeSet", [good("")]);
    let reported = aws.run(async |session| {
        let (set, _) = ChangeSet::create(session, request()).await;
        message(set.execute_or_discard(session).await)
    });
    assert!(reported.contains(discarded), "{reported}");
    assert!(!aws.operations().contains(&"DescribeChangeSet".to_owned()));
    // The check fails as well.
    let aws = created()
        .answers("ExecuteChangeSet", [Answer::Lost])
        .answers("DescribeChangeSet", [Answer::Lost]);
    let reported = aws.run(async |session| {
        let (set, _) = ChangeSet::create(session, request()).await;
        message(set.execute_or_discard(session).await)
    });
    assert!(reported.contains("it may have started"), "{reported}");
}

#[test]
fn the_result_of_a_deletion_is_reported() {
    let removed = "nothing was changed; the change set was deleted";
    for (existed, answer, after, expected, operations) in [
        (true, good(""), missing(), removed, &["DeleteChangeSet"][..]),
        (
            false,
            good(""),
            stack("REVIEW_IN_PROGRESS"),
            removed,
            &["DeleteChangeSet", "DescribeStacks", "DeleteStack"],
        ),
        (
            false,
            good(""),
            stack("CREATE_IN_PROGRESS"),
            removed,
            &["DeleteChangeSet", "DescribeStacks"],
        ),
        (
            false,
            good(""),
            missing(),
            "nothing was changed",
            &["DeleteChangeSet", "DescribeStacks"],
        ),
        (
            true,
            bad("ChangeSetNotFound", "no"),
            missing(),
            "nothing was changed",
            &["DeleteChangeSet"],
        ),
        (
            true,
            bad("AccessDenied", "no"),
            missing(),
            "nothing was changed, but the change set NAME of team may remain: access denied: no\ndelete it with `aws cloudformation delete-change-set --stack-name team --change-set-name NAME`",
            &["DeleteChangeSet"],
        ),
    ] {
        let aws = created()
            .answers("DeleteChangeSet", [answer])
            .answers("DescribeStacks", [after])
            .answers("DeleteStack", [good("")]);
        let (reported, name) = aws.run(async |session| {
            let request = ChangeSetRequest {
                existed,
                ..request()
            };
            let (set, _) = ChangeSet::create(session, request).await;
            (set.discard(session).await, set.name().to_owned())
        });
        assert_eq!(reported, expected.replace("NAME", &name));
        assert_eq!(aws.operations()[1..], *operations);
        assert_eq!(
            aws.last("DeleteChangeSet").parameter("ChangeSetName"),
            Some(name.as_str())
        );
    }
}
