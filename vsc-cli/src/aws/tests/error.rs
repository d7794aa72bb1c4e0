//! Messages of failed calls, through the SDK.

use std::time::Duration;

use crate::aws::cloudformation::describe;
use crate::aws::scripted::{Answer, Aws, bad, good, message, stack};
use crate::aws::{call, host};
use crate::terminal::{Terminal, Verbosity, heard};

fn failing(answer: Answer) -> Aws {
    Aws::default().answers("DescribeStacks", [answer])
}

/// The failure of a call with this answer, with a state after its cause.
fn error_of(answer: Answer, state: &str) -> String {
    failing(answer).run(async |session| {
        let stopped = describe(session, "team").await.expect_err("it fails");
        message::<()>(Err(stopped.failure(state)))
    })
}

#[test]
fn an_error_has_a_cause_a_state_and_a_help() {
    for (code, text, cause, help) in [
        (
            "ExpiredToken",
            "old",
            "the credentials have expired",
            "renew them, with `aws sso login` or the way you obtained them, and run the command again",
        ),
        (
            "InvalidClientTokenId",
            "no",
            "AWS rejected the credentials: no",
            "pass `--profile`, set AWS_ACCESS_KEY_ID",
        ),
        (
            "AccessDenied",
            "User: a is not authorized to perform: s3:Get on b",
            "access denied: User: a is not authorized",
            "ask for the permission `s3:Get`, or pass another `--profile`",
        ),
        (
            "AccessDenied",
            "no",
            "access denied: no",
            "ask for the permission, or pass another `--profile`",
        ),
        (
            "Throttling",
            "Rate exceeded",
            "AWS throttled DescribeStacks, even after several retries: Rate exceeded",
            "wait a minute and run the command again",
        ),
        (
            "RequestTimeTooSkewed",
            "late",
            "the clock of this machine is wrong: AWS reports \"late\"",
            "set the clock",
        ),
        (
            "ServiceUnavailable",
            "down",
            "AWS service error in eu-west-1 (DescribeStacks): down",
            "run the command again in a few minutes",
        ),
        (
            "ValidationError",
            "bad",
            "AWS rejected DescribeStacks: bad",
            "",
        ),
        (
            "OtherException",
            "bad",
            "AWS rejected DescribeStacks: bad (OtherException)",
            "",
        ),
        (
            "OtherException",
            "",
            "AWS rejected DescribeStacks: OtherException",
            "",
        ),
    ] {
        for state in ["", "it continues"] {
            let reported = error_of(bad(code, text), state);
            let mut lines = reported.lines();
            let first = lines.next().unwrap_or_default();
            assert!(first.starts_with(cause), "{code}: {reported}");
            if !state.is_empty() {
                assert_eq!(lines.next(), Some(state), "{code}: {reported}");
            }
            let line = lines.next().unwrap_or_default();
            if help.is_empty() {
                assert_eq!(line, "", "{code}: {reported}");
            } else {
                assert!(
                    line.starts_with(&format!("= help: {help}")),
                    "{code}: {reported}"
                );
            }
        }
    }
}

#[test]
fn a_failed_connection_is_described() {
    let minutes = Duration::from_secs(300);
    let lost = error_of(Answer::Lost, "");
    assert!(
        lost.starts_with("cannot reach AWS in eu-west-1: the connection is gone\n= help: "),
        "{lost}"
    );
    let late = error_of(
        Answer::Late(minutes, Box::new(stack("CREATE_COMPLETE"))),
        "",
    );
    assert!(
        late.starts_with("AWS in eu-west-1 did not respond (DescribeStacks)\n= help: "),
        "{late}"
    );
    let slow = error_of(Answer::Slow, "");
    assert!(
        slow.starts_with("AWS in eu-west-1 did not respond (DescribeStacks)\n= help: "),
        "{slow}"
    );
    assert_eq!(
        error_of(Answer::Garbled, ""),
        "lost the connection to AWS in eu-west-1 (DescribeStacks): no answer\n= help: run the command again"
    );
    let broken = error_of(Answer::Bad(503, String::new(), String::new()), "");
    assert_eq!(
        broken,
        "lost the connection to AWS in eu-west-1 (DescribeStacks): HTTP status 503\n= help: run the command again"
    );
    let status = error_of(Answer::Bad(404, String::new(), String::new()), "");
    assert_eq!(status, "AWS rejected DescribeStacks: HTTP status 404");
}

