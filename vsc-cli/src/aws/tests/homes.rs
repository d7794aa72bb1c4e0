//! The commands about homes and hosts, as users call them.

use super::commands::{called, called_on};
use crate::aws::scripted::{Answer, Aws, good, message, stack, team};

fn ended(output: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"Success\", \"StandardOutputContent\": \"{output}\", \"StandardErrorContent\": \"\"}}"
    ))
}

/// AWS with a running host, whose commands print this.
fn aws(outputs: &[&str]) -> Aws {
    let resources = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member><member><LogicalResourceId>HomeVolume</LogicalResourceId><PhysicalResourceId>vol-1</PhysicalResourceId><ResourceType>AWS::EC2::Volume</ResourceType></member></StackResourceSummaries>";
    let instance = "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>";
    let snapshot = "<snapshotSet><item><snapshotId>snap-1</snapshotId><volumeId>vol-1</volumeId><startTime>2026-11-25T03:00:00Z</startTime><status>completed</status><volumeSize>40</volumeSize><tagSet><item><key>vsc:origin</key><value>manual</value></item></tagSet></item></snapshotSet>";
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(resources)])
        .answers("ListStacks", [good("")])
        .answers("DescribeInstances", [good(instance)])
        .answers("DescribeSnapshots", [good(snapshot)])
        .answers("CreateSnapshot", [good("<snapshotId>snap-1</snapshotId><startTime>2026-11-25T03:00:00Z</startTime><status>pending</status><volumeId>vol-1</volumeId><volumeSize>40</volumeSize>")])
        .answers("SendCommand", [good("{\"Command\": {\"CommandId\": \"c-1\"}}")])
        .answers("GetCommandInvocation", outputs.iter().map(|output| ended(output)))
}

fn json(text: &str) -> String {
    text.split_whitespace().collect()
}

const HOMES: &str = "alice|10240|812|present|\\nbob|10240|5|departed|2026-11-01|return";

#[test]
fn homes_and_snapshots_are_printed() {
    for (arguments, expected) in [
        (
            &["homes"][..],
            "USER   SIZE      USED       STATE\nalice  10.0 GiB  812.0 MiB  present\nbob    10.0 GiB  5.0 MiB    left 2026-11-01, returns\n",
        ),
        (
            &["homes", "list", "team"],
            "USER   SIZE      USED       STATE\nalice  10.0 GiB  812.0 MiB  present\n",
        ),
        (
            &["snapshots"],
            "TIME                  SNAPSHOT  SIZE    STATE      ORIGIN\n2026-11-25T03:00:00Z  snap-1    40 GiB  completed  manual\n",
        ),
    ] {
        let (reported, result) = called_on(&aws(&[HOMES]), [team(|it| it)], arguments);
        assert!(result.is_ok(), "{result:?}");
        let reported = crate::terminal::plain(&reported);
        let lines: Vec<&str> = reported.lines().map(str::trim_end).collect();
        assert!(
            (lines.join("\n") + "\n").starts_with(expected),
            "{reported}"
        );
    }
}

