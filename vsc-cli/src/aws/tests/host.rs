use vsc_core::template::write_json;

use crate::aws::host::{InstanceState, console, describe, instance_id, run, switch, wait_for};
use crate::aws::scripted::{Answer, Aws, bad, good, message, stack};

fn instance(state: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState><instanceType>t3.large</instanceType><ipAddress>192.0.2.1</ipAddress><placement><availabilityZone>eu-west-1a</availabilityZone></placement><launchTime>2026-11-25T09:00:00Z</launchTime></item></instancesSet></item></reservationSet>"
    ))
}

fn described(answers: impl IntoIterator<Item = Answer>) -> Aws {
    Aws::default().answers("DescribeInstances", answers)
}

#[test]
fn an_instance_is_read_in_every_state() {
    for (reported, state, name) in [
        ("pending", InstanceState::Pending, "pending"),
        ("running", InstanceState::Running, "running"),
        ("stopping", InstanceState::Stopping, "stopping"),
        ("stopped", InstanceState::Stopped, "stopped"),
        ("shutting-down", InstanceState::Terminated, "terminated"),
        ("terminated", InstanceState::Terminated, "terminated"),
    ] {
        let aws = described([instance(reported)]);
        let found = aws.run(async |session| describe(session, "i-1").await);
        let found = found.expect("it is answered").expect("it is there");
        assert_eq!(found.state, state);
        let json: String = write_json(&found.to_json()).split_whitespace().collect();
        assert_eq!(
            json,
            format!(
                "{{\"id\":\"i-1\",\"state\":\"{name}\",\"type\":\"t3.large\",\"address\":\"192.0.2.1\",\"zone\":\"eu-west-1a\",\"launched\":\"2026-11-25T09:00:00Z\"}}"
            )
        );
        assert_eq!(
            aws.last("DescribeInstances").parameter("InstanceId.1"),
            Some("i-1")
        );
    }
    let forgotten = described([bad("InvalidInstanceID.NotFound", "no")]);
    let found = forgotten.run(async |session| describe(session, "i-1").await);
    assert!(matches!(found, Ok(None)));
    let denied = described([bad("UnauthorizedOperation", "no")]);
    assert!(
        denied
            .run(async |session| describe(session, "i-1").await)
            .is_err()
    );
}

#[test]
fn the_host_of_a_stack_is_its_instance() {
    let member = |id: &str, physical: &str| {
        good(format!(
            "<StackResourceSummaries><member><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>{physical}</PhysicalResourceId></member></StackResourceSummaries>"
        ))
    };
    let found = |answer| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
            .answers("ListStackResources", [answer]);
        aws.run(async |session| instance_id(session, &crate::aws::scripted::named("team")).await)
    };
    assert_eq!(found(member("Host", "i-1")).ok().as_deref(), Some("i-1"));
    for answer in [member("Other", "i-1"), member("Host", "sg-1"), good("")] {
        assert_eq!(
            message(found(answer)),
            "the stack `team` has no host\n= help: see its state with `cargo run -- status team`"
        );
    }
}

#[test]
fn starting_and_stopping_have_their_calls() {
    for (on, operation) in [(true, "StartInstances"), (false, "StopInstances")] {
        let aws = Aws::default().answers(operation, [good("")]);
        assert!(
            aws.run(async |session| switch(session, "i-1", on).await)
                .is_ok()
        );
        assert_eq!(aws.operations(), [operation]);
        assert_eq!(aws.last(operation).parameter("InstanceId.1"), Some("i-1"));
    }
}

