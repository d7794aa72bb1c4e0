use super::*;
use crate::aws::scripted::{Answer, Aws, good, message, named, stack};
use crate::terminal::heard;

fn query(source: LogSource) -> Query {
    Query {
        source,
        since: 3_600,
        lines: 100,
        follows: false,
        after: None,
    }
}

#[test]
fn ages_have_a_unit() {
    assert_eq!(age("10m"), Some(600));
    assert_eq!(age("3d"), Some(259_200));
    for wrong in ["", "10", "m", "-1m", "1w", "1ä", "99999999999999999999d"] {
        assert_eq!(age(wrong), None, "{wrong}");
    }
}

#[test]
fn a_query_becomes_a_command() {
    assert_eq!(
        query(LogSource::Workspace("alice".to_owned())).command(),
        "journalctl --namespace='*' --no-pager -o short-iso --no-hostname -u 'vsc-workspace@alice.service' --since=-3600s -n 100"
    );
    let more = Query {
        after: Some("s=1;i=2".to_owned()),
        follows: true,
        ..query(LogSource::Proxy)
    };
    assert!(
        more.command()
            .ends_with("-u vsc-proxy.service --after-cursor='s=1;i=2' --show-cursor")
    );
}

#[test]
fn the_cursor_is_not_printed() {
    let (lines, cursor) = with_cursor("a\nb\n-- cursor: s=1;i=2\n");
    assert_eq!(
        (lines.as_str(), cursor.as_deref()),
        ("a\nb\n", Some("s=1;i=2"))
    );
    assert_eq!(with_cursor("-- No entries --\n"), (String::new(), None));
}

fn hosts(state: &str) -> Aws {
    let member = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    let instance = format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"
    );
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(member)])
        .answers("DescribeInstances", [good(instance)])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
}

fn command_output(status: &str, output: &str, errors: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"{output}\", \"StandardErrorContent\": \"{errors}\"}}"
    ))
}

#[test]
fn a_running_host_is_queried() {
    let aws = hosts("running").answers(
        "GetCommandInvocation",
        [command_output("Success", "a\\nb\\n", "")],
    );
    let reported = aws.run(async |session| {
        assert!(
            show(session, &named("team"), &query(LogSource::All))
                .await
                .is_ok()
        );
        heard::take()
    });
    assert_eq!(reported, "a\nb\n");
    assert!(
        aws.last("SendCommand")
            .body
            .contains("-u 'vsc-*' --since=-3600s -n 100")
    );
    for state in ["stopped", "terminated"] {
        let reported = hosts(state).run(async |session| {
            message(show(session, &named("team"), &query(LogSource::All)).await)
        });
        assert_eq!(
            reported,
            format!(
                "the host of team (i-1) is {state}: it cannot be queried\n= help: read its console output with `cargo run -- logs team --console`"
            )
        );
    }
}

#[test]
fn a_failed_command_is_reported_with_its_reason() {
    for (answer, reason) in [
        (
            command_output("Failed", "", " no journal \\n"),
            "no journal",
        ),
        (command_output("TimedOut", "", ""), "TimedOut"),
    ] {
        let aws = hosts("running").answers("GetCommandInvocation", [answer]);
        let reported = aws.run(async |session| {
            message(show(session, &named("team"), &query(LogSource::All)).await)
        });
        assert_eq!(
            reported,
            format!(
                "the host cannot be queried: {reason}\n= help: check that its Systems Manager agent runs and reaches AWS"
            )
        );
    }
}

#[test]
fn following_continues_after_the_last_line() {
    let following = Query {
        follows: true,
        ..query(LogSource::Proxy)
    };
    let answers = [
        command_output("Success", "a\\n-- cursor: s=1\\n", ""),
        command_output("Success", "-- No entries --\\n", ""),
        command_output("Success", "b\\n-- cursor: s=2\\n", ""),
        command_output("Failed", "", "gone"),
    ];
    let aws = hosts("running").answers("GetCommandInvocation", answers);
    let (reported, end) = aws.run(async |session| {
        let end = show(session, &named("team"), &following).await;
        (heard::take(), message(end))
    });
    assert_eq!(reported, "a\nb\n");
    assert!(end.starts_with("the host cannot be queried: gone"), "{end}");
    let cursors: Vec<_> = aws
        .calls("SendCommand")
        .iter()
        .map(|call| {
            let cursor = call.body.split("--after-cursor='").nth(1);
            cursor
                .and_then(|rest| rest.split('\'').next())
                .map(str::to_owned)
        })
        .collect();
    let cursor = |text: &str| Some(text.to_owned());
    assert_eq!(cursors, [None, cursor("s=1"), cursor("s=1"), cursor("s=2")]);
    let times = aws.times("SendCommand");
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] >= 3_000),
        "{times:?}"
    );
}

#[test]
fn an_interruption_ends_following_successfully() {
    let following = Query {
        follows: true,
        ..query(LogSource::Boot)
    };
    for at in ["SendCommand", "GetCommandInvocation"] {
        let aws = hosts("running")
            .answers(
                "GetCommandInvocation",
                [command_output("Success", "a\\n", "")],
            )
            .interrupted_at(at);
        let end = aws.run(async |session| show(session, &named("team"), &following).await);
        assert!(end.is_ok(), "{at}");
    }
}

#[test]
fn the_console_output_is_printed_if_there_is_any() {
    let output_of = |answer| {
        let aws = Aws::default().answers("GetConsoleOutput", [answer]);
        aws.run(
            async |session| match console_of(session, "team", "i-1").await {
                Ok(()) => heard::take(),
                failure => message(failure),
            },
        )
    };
    assert_eq!(output_of(good("<output>YQ0KYg==</output>")), "a\nb");
    for nothing in ["", "<output></output>"] {
        assert!(
            output_of(good(nothing))
                .starts_with("EC2 has no console output of team (i-1) yet\n= help: ")
        );
    }
}

#[test]
fn the_user_must_be_in_the_team() {
    let team = crate::aws::scripted::team(|team| team);
    let team = team.team.as_ref();
    let found = developer::named("bob", team).ok();
    assert_eq!(found.map(|user| user.name.as_str()), Some("bob"));
    for (name, help) in [
        ("bo", "did you mean `bob`?"),
        ("zacharias", "the users are `alice` and `bob`"),
    ] {
        assert_eq!(
            message(developer::named(name, team)),
            format!("usage: the team has no user `{name}`\n= help: {help}")
        );
    }
}

#[test]
fn every_source_has_its_command() {
    for (source, expected) in [
        (
            LogSource::All,
            "journalctl --namespace='*' --no-pager -o short-iso --no-hostname -u 'vsc-*' --since=-3600s -n 100",
        ),
        (
            LogSource::Proxy,
            "journalctl --namespace='*' --no-pager -o short-iso --no-hostname -u vsc-proxy.service --since=-3600s -n 100",
        ),
        (
            LogSource::Boot,
            "cat /run/vsc/failure 2>/dev/null; tail -n 100 /var/log/cfn-init.log /var/log/cfn-init-cmd.log",
        ),
    ] {
        assert_eq!(query(source).command(), expected);
    }
    for (text, seconds) in [("1s", 1), ("1m", 60), ("1h", 3_600), ("1d", 86_400)] {
        assert_eq!(age(text), Some(seconds));
    }
}
