use std::time::Duration;

use crate::aws::follow::Follower;
use crate::aws::scripted::{Answer, Aws, ID, bad, events, message, missing, stack};
use crate::aws::session::Stopped;
use crate::terminal::heard;

/// The pauses between two polls, in milliseconds.
fn pauses(aws: &Aws) -> Vec<u128> {
    let times = aws.times("DescribeStacks");
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

const BEGIN: (u32, &str, &str, &str) = (1, "team", "UPDATE_IN_PROGRESS", "User Initiated");
const HOST: (u32, &str, &str, &str) = (2, "Host", "UPDATE_COMPLETE", "");
const END: (u32, &str, &str, &str) = (3, "team", "UPDATE_COMPLETE", "");

#[test]
fn events_are_reported_until_the_operation_ends() {
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            [stack("UPDATE_IN_PROGRESS"), stack("UPDATE_COMPLETE")],
        )
        .answers(
            "DescribeStackEvents",
            [events(&[BEGIN]), events(&[BEGIN, HOST, END])],
        );
    let (status, seen) = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 3);
        let after = follower.until_finished().await.expect("it is answered");
        let seen: Vec<String> = follower
            .events()
            .iter()
            .map(|event| event.id.clone())
            .collect();
        (after.map(|stack| stack.status), seen)
    });
    assert_eq!(status.as_deref(), Some("UPDATE_COMPLETE"));
    assert_eq!(seen, ["1", "2", "3"]);
    let reported = heard::take();
    let lines: Vec<&str> = reported.lines().collect();
    assert_eq!(lines.len(), 3, "{reported}");
    assert!(
        lines[0].starts_with("09:01:00  UPDATE_IN_PROGRESS"),
        "{reported}"
    );
    assert!(lines[0].ends_with("  User Initiated"), "{reported}");
    assert!(lines[1].contains("Host AWS::EC2::Instance"), "{reported}");
    assert_eq!(pauses(&aws), [700]);
}

#[test]
fn known_events_are_not_reported_again() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[BEGIN, HOST, END])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, Some("2".to_owned()), 0);
        follower.until_finished().await.expect("it is answered");
        assert_eq!(follower.events().len(), 1);
    });
}

#[test]
fn events_as_the_result_are_not_noted() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[BEGIN, END])]);
    let reported = aws.run(async |session| {
        heard::take();
        let mut follower = Follower::new(session, ID, None, 0).giving_events();
        follower.until_finished().await.expect("it is answered");
        heard::take()
    });
    // The view of a person prints them.
    assert_eq!(reported.lines().count(), 2, "{reported}");
}

#[test]
fn the_pauses_grow_while_nothing_happens() {
    let quiet = vec![stack("UPDATE_IN_PROGRESS"); 14];
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            quiet.into_iter().chain([stack("UPDATE_COMPLETE")]),
        )
        .answers("DescribeStackEvents", [events(&[BEGIN])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_finished().await.expect("it is answered");
    });
    let pauses = pauses(&aws);
    assert_eq!(pauses.len(), 14);
    for (pause, expected) in pauses.iter().zip([
        700, 910, 1_183, 1_538, 1_999, 2_599, 3_379, 4_392, 5_000, 5_000,
    ]) {
        assert!(pause.abs_diff(expected) <= 30, "{pauses:?}");
    }
    assert!(
        pauses[9..].iter().all(|pause| pause.abs_diff(5_000) <= 30),
        "{pauses:?}"
    );
}

