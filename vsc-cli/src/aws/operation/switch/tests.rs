use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, stack};
use crate::terminal::heard;

fn instance(state: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"
    ))
}

fn hosts(states: &[&str]) -> Aws {
    let member = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(member)])
        .answers(
            "DescribeInstances",
            states.iter().map(|state| instance(state)),
        )
        .answers("StartInstances", [good("")])
        .answers("StopInstances", [good("")])
}

fn reported(aws: &Aws, wanted: State, users: Option<usize>, waits: bool) -> String {
    aws.run(
        async |session| match switch(session, "team", wanted, users, waits).await {
            Ok(()) => heard::take(),
            failure => message(failure),
        },
    )
}

#[test]
fn a_host_is_started_and_stopped() {
    let (on, off) = (State::Running, State::Stopped);
    for (states, wanted, calls, expected) in [
        (
            &["stopped", "pending", "running"][..],
            on,
            &["StartInstances"][..],
            "the host of team (i-1) is starting\nthe host of team is running; its workspaces answer within a minute\n",
        ),
        (
            &["running", "stopping", "stopped"],
            off,
            &["StopInstances"],
            "the host of team (i-1) is stopping\nthe host of team is stopped\n",
        ),
        (
            &["running"],
            on,
            &[],
            "the host of team is running already\n",
        ),
        (
            &["stopped"],
            off,
            &[],
            "the host of team is stopped already\n",
        ),
        (
            &["stopping", "stopping", "stopped", "running"],
            on,
            &["StartInstances"],
            "the host of team is stopping: waiting for that\nthe host of team (i-1) is starting\nthe host of team is running; its workspaces answer within a minute\n",
        ),
        (
            &["pending", "pending", "running", "stopped"],
            off,
            &["StopInstances"],
            "the host of team is pending: waiting for that\nthe host of team (i-1) is stopping\nthe host of team is stopped\n",
        ),
        (
            &["terminated"],
            on,
            &[],
            "the host of team (i-1) is gone\n= help: `cargo run -- drift team` shows what is missing; a changed `instance`, deployed, makes it again",
        ),
        (
            &["stopped", "terminated"],
            on,
            &["StartInstances"],
            "the host of team (i-1) is terminated, not running\n= help: `cargo run -- logs team --console` may show why",
        ),
    ] {
        let aws = hosts(states);
        assert_eq!(reported(&aws, wanted, None, true), expected, "{states:?}");
        let operations = aws.operations();
        let switched = operations
            .iter()
            .filter(|it| it.ends_with("tInstances") || it.ends_with("pInstances"));
        assert_eq!(switched.collect::<Vec<_>>(), calls, "{states:?}");
    }
}

#[test]
fn who_stops_it_is_asked() {
    for (users, words) in [
        (1, "1 developer is out of work"),
        (2, "2 developers are out of work"),
    ] {
        let aws = hosts(&["running"]);
        let reported = reported(&aws, State::Stopped, Some(users), true);
        assert!(
            reported.starts_with("Stop the host of team? "),
            "{reported}"
        );
        assert!(reported.contains(words), "{reported}");
        assert!(aws.calls("StopInstances").is_empty());
    }
}

#[test]
fn who_does_not_wait_or_loses_the_connection_is_reported_what_goes_on() {
    let aws = hosts(&["stopped"]);
    assert_eq!(
        reported(&aws, State::Running, None, false),
        "the host of team (i-1) is starting\n"
    );
    assert_eq!(aws.calls("DescribeInstances").len(), 1);
    let aws = hosts(&["stopped"]).answers(
        "DescribeInstances",
        [instance("stopped"), bad("AuthFailure", "no")],
    );
    let reported = reported(&aws, State::Running, None, true);
    assert!(
        reported.contains(
            "\nthe host of team (i-1) is starting; `cargo run -- status team` shows it\n"
        ),
        "{reported}"
    );
}