#[test]
fn a_state_is_awaited_while_it_can_be_reached() {
    for (states, wanted, looks, end) in [
        (
            &["pending", "pending", "running"][..],
            InstanceState::Running,
            3,
            Some(InstanceState::Running),
        ),
        (
            &["stopping", "stopped"],
            InstanceState::Stopped,
            2,
            Some(InstanceState::Stopped),
        ),
        (
            &["stopped"],
            InstanceState::Running,
            1,
            Some(InstanceState::Stopped),
        ),
        (
            &["terminated"],
            InstanceState::Stopped,
            1,
            Some(InstanceState::Terminated),
        ),
        (
            &["stopping"],
            InstanceState::Stopping,
            1,
            Some(InstanceState::Stopping),
        ),
        (
            &["running"],
            InstanceState::Stopped,
            1,
            Some(InstanceState::Running),
        ),
    ] {
        let aws = described(states.iter().map(|state| instance(state)));
        let found = aws.run(async |session| wait_for(session, "i-1", wanted).await);
        let state = found
            .expect("it is answered")
            .map(|instance| instance.state);
        assert_eq!(state, end, "{states:?}");
        let times: Vec<u128> = (0..looks).map(|look| look * 2_000).collect();
        let found = aws.times("DescribeInstances");
        assert_eq!(found.len(), times.len());
        assert!(
            found
                .iter()
                .zip(&times)
                .all(|(one, other)| one.abs_diff(*other) < 20),
            "{found:?}"
        );
    }
}

#[test]
fn the_latest_console_output_is_requested_if_supported() {
    let output = good("<output>Ym9vdCE=</output>");
    for (answers, calls, expected) in [
        (vec![output.clone()], 1, Some(&b"boot!"[..])),
        (
            vec![bad("UnsupportedOperation", "no"), output],
            2,
            Some(b"boot!"),
        ),
        (vec![good("")], 1, None),
    ] {
        let aws = Aws::default().answers("GetConsoleOutput", answers);
        let found = aws.run(async |session| console(session, "i-1").await);
        assert_eq!(found.expect("it is answered").as_deref(), expected);
        let made = aws.calls("GetConsoleOutput");
        assert_eq!(made.len(), calls);
        let latest: Vec<_> = made.iter().map(|call| call.parameter("Latest")).collect();
        assert_eq!(latest, [Some("true"), None][..calls]);
        assert!(
            made.iter()
                .all(|call| call.parameter("InstanceId") == Some("i-1"))
        );
    }
    let aws = Aws::default().answers("GetConsoleOutput", [bad("UnauthorizedOperation", "no")]);
    assert!(
        aws.run(async |session| console(session, "i-1").await)
            .is_err()
    );
    assert_eq!(aws.operations().len(), 1);
}

#[test]
fn a_command_is_awaited() {
    let command_output = |status: &str| {
        good(format!(
            "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"out\", \"StandardErrorContent\": \"err\"}}"
        ))
    };
    let answers = [
        bad("InvocationDoesNotExist", "no"),
        command_output("Pending"),
        command_output("InProgress"),
        command_output("Delayed"),
        command_output("Cancelling"),
        command_output("Failed"),
    ];
    let aws = Aws::default()
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", answers);
    let end = aws.run(async |session| run(session, "i-1", "uptime").await);
    let end = end.expect("it ends");
    assert_eq!(
        (
            end.output.as_str(),
            end.errors.as_str(),
            end.status.as_str()
        ),
        ("out", "err", "Failed")
    );
    let body: String = aws.last("SendCommand").body.split_whitespace().collect();
    assert_eq!(
        body,
        r#"{"DocumentName":"AWS-RunShellScript","InstanceIds":["i-1"],"TimeoutSeconds":60,"Parameters":{"commands":["uptime"]}}"#
    );
    let body: String = aws
        .last("GetCommandInvocation")
        .body
        .split_whitespace()
        .collect();
    assert_eq!(body, r#"{"CommandId":"c-1","InstanceId":"i-1"}"#);
    let times = aws.times("GetCommandInvocation");
    let pauses: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(times[0].abs_diff(300) < 20, "{times:?}");
    for (pause, expected) in pauses.iter().zip([600, 1_200, 2_400, 3_000, 3_000]) {
        assert!(pause.abs_diff(expected) < 20, "{pauses:?}");
    }
    let aws = Aws::default()
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", [bad("AccessDeniedException", "no")]);
    assert!(
        aws.run(async |session| run(session, "i-1", "uptime").await)
            .is_err()
    );
}
