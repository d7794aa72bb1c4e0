use super::*;
use crate::aws::scripted::{
    Answer, Aws, ID, bad, good, message, missing, stack, stacked, target, team,
};
use crate::terminal::{heard, plain};
use crate::view;

const RESOURCES: &str = "<StackResourceSummaries><member><LogicalResourceId>HomeVolume</LogicalResourceId><PhysicalResourceId>vol-1</PhysicalResourceId><ResourceType>AWS::EC2::Volume</ResourceType></member></StackResourceSummaries>";

fn item(id: &str, volume: &str, day: u32, tag: Option<(&str, &str)>) -> String {
    let tags = tag.map_or(String::new(), |(key, value)| {
        format!("<tagSet><item><key>{key}</key><value>{value}</value></item></tagSet>")
    });
    format!(
        "<item><snapshotId>{id}</snapshotId><volumeId>{volume}</volumeId><startTime>2026-11-{day:02}T03:00:00.000Z</startTime><status>completed</status><progress>100%</progress><volumeSize>40</volumeSize>{tags}</item>"
    )
}

fn set(items: &[String]) -> Answer {
    good(format!("<snapshotSet>{}</snapshotSet>", items.concat()))
}

const DAILY: Option<(&str, &str)> = Some(("aws:dlm:lifecycle-policy-id", "policy-1"));
const TAKEN: Option<(&str, &str)> = Some(("vsc:origin", "manual"));

fn listed(aws: &Aws) -> (String, Vec<(String, Origin)>) {
    listed_of(aws, team(|it| it))
}

fn listed_of(aws: &Aws, stack: Stack) -> (String, Vec<(String, Origin)>) {
    let stacks = [stack];
    let found = aws
        .serve(|| list(&target(false), &stacks))
        .expect("it is answered");
    let text = plain(&view::snapshots::table(&found));
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let origins = found[0].snapshots.iter();
    let origins = origins.map(|it| (it.snapshot.id.clone(), it.origin));
    (lines.join("\n"), origins.collect())
}

#[test]
fn snapshots_are_found_by_tag_and_by_volume_the_newest_first() {
    let by_tag = [
        item("snap-1", "vol-1", 20, DAILY),
        item("snap-2", "vol-1", 22, TAKEN),
    ];
    let by_volume = [
        item("snap-2", "vol-1", 22, TAKEN),
        item("snap-3", "vol-1", 21, None),
        // Of a stack of this name that was deleted.
        item("snap-4", "vol-0", 10, None),
        item("snap-5", "vol-0", 9, None),
    ];
    let deleted = format!(
        "<StackSummaries><member><StackId>{ID}-old</StackId><StackName>team</StackName><StackStatus>DELETE_COMPLETE</StackStatus><CreationTime>2026-11-25T09:00:00Z</CreationTime></member><member><StackId>x</StackId><StackName>other</StackName><StackStatus>DELETE_COMPLETE</StackStatus><CreationTime>2026-11-25T09:00:00Z</CreationTime></member></StackSummaries>"
    );
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStacks", [good(deleted)])
        .answers(
            "ListStackResources",
            [good(RESOURCES), good(RESOURCES.replace("vol-1", "vol-0"))],
        )
        .answers("DescribeSnapshots", [set(&by_tag), set(&by_volume)]);
    let (text, origins) = listed(&aws);
    let expected = [
        ("snap-2", Origin::Manual),
        ("snap-3", Origin::Other),
        ("snap-1", Origin::Daily),
        ("snap-4", Origin::Deletion),
        ("snap-5", Origin::Other),
    ];
    assert_eq!(
        origins,
        expected.map(|(id, origin)| (id.to_owned(), origin))
    );
    assert!(
        text.starts_with("TIME                  SNAPSHOT  SIZE    STATE      ORIGIN\n2026-11-22T03:00:00Z  snap-2    40 GiB  completed  manual\n"),
        "{text}"
    );
    let calls = aws.calls("DescribeSnapshots");
    for (call, filter, values) in [
        (0, "tag:vsc:homes", ["team", ""]),
        (1, "volume-id", ["vol-1", "vol-0"]),
    ] {
        assert_eq!(calls[call].parameter("Owner.1"), Some("self"));
        assert_eq!(calls[call].parameter("Filter.1.Name"), Some(filter));
        assert_eq!(calls[call].parameter("Filter.1.Value.1"), Some(values[0]));
        assert_eq!(
            calls[call]
                .parameter("Filter.1.Value.2")
                .unwrap_or_default(),
            values[1]
        );
    }
    // The resources of the deleted stack are those of its ID.
    let names: Vec<_> = aws.calls("ListStackResources");
    assert_eq!(names.len(), 2);
    assert_eq!(
        names[1].parameter("StackName"),
        Some(format!("{ID}-old").as_str())
    );
}

#[test]
fn snapshots_are_found_after_the_stack_is_deleted() {
    let aws = || {
        Aws::default()
            .answers("DescribeStacks", [missing()])
            .answers(
                "DescribeSnapshots",
                [set(&[item("snap-1", "vol-1", 20, None)])],
            )
    };
    let found = aws().answers("ListStacks", [good("")]);
    assert_eq!(listed(&found).1, [("snap-1".to_owned(), Origin::Deletion)]);
    assert_eq!(found.calls("DescribeSnapshots").len(), 1);
    // Without permission to list stacks those with the tag are found.
    let denied = aws().answers("ListStacks", [bad("AccessDenied", "no")]);
    assert_eq!(listed(&denied).1.len(), 1);
    let failed = aws()
        .answers("ListStacks", [good("")])
        .answers("DescribeSnapshots", [bad("UnauthorizedOperation", "no")]);
    let stacks = [team(|it| it)];
    let result = failed.serve(|| list(&target(false), &stacks));
    assert!(message(result).starts_with("access denied: no"));
}

