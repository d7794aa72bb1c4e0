use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, named, stack};
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

fn output_of(aws: &Aws, wanted: InstanceState, users: Option<usize>, waits: bool) -> String {
    aws.run(
        async |session| match switch(session, &named("team"), wanted, users, waits).await {
            Ok(()) => heard::take(),
            failure => message(failure),
        },
    )
}

#[test]
fn a_host_is_started_and_stopped() {
    let (on, off) = (InstanceState::Running, InstanceState::Stopped);
    for (states, wanted, calls, expected) in [
        (
            &["stopped", "pending", "running"][..],
            on,
            &["StartInstances"][..],
            "the host of team (i-1) is starting\nthe host of team is running; its workspaces are available within a minute\n",
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
            "the host of team is already running\n",
        ),
        (
            &["stopped"],
            off,
            &[],
            "the host of team is already stopped\n",
        ),
        (
            &["stopping", "stopping", "stopped", "running"],
            on,
            &["StartInstances"],
            "the host of team is stopping; waiting\nthe host of team (i-1) is starting\nthe host of team is running; its workspaces are available within a minute\n",
        ),
        (
            &["pending", "pending", "running", "stopped"],
            off,
            &["StopInstances"],
            "the host of team is pending; waiting\nthe host of team (i-1) is stopping\nthe host of team is stopped\n",
        ),
        (
            &["terminated"],
            on,
            &[],
            "the host of team (i-1) no longer exists\n= help: recreate it with `cargo run -- deploy team --new-host`; homes on their own volume are still there",
        ),
        (
            &["stopped", "terminated"],
            on,
            &["StartInstances"],
            "the host of team (i-1) is terminated, not running\n= help: look for the cause with `cargo run -- logs team --console`",
        ),
    ] {
        let aws = hosts(states);
        assert_eq!(output_of(&aws, wanted, None, true), expected, "{states:?}");
        let operations = aws.operations();
        let switched = operations
            .iter()
            .filter(|it| it.ends_with("tInstances") || it.ends_with("pInstances"));
        assert_eq!(switched.collect::<Vec<_>>(), calls, "{states:?}");
    }
}

#[test]
fn stopping_needs_confirmation() {
    for (users, expected) in [
        (1, "1 developer is locked out"),
        (2, "2 developers are locked out"),
    ] {
        let aws = hosts(&["running"]);
        let reported = output_of(&aws, InstanceState::Stopped, Some(users), true);
        assert!(
            reported.starts_with("Stop the host of team? "),
            "{reported}"
        );
        assert!(reported.contains(expected), "{reported}");
        assert!(aws.calls("StopInstances").is_empty());
    }
}

#[test]
fn no_wait_and_a_lost_connection_report_the_state() {
    let aws = hosts(&["stopped"]);
    assert_eq!(
        output_of(&aws, InstanceState::Running, None, false),
        "the host of team (i-1) is starting\n"
    );
    assert_eq!(aws.calls("DescribeInstances").len(), 1);
    let aws = hosts(&["stopped"]).answers(
        "DescribeInstances",
        [instance("stopped"), bad("AuthFailure", "no")],
    );
    let reported = output_of(&aws, InstanceState::Running, None, true);
    assert!(
        reported.contains(
            "\nthe host of team (i-1) is starting; check with `cargo run -- status team`\n"
        ),
        "{reported}"
    );
}
