use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::aws::follow::Follower;
use crate::aws::scripted::{Answer, Aws, ID, bad, events, message, missing, stack};
use crate::aws::session::Stopped;
use crate::terminal::heard;

/// The times between two looks, in milliseconds.
fn pauses(aws: &Aws) -> Vec<u128> {
    let times = aws.times("DescribeStacks");
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

const BEGIN: (u32, &str, &str, &str) = (1, "team", "UPDATE_IN_PROGRESS", "User Initiated");
const HOST: (u32, &str, &str, &str) = (2, "Host", "UPDATE_COMPLETE", "");
const END: (u32, &str, &str, &str) = (3, "team", "UPDATE_COMPLETE", "");

#[test]
fn every_event_is_reported_until_the_stack_is_settled() {
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
        let settled = follower.until_settled().await.expect("it is answered");
        let seen: Vec<String> = follower
            .events()
            .iter()
            .map(|event| event.id.clone())
            .collect();
        (settled.map(|stack| stack.status), seen)
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
fn events_that_are_known_are_not_reported_again() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[BEGIN, HOST, END])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, Some("2".to_owned()), 0);
        follower.until_settled().await.expect("it is answered");
        assert_eq!(follower.events().len(), 1);
    });
}

#[test]
fn where_events_are_the_result_they_are_given_and_not_noted() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[BEGIN, END])]);
    let seen = Rc::new(RefCell::new(Vec::new()));
    let seeing = Rc::clone(&seen);
    aws.run(async |session| {
        let follower = Follower::new(session, ID, None, 0);
        let mut follower =
            follower.reporting(move |event| seeing.borrow_mut().push(event.id.clone()));
        follower.until_settled().await.expect("it is answered");
    });
    assert_eq!(*seen.borrow(), ["1", "3"]);
    assert_eq!(heard::take(), "");
}

#[test]
fn the_pauses_grow_where_nothing_happens() {
    let quiet = vec![stack("UPDATE_IN_PROGRESS"); 14];
    let aws = Aws::default()
        .answers(
            "DescribeStacks",
            quiet.into_iter().chain([stack("UPDATE_COMPLETE")]),
        )
        .answers("DescribeStackEvents", [events(&[BEGIN])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_settled().await.expect("it is answered");
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
fn a_stack_in_its_old_state_may_not_have_begun() {
    // Nobody has said that it began: a quiet stack is looked at for a while.
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(&[])]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        let settled = follower.until_settled().await.expect("it is answered");
        assert!(settled.is_some());
    });
    assert_eq!(aws.times("DescribeStacks").len(), 9);
    // Where it is known to have begun, one look is enough.
    let looks = |status: &str, all: &[(u32, &str, &str, &str)]| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack(status)])
            .answers("DescribeStackEvents", [events(all)]);
        aws.run(async |session| {
            let mut follower = Follower::new(session, ID, None, 0).begun();
            follower.until_settled().await.expect("it is answered");
        });
        aws.times("DescribeStacks").len()
    };
    assert_eq!(looks("CREATE_COMPLETE", &[]), 1);
    // What happens before that is no beginning.
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
    let settled = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_settled().await.expect("it is answered")
    });
    assert_eq!(
        settled.map(|stack| stack.status).as_deref(),
        Some("CREATE_COMPLETE")
    );
    assert_eq!(aws.times("DescribeStacks").len(), 3);
}

#[test]
fn a_review_after_the_beginning_is_no_end() {
    // A creation begins as a review: its state comes late.
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
    let settled = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_settled().await.expect("it is answered")
    });
    assert_eq!(
        settled.map(|stack| stack.status).as_deref(),
        Some("CREATE_COMPLETE")
    );
}

#[test]
fn a_stack_that_is_gone_ends_it() {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("DELETE_IN_PROGRESS"), missing()])
        .answers("DescribeStackEvents", [events(&[])]);
    let settled = aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_settled().await.expect("it is answered")
    });
    assert!(settled.is_none());
}

#[test]
fn a_lost_connection_is_waited_for() {
    for lost in [Answer::Lost, bad("Throttling", "Rate exceeded")] {
        let aws = Aws::default()
            .answers(
                "DescribeStacks",
                [lost.clone(), lost.clone(), stack("UPDATE_COMPLETE")],
            )
            .answers("DescribeStackEvents", [events(&[BEGIN, END])]);
        aws.run(async |session| {
            let mut follower = Follower::new(session, ID, Some("1".to_owned()), 0);
            follower.until_settled().await.expect("it comes back");
        });
        let reported = heard::take();
        assert_eq!(
            reported.matches("; trying again\n").count(),
            1,
            "{reported}"
        );
        assert_eq!(
            reported.matches("the connection is there again\n").count(),
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
fn a_connection_that_stays_away_is_given_up() {
    let aws = Aws::default().answers("DescribeStacks", [Answer::Lost]);
    let stopped = aws.run(async |session| {
        assert_eq!(session.patience(), Duration::from_secs(300));
        let mut follower = Follower::new(session, ID, None, 0);
        follower.until_settled().await.expect_err("it is given up")
    });
    let last = aws.times("DescribeStacks").pop().unwrap_or_default();
    assert!((300_000..306_000).contains(&last), "{last}");
    let reported = message::<()>(Err(stopped.failure("it goes on")));
    assert!(reported.contains("\nit goes on\n"), "{reported}");
    // Anything else is no matter of waiting.
    let aws = Aws::default().answers("DescribeStacks", [bad("AccessDenied", "no")]);
    aws.run(async |session| {
        let mut follower = Follower::new(session, ID, None, 0);
        let stopped = follower.until_settled().await;
        assert!(matches!(stopped, Err(Stopped::Failed(_))));
    });
    assert_eq!(aws.times("DescribeStacks"), [0]);
    assert!(!heard::take().contains("trying again"));
}