#[test]
fn an_operation_may_not_have_started_yet() {
    // The start is unknown: a quiet stack is polled for a while.
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        let after = follower.until_finished().await.expect("it is answered");
        assert!(after.is_some());
    });
    assert_eq!(aws.times("DescribeStacks").len(), 9);
    // If the start is known, one poll is enough.
    let polls = |status: &str, all: &[(u32, &str, &str, &str)]| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack(status)])
            .answers("DescribeStackEvents", [events(all)]);
        aws.run(async |session| {
            let mut follower = Follower::new(session, ID, None, 0).already_started();
            follower.until_finished().await.expect("it is answered");
        });
        aws.times("DescribeStacks").len()
    };
    assert_eq!(polls("CREATE_COMPLETE", &[]), 1);
    // A review is not the start of the operation.
    let review = [(1, "team", "REVIEW_IN_PROGRESS", "")];
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            [
                stack("REVIEW_IN_PROGRESS"),
                stack("CREATE_IN_PROGRESS"),
                stack("CREATE_COMPLETE"),
            ],
        )
        .answers(
            "DescribeStackEvents",
            [
                events(&review),
                events(&[review[0], (2, "Host", "CREATE_IN_PROGRESS", "")]),
            ],
        );
    let after = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_finished().await.expect("it is answered")
    });
    assert_eq!(
        after.map(|stack| stack.status).as_deref(),
        Some("CREATE_COMPLETE")
    );
    assert_eq!(aws.times("DescribeStacks").len(), 3);
}

#[test]
fn a_review_after_the_start_is_not_the_end() {
    // A creation starts from a review: its state changes late.
    let begun = [(1, "team", "CREATE_IN_PROGRESS", "")];
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            [
                stack("REVIEW_IN_PROGRESS"),
                stack("REVIEW_IN_PROGRESS"),
                stack("CREATE_COMPLETE"),
            ],
        )
        .answers("DescribeStackEvents", [events(&begun)]);
    let after = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_finished().await.expect("it is answered")
    });
    assert_eq!(
        after.map(|stack| stack.status).as_deref(),
        Some("CREATE_COMPLETE")
    );
}

#[test]
fn a_deleted_stack_ends_it() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("DELETE_IN_PROGRESS"), missing()])
        .answers("DescribeStackEvents", [events(&[])]);
    let after = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_finished().await.expect("it is answered")
    });
    assert!(after.is_none());
}

#[test]
fn a_lost_connection_is_retried() {
    for lost in [Answer::Lost, bad("Throttling", "Rate exceeded")] {
        let aws = Aws::default()
            .answers(
                "DescribeStacks",
                [lost.clone(), lost.clone(), stack("UPDATE_COMPLETE")],
            )
            .answers("DescribeStackEvents", [events(&[BEGIN, END])]);
        aws.run(async |session| {
            let mut follower = Follower::new(session, ID, Some("1".to_owned()), 0);
            follower.until_finished().await.expect("it comes back");
        });
        let reported = heard::take();
        assert_eq!(reported.matches("; retrying\n").count(), 1, "{reported}");
        assert_eq!(
            reported.matches("the connection is back\n").count(),
            1,
            "{reported}"
        );
        let pauses = pauses(&aws);
        assert_eq!(pauses.len(), 2);
        assert!(
            pauses[0].abs_diff(1_400) <= 30 && pauses[1].abs_diff(2_800) <= 30,
            "{pauses:?}"
        );
    }
}

#[test]
fn a_connection_that_stays_lost_is_given_up() {
    let aws = Aws::default().answers("DescribeStacks", [Answer::Lost]);
    let stopped = aws.run(async |session| {
        assert_eq!(session.patience(), Duration::from_secs(300));
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_finished().await.expect_err("it is given up")
    });
    let last = aws.times("DescribeStacks").pop().unwrap_or_default();
    assert!((300_000..306_000).contains(&last), "{last}");
    let reported = message::<()>(Err(stopped.failure("it continues")));
    assert!(reported.contains("\nit continues\n"), "{reported}");
    // Any other error ends it.
    let aws = Aws::default().answers("DescribeStacks", [bad("AccessDenied", "no")]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        let stopped = follower.until_finished().await;
        assert!(matches!(stopped, Err(Stopped::Failed(_))));
    });
    assert_eq!(aws.times("DescribeStacks"), [0]);
    assert!(!heard::take().contains("retrying"));
}