#[test]
fn snapshots_of_a_stack_without_an_app_are_found() {
    let aws = || {
        Aws::default()
            .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
            .answers("ListStacks", [good("")])
            .answers("ListStackResources", [good(RESOURCES)])
            .answers(
                "DescribeSnapshots",
                [
                    set(&[item("snap-1", "vol-1", 20, DAILY)]),
                    set(&[item("snap-2", "vol-1", 21, TAKEN)]),
                ],
            )
    };
    let named = Stack {
        name: "team".to_owned(),
        ..Stack::default()
    };
    let known = aws();
    let (_, origins) = listed_of(&known, named);
    let expected = [("snap-2", Origin::Manual), ("snap-1", Origin::Daily)];
    assert_eq!(
        origins,
        expected.map(|(id, origin)| (id.to_owned(), origin))
    );
    let calls = known.calls("DescribeSnapshots");
    assert_eq!(calls[0].parameter("Filter.1.Name"), Some("tag:vsc:homes"));
    // What an app describes without homes has no snapshots.
    let described = aws();
    for other in [stacked(|_| {}), team(|team| team.home_volume("none"))] {
        assert_eq!(listed_of(&described, other).1, []);
    }
    assert_eq!(described.operations(), Vec::<String>::new());
}

#[test]
fn all_pages_are_read() {
    let page = |items: &[String], next: &str| {
        good(format!(
            "<snapshotSet>{}</snapshotSet><nextToken>{next}</nextToken>",
            items.concat()
        ))
    };
    let aws = Aws::default()
        .answers("DescribeStacks", [missing()])
        .answers("ListStacks", [good("")])
        .answers(
            "DescribeSnapshots",
            [
                page(&[item("snap-1", "vol-1", 1, DAILY)], "t-2"),
                page(&[item("snap-2", "vol-1", 2, DAILY)], ""),
            ],
        );
    assert_eq!(listed(&aws).1.len(), 2);
    assert_eq!(
        aws.last("DescribeSnapshots").parameter("NextToken"),
        Some("t-2")
    );
}

/// A deployed team whose snapshot is in these states, one after the other.
fn taking(states: &[&str]) -> Aws {
    let begun = "<snapshotId>snap-9</snapshotId><volumeId>vol-1</volumeId><status>pending</status><startTime>2026-11-25T03:00:00Z</startTime><volumeSize>40</volumeSize>";
    let states = states.iter().map(|state| {
        let item = item("snap-9", "vol-1", 25, TAKEN)
            .replace("completed", state)
            .replace("100%", "43%");
        set(&[item])
    });
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(RESOURCES)])
        .answers("CreateSnapshot", [good(begun)])
        .answers("DescribeSnapshots", states)
}

fn taken(aws: &Aws, waits: bool) -> Result<Snapshot, Failure> {
    heard::take();
    aws.serve(|| create(&target(false), &team(|it| it), waits))
}

#[test]
fn a_snapshot_is_taken_with_the_tags_of_the_homes() {
    let aws = taking(&["pending", "pending", "completed"]);
    assert!(taken(&aws, true).expect("it is taken").is_complete());
    let call = aws.last("CreateSnapshot");
    for (name, value) in [
        ("VolumeId", "vol-1"),
        ("TagSpecification.1.ResourceType", "snapshot"),
        ("TagSpecification.1.Tag.1.Key", "vsc:homes"),
        ("TagSpecification.1.Tag.1.Value", "team"),
        ("TagSpecification.1.Tag.2.Key", "vsc:origin"),
        ("TagSpecification.1.Tag.2.Value", "manual"),
    ] {
        assert_eq!(call.parameter(name), Some(value), "{name}");
    }
    assert_eq!(aws.calls("DescribeSnapshots").len(), 3);
    assert!(heard::take().ends_with("snap-9 of the homes of team is complete\n"));
    let begun = taking(&["pending"]);
    let snapshot = taken(&begun, false).expect("it is begun");
    assert!(begun.calls("DescribeSnapshots").is_empty());
    assert_eq!(
        (snapshot.id.as_str(), snapshot.is_complete()),
        ("snap-9", false)
    );
}

#[test]
fn a_snapshot_that_is_not_taken_is_reported() {
    let result = taken(&taking(&["pending", "error"]), true);
    assert_eq!(
        message(result),
        "the snapshot snap-9 ended in the state error"
    );
    let interrupted = taking(&["pending"]).interrupted_at("DescribeSnapshots");
    assert_eq!(
        message(taken(&interrupted, true)),
        "interrupted: snap-9 continues in AWS, and needs nothing else"
    );
    let without = taking(&[]).answers("ListStackResources", [good("")]);
    assert_eq!(
        message(taken(&without, true)),
        "the stack team has no volume of homes\nits homes are on the root volume of its host, which is not part of a snapshot\n= help: see what a deployment would change with `cargo run -- diff team`"
    );
}