#[test]
fn the_request_id_is_shown_only_with_verbose() {
    for (verbosity, is_named) in [(Verbosity::Normal, false), (Verbosity::Verbose, true)] {
        let reported =
            failing(bad("OtherException", "bad")).run_with(1, verbosity, async |session| {
                let stopped = describe(session, "team").await.expect_err("it fails");
                let failure = stopped.failure("");
                // The view decides whether details are shown.
                Terminal::of_tests(verbosity).failure(&failure);
                heard::take()
            });
        let named = "\n(DescribeStacks: OtherException, request r-1)";
        assert_eq!(reported.trim_end().ends_with(named), is_named, "{reported}");
        assert_eq!(reported.contains("  DescribeStacks\n"), is_named);
    }
}

#[test]
fn a_stack_that_is_missing_is_none() {
    for (code, text, is_missing) in [
        ("ValidationError", "Stack with id team does not exist", true),
        ("ValidationError", "1 validation error detected", false),
        ("AccessDenied", "it does not exist", false),
    ] {
        let found = failing(bad(code, text)).run(async |session| describe(session, "team").await);
        assert_eq!(found.is_ok(), is_missing, "{code} {text}");
    }
}

#[test]
fn an_interruption_ends_a_call() {
    let aws = failing(Answer::Late(
        Duration::from_secs(600),
        Box::new(stack("CREATE_COMPLETE")),
    ));
    let aws = aws.interrupted_at("DescribeStacks");
    let stopped = aws.run(async |session| {
        assert!(!session.interrupt.is_set());
        let stopped = describe(session, "team")
            .await
            .expect_err("it is interrupted");
        assert!(session.interrupt.is_set());
        stopped
    });
    assert_eq!(
        message::<()>(Err(stopped.failure("it continues"))),
        "interrupted: it continues"
    );
    let aws = failing(Answer::Late(
        Duration::from_secs(1),
        Box::new(stack("CREATE_COMPLETE")),
    ));
    let aws = aws.interrupted_at("DescribeStacks");
    let reported = aws.run(async |session| {
        let stopped = describe(session, "team")
            .await
            .expect_err("it is interrupted");
        message::<()>(Err(stopped.failure("")))
    });
    assert_eq!(reported, "interrupted: nothing was changed");
}

#[test]
fn a_slow_response_draws_a_note() {
    for (seconds, is_reported) in [(7, false), (9, true)] {
        let answer = Answer::Late(
            Duration::from_secs(seconds),
            Box::new(stack("CREATE_COMPLETE")),
        );
        failing(answer).run(async |session| {
            let found = describe(session, "team").await.expect("it is answered");
            assert_eq!(
                found.map(|stack| stack.status).as_deref(),
                Some("CREATE_COMPLETE")
            );
        });
        assert_eq!(
            heard::take().contains("still waiting for AWS in eu-west-1 (DescribeStacks)"),
            is_reported
        );
    }
}

#[test]
fn a_call_without_a_client_is_retried_and_signed() {
    let answers = [
        bad("RequestLimitExceeded", "wait"),
        Answer::Bad(503, String::new(), String::new()),
        good("<output>YQ==</output>"),
    ];
    let aws = Aws::default().answers("GetConsoleOutput", answers);
    let output = aws.run_with(3, Verbosity::Normal, async |session| {
        host::console(session, "i-1").await.expect("it is answered")
    });
    assert_eq!(output.as_deref(), Some(&b"a"[..]));
    let calls = aws.calls("GetConsoleOutput");
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0].url, "https://ec2.eu-west-1.amazonaws.com/");
    assert_eq!(calls[0].parameter("Version"), Some("2016-11-15"));
    let header = |name: &str| {
        let mut headers = calls[0].headers.iter();
        headers.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    };
    let signature = header("authorization").unwrap_or_default();
    assert!(
        signature.contains("/eu-west-1/ec2/aws4_request"),
        "{signature}"
    );
    assert_eq!(header("x-amz-content-sha256"), None);
}

#[test]
fn s3_requires_the_hash_of_the_body() {
    let aws = Aws::default().answers("PUT", [good("")]);
    aws.run(async |session| {
        let request = call::Request::rest("PUT", "/bucket/a").body("text/plain", "x");
        let answer = call::xml(session.config(), &call::S3, "PutObject", request).await;
        assert!(answer.is_ok(), "{answer:?}");
    });
    let put = aws.last("PUT");
    assert_eq!(put.url, "https://s3.eu-west-1.amazonaws.com/bucket/a");
    assert_eq!(put.body, "x");
    let mut headers = put.headers.iter();
    assert!(headers.any(|(name, value)| name == "x-amz-content-sha256" && value.len() == 64));
}