#[test]
fn results_are_json_on_request() {
    for (arguments, outputs, expected) in [
        (
            &["homes", "--json"][..],
            &[HOMES][..],
            r#"{"team":[{"user":"alice","name":"alice","state":"present","returns":false,"sizeMib":10240,"usedMib":812},{"user":"bob","name":"bob","state":"left","left":"2026-11-01","returns":true,"sizeMib":10240,"usedMib":5}]}"#,
        ),
        (
            &["homes", "purge", "bob", "--yes", "--json"],
            &[HOMES, ""],
            r#"{"user":"bob","name":"bob","state":"left","left":"2026-11-01","returns":true,"sizeMib":10240,"usedMib":5}"#,
        ),
        (
            &["snapshots", "--json"],
            &[],
            r#"{"team":[{"id":"snap-1","time":"2026-11-25T03:00:00Z","volume":"vol-1","sizeGib":40,"state":"completed","origin":"manual"}]}"#,
        ),
        (
            &["snapshots", "create", "--json"],
            &[],
            r#"{"id":"snap-1","time":"2026-11-25T03:00:00Z","volume":"vol-1","sizeGib":40,"state":"completed"}"#,
        ),
        (
            &["snapshots", "create", "--no-wait", "--json"],
            &[],
            r#"{"id":"snap-1","time":"2026-11-25T03:00:00Z","volume":"vol-1","sizeGib":40,"state":"pending"}"#,
        ),
        (
            &[
                "restore",
                "alice",
                ".",
                "--from",
                "alice@2025-01-02",
                "--to",
                "old",
                "--json",
            ],
            &["files=2 bytes=10"],
            r#"{"user":"alice","from":"alice@2025-01-02","folder":"old","files":2,"bytes":10}"#,
        ),
        (
            &["patch", "--yes", "--json"],
            &["from=2023.8.1\\nto=2023.9.1\\npackages=3\\nreboot=needed"],
            r#"{"team":{"host":"i-1","from":"2023.8.1","to":"2023.9.1","packages":3,"reboot":"pending"}}"#,
        ),
    ] {
        let (reported, result) = called_on(&aws(outputs), [team(|it| it)], arguments);
        assert!(result.is_ok(), "{arguments:?}: {result:?}");
        let reported = json(&reported);
        assert!(reported.ends_with(expected), "{arguments:?}: {reported}");
    }
    // Without it they say what was done.
    for (arguments, outputs, expected) in [
        (
            &["homes", "return", "bob"][..],
            &[HOMES, ""][..],
            "the kept home waits for bob: add the user to the team, and run `cargo run -- deploy team`\n",
        ),
        (
            &["patch", "--yes"],
            &["to=2023.9.1\\npackages=0"],
            "the host of team is up to date (2023.9.1)\n",
        ),
        (
            &["restore", "alice", "--from", "alice@2025-01-02"],
            &[""],
            "restored the files from alice@2025-01-02 into the folder restored-",
        ),
    ] {
        let (reported, result) = called_on(&aws(outputs), [team(|it| it)], arguments);
        assert!(result.is_ok(), "{result:?}");
        assert!(reported.contains(expected), "{reported}");
    }
}

#[test]
fn wrong_arguments_call_nothing() {
    for (stacks, arguments, expected) in [
        (
            &["team"][..],
            &[
                "homes", "export", "bob", "--to", "s3://a/b", "--bucket", "c",
            ][..],
            "usage: `--bucket` is for an archive that comes to this machine",
        ),
        (
            &["team"],
            &["homes", "export", "bob", "--to", "s3://"],
            "usage: `--to s3://` names no bucket",
        ),
        (
            &["team"],
            &["homes", "export", "a/b"],
            "usage: invalid name of a home: \"a/b\"",
        ),
        (
            &["team"],
            &["homes", "return", "-"],
            "usage: invalid name of a home: \"-\"",
        ),
        (
            &["team"],
            &["restore", "alice", "--at", "soon"],
            "usage: invalid `--at soon`",
        ),
        (
            &["team"],
            &["restore", "alice", "/etc"],
            "usage: the path is not within the home: \"/etc\"",
        ),
        (
            &["team", "other"],
            &["restore", "alice"],
            "usage: several stacks are selected: `team` and `other`",
        ),
        (
            &["team"],
            &["patch", "--release", "2"],
            "usage: invalid release of Amazon Linux: \"2\"",
        ),
        (
            &["team", "other"],
            &["patch"],
            "usage: the crate has several stacks: `team` and `other`",
        ),
    ] {
        let aws = aws(&[]);
        let result = called(&aws, stacks, arguments).1;
        let reported = message(result);
        assert!(reported.starts_with(expected), "{reported}");
        assert!(aws.operations().is_empty(), "{:?}", aws.operations());
    }
}
