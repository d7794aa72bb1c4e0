use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, named, stack, target, team};
use crate::aws::tool_script::called;
use crate::terminal::heard;

const HOST: &str = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType></member><member><LogicalResourceId>HomeVolume</LogicalResourceId><PhysicalResourceId>vol-0</PhysicalResourceId><ResourceType>AWS::EC2::Volume</ResourceType></member></StackResourceSummaries>";
const INSTANCE: &str = "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState><placement><availabilityZone>eu-west-1b</availabilityZone></placement></item></instancesSet></item></reservationSet>";

fn snapshot(id: &str, time: &str, state: &str) -> String {
    format!(
        "<item><snapshotId>{id}</snapshotId><volumeId>vol-0</volumeId><startTime>{time}</startTime><status>{state}</status><progress>43%</progress><volumeSize>40</volumeSize></item>"
    )
}

fn snapshots(items: &[String]) -> Answer {
    good(format!("<snapshotSet>{}</snapshotSet>", items.concat()))
}

/// A volume, attached to an instance as a device in this state.
fn volume(id: &str, state: &str, attached: Option<(&str, &str)>, alive: &str) -> String {
    let attachment = attached.map_or(String::new(), |(device, state)| {
        format!("<attachmentSet><item><instanceId>i-1</instanceId><device>{device}</device><status>{state}</status></item></attachmentSet>")
    });
    format!(
        "<item><volumeId>{id}</volumeId><status>{state}</status>{attachment}<tagSet><item><key>vsc:restore-alive</key><value>{alive}</value></item></tagSet></item>"
    )
}

fn volumes(items: &[String]) -> Answer {
    good(format!("<volumeSet>{}</volumeSet>", items.concat()))
}

fn ended(status: &str, output: &str, errors: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"{output}\", \"StandardErrorContent\": \"{errors}\"}}"
    ))
}

const OLD: &str = "2026-11-01T09:00:00Z";

/// The answers to `DescribeVolumes` of a restore that goes well.
fn life() -> Vec<Answer> {
    let homes = volume("vol-0", "in-use", Some(("/dev/sdf", "attached")), OLD);
    let other = volume("vol-8", "in-use", Some(("/dev/sdg", "attached")), OLD);
    let mine = |state, attached| volume("vol-1", state, attached, OLD);
    vec![
        // None is left.
        volumes(&[]),
        // It is created.
        volumes(&[mine("creating", None)]),
        volumes(&[mine("available", None)]),
        // What the host has.
        volumes(&[homes, other]),
        volumes(&[mine("in-use", Some(("/dev/sdh", "attaching")))]),
        volumes(&[mine("in-use", Some(("/dev/sdh", "attached")))]),
        // It is removed.
        volumes(&[mine("in-use", Some(("/dev/sdh", "attached")))]),
        volumes(&[mine("in-use", Some(("/dev/sdh", "detaching")))]),
        volumes(&[mine("available", None)]),
    ]
}

fn aws(volumes: Vec<Answer>, ends: impl IntoIterator<Item = Answer>) -> Aws {
    let known = [
        snapshot("snap-a", "2026-11-20T03:00:00Z", "completed"),
        snapshot("snap-b", "2026-11-25T03:00:00.000Z", "completed"),
        snapshot("snap-c", "2026-11-26T03:00:00Z", "pending"),
    ];
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(HOST)])
        .answers("ListStacks", [good("")])
        .answers("DescribeInstances", [good(INSTANCE)])
        .answers("DescribeSnapshots", [snapshots(&known)])
        .answers("DescribeVolumes", volumes)
        .answers("CreateVolume", [good("<volumeId>vol-1</volumeId>")])
        .answers("AttachVolume", [good("")])
        .answers("DetachVolume", [good("")])
        .answers("DeleteVolume", [good("")])
        .answers("CreateTags", [good("")])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", ends)
        .answers("CancelCommand", [good("{}")])
}

fn done() -> [Answer; 2] {
    [
        ended("InProgress", "", ""),
        ended("Success", "files=3 bytes=2048", ""),
    ]
}

fn options(wanted: Wanted) -> Options {
    Options {
        user: "alice".to_owned(),
        from: Source::Snapshot(wanted),
        folder: None,
        path: None,
    }
}

fn restored(aws: &Aws, options: &Options) -> Result<Restored, Failure> {
    heard::take();
    aws.serve(|| run(&target(false), &team(|it| it), options))
}

/// The commands that were sent to the host.
/// What each command runs.
fn commands(aws: &Aws) -> Vec<String> {
    let calls = aws.calls("SendCommand");
    let command = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).expect("it is JSON");
        let command = body["Parameters"]["commands"][0].as_str();
        called(command.expect("there is one")).to_owned()
    };
    calls.iter().map(|call| command(&call.body)).collect()
}

#[test]
fn a_home_is_copied_from_a_volume_that_is_deleted() {
    let aws = aws(life(), done());
    let options = Options {
        path: Some("src/my app".to_owned()),
        ..options(Wanted::Newest)
    };
    let found = restored(&aws, &options).expect("it is restored");
    assert_eq!(
        found,
        Restored {
            user: "alice".to_owned(),
            from: "snap-b".to_owned(),
            time: Some("2026-11-25T03:00:00Z".to_owned()),
            folder: "restored-2026-11-25".to_owned(),
            files: Some(3),
            bytes: Some(2_048),
        }
    );
    let created = aws.last("CreateVolume");
    for (name, value) in [
        ("SnapshotId", "snap-b"),
        ("AvailabilityZone", "eu-west-1b"),
        ("VolumeType", "gp3"),
        ("TagSpecification.1.ResourceType", "volume"),
        ("TagSpecification.1.Tag.1.Key", "vsc:restore"),
        ("TagSpecification.1.Tag.1.Value", "team"),
    ] {
        assert_eq!(created.parameter(name), Some(value), "{name}");
    }
    // The policy of the stack would take snapshots of a volume with this tag.
    assert!(
        !created
            .parameters
            .iter()
            .any(|(_, value)| value == "vsc:homes")
    );
    let attached = aws.last("AttachVolume");
    for (name, value) in [
        ("VolumeId", "vol-1"),
        ("InstanceId", "i-1"),
        // The first letters are taken.
        ("Device", "/dev/sdh"),
    ] {
        assert_eq!(attached.parameter(name), Some(value), "{name}");
    }
    assert_eq!(
        commands(&aws),
        [
            "restore alice /dev/sdh restored-2026-11-25 \"$(printf %s 'c3JjL215IGFwcA==' | base64 --decode)\"",
            "restore release /dev/sdh",
        ]
    );
    let changes: Vec<String> = aws
        .operations()
        .into_iter()
        .filter(|it| it.ends_with("Volume") || it == "SendCommand")
        .collect();
    assert_eq!(
        changes,
        [
            "CreateVolume",
            "AttachVolume",
            "SendCommand",
            "SendCommand",
            "DetachVolume",
            "DeleteVolume"
        ]
    );
    assert_eq!(
        aws.last("DeleteVolume").parameter("VolumeId"),
        Some("vol-1")
    );
    assert!(heard::take().ends_with(
        "copying from the home of alice in snap-b, of 2026-11-25T03:00:00Z\nrestored 3 files, 2.0 KiB from snap-b into the folder restored-2026-11-25 of the home of alice\n"
    ));
}

#[test]
fn a_failed_or_interrupted_restore_deletes_its_volume() {
    let state = "the volume of the snapshot was deleted; no file of alice was changed";
    let missing = || {
        ended(
            "Failed",
            "",
            "there is no src in the home of alice at that time",
        )
    };
    let released = || [ended("InProgress", "", ""), ended("Success", "", "")];
    let denied = "You are not authorized to perform: ec2:AttachVolume";
    for (aws, expected) in [
        (
            aws(life(), [missing()]),
            "the home of alice is not restored: there is no src in the home of alice at that time",
        ),
        (
            aws(life(), released()).interrupted_at("CreateVolume"),
            "interrupted",
        ),
        (
            aws(life(), released()).interrupted_at("AttachVolume"),
            "interrupted",
        ),
        (
            aws(life(), released()).interrupted_at("GetCommandInvocation"),
            "interrupted",
        ),
        (
            aws(life(), released()).answers("AttachVolume", [bad("UnauthorizedOperation", denied)]),
            "access denied: ",
        ),
    ] {
        let reported = message(restored(&aws, &options(Wanted::Newest)));
        assert!(reported.starts_with(expected), "{reported}");
        assert!(reported.contains(state), "{reported}");
        let last = aws.operations().pop();
        assert_eq!(
            last.as_deref(),
            Some("DeleteVolume"),
            "{:?}",
            aws.operations()
        );
        assert_eq!(
            aws.last("DeleteVolume").parameter("VolumeId"),
            Some("vol-1")
        );
    }
}

#[test]
fn a_lost_answer_leaves_no_volume() {
    // The volume is created, and its ID is never received.
    let found = volumes(&[volume("vol-1", "available", None, OLD)]);
    // EC2 does not know it at once.
    let aws = aws(vec![volumes(&[]), volumes(&[]), found], done())
        .answers("CreateVolume", [Answer::Lost]);
    let reported = message(restored(&aws, &options(Wanted::Newest)));
    assert!(
        reported.starts_with("cannot reach AWS in eu-west-1: the connection is gone\n"),
        "{reported}"
    );
    assert!(
        reported.contains("\nthe volume of the snapshot was deleted; "),
        "{reported}"
    );
    let token = aws
        .last("CreateVolume")
        .parameter("ClientToken")
        .map(str::to_owned);
    let calls = aws.calls("DescribeVolumes");
    assert_eq!(
        calls[1].parameter("Filter.1.Name"),
        Some("tag:vsc:restore-run")
    );
    assert_eq!(
        calls[1].parameter("Filter.1.Value.1").map(str::to_owned),
        token
    );
    assert_eq!(aws.calls("DeleteVolume").len(), 1);
    // Nothing was created.
    let none = self::aws(vec![volumes(&[])], done())
        .answers("CreateVolume", [bad("VolumeLimitExceeded", "no")]);
    assert_eq!(
        message(restored(&none, &options(Wanted::Newest))),
        "AWS rejected CreateVolume: no (VolumeLimitExceeded)"
    );
    assert!(none.calls("DeleteVolume").is_empty());
    assert_eq!(none.calls("DescribeVolumes").len(), 2);
}

#[test]
fn a_volume_that_cannot_be_deleted_is_named() {
    let state = "the volume vol-1 is left: the next restore deletes it, or `aws ec2 delete-volume --volume-id vol-1`";
    for (operation, code) in [
        ("DetachVolume", "UnauthorizedOperation"),
        ("DeleteVolume", "UnauthorizedOperation"),
    ] {
        let aws = aws(life(), done()).answers(operation, [bad(code, "no")]);
        let reported = message(restored(&aws, &options(Wanted::Newest)));
        assert!(reported.contains("access denied: no"), "{reported}");
        assert!(reported.contains(state), "{reported}");
        assert!(
            reported.contains("the files are restored: in the folder restored-2026-11-25"),
            "{reported}"
        );
    }
    // Only a volume that is detached already is in a state that needs nothing.
    let busy = aws(life(), done()).answers("DeleteVolume", [bad("IncorrectState", "no")]);
    let reported = message(restored(&busy, &options(Wanted::Newest)));
    assert!(reported.contains(state), "{reported}");
    let free = aws(life(), done()).answers("DetachVolume", [bad("IncorrectState", "no")]);
    assert!(restored(&free, &options(Wanted::Newest)).is_ok());
    let failing = aws(life(), [ended("Failed", "", "it does not fit")])
        .answers("DeleteVolume", [bad("UnauthorizedOperation", "no")]);
    let reported = message(restored(&failing, &options(Wanted::Newest)));
    assert_eq!(
        reported,
        format!("the home of alice is not restored: it does not fit\n{state}")
    );
}

#[test]
fn what_a_killed_run_left_is_deleted_by_the_next() {
    let mut answers = life();
    let now = timestamp(now());
    answers[0] = volumes(&[
        volume("vol-6", "in-use", Some(("/dev/sdi", "attached")), OLD),
        volume("vol-7", "in-use", Some(("/dev/sdg", "attached")), &now),
    ]);
    answers.insert(1, volumes(&[volume("vol-6", "available", None, OLD)]));
    let aws = aws(answers, [ended("Success", "", "")]);
    assert!(restored(&aws, &options(Wanted::Newest)).is_ok());
    let deleted = aws.calls("DeleteVolume");
    let deleted: Vec<_> = deleted
        .iter()
        .filter_map(|call| call.parameter("VolumeId"))
        .collect();
    assert_eq!(deleted, ["vol-6", "vol-1"]);
    assert_eq!(commands(&aws)[0], "restore release /dev/sdi");
    let reported = heard::take();
    for line in [
        "deleted vol-6, the volume of a restore that did not end\n",
        "vol-7 is the volume of another restore, which is in progress\n",
    ] {
        assert!(reported.contains(line), "{reported}");
    }
}

#[test]
fn a_device_that_was_just_taken_is_not_used() {
    let aws = aws(life(), done()).answers(
        "AttachVolume",
        [
            bad("InvalidParameterValue", "Invalid value '/dev/sdh' for unixDevice. Attachment point /dev/sdh is already in use"),
            good(""),
        ],
    );
    assert!(restored(&aws, &options(Wanted::Newest)).is_ok());
    assert!(
        commands(&aws)[0].contains(" /dev/sdi "),
        "{:?}",
        commands(&aws)
    );
}

#[test]
fn a_run_gives_signs_of_life() {
    // A second for each look, up to three: two minutes.
    let mut ends = vec![ended("InProgress", "", ""); 50];
    ends.push(ended("Success", "", ""));
    let aws = aws(life(), ends);
    assert!(restored(&aws, &options(Wanted::Newest)).is_ok());
    let tags = aws.calls("CreateTags");
    assert_eq!(tags.len(), 2);
    assert_eq!(tags[0].parameter("ResourceId.1"), Some("vol-1"));
    assert_eq!(tags[0].parameter("Tag.1.Key"), Some("vsc:restore-alive"));
}

#[test]
fn the_wanted_snapshot_is_chosen() {
    let chosen = |wanted: &Wanted| {
        let aws = aws(life(), done());
        restored(&aws, &options(wanted.clone())).map(|restored| restored.from)
    };
    let at = |text| Wanted::of(Some(text), None).expect("it is right");
    let id = |text| Wanted::of(None, Some(text)).expect("it is right");
    for (wanted, expected) in [
        (Wanted::Newest, "snap-b"),
        (at("2026-11-26"), "snap-b"),
        (at("2026-11-25"), "snap-b"),
        (at("2026-11-25T02:59:59Z"), "snap-a"),
        (at("2026-11-20"), "snap-a"),
        (at("2026-11-25T02:59Z"), "snap-a"),
        (at("2026-11-25T03:00Z"), "snap-b"),
        (id("snap-a"), "snap-a"),
    ] {
        assert_eq!(
            chosen(&wanted).expect("it is restored"),
            expected,
            "{wanted:?}"
        );
    }
    for (wanted, expected) in [
        (
            at("2026-11-19"),
            "team has no snapshot of 2026-11-19T23:59:59Z or earlier\nthe oldest one is of 2026-11-20T03:00:00Z\n= help: list them with `cargo run -- snapshots team`",
        ),
        (
            id("snap-c"),
            "the snapshot snap-c is not complete: pending 43%\n= help: wait for it, or choose another one",
        ),
    ] {
        assert_eq!(message(chosen(&wanted)), expected);
    }
    let none = aws(life(), done()).answers(
        "DescribeSnapshots",
        [good(""), good(""), bad("InvalidSnapshot.NotFound", "no")],
    );
    assert_eq!(
        message(restored(&none, &options(id("snap-d")))),
        "there is no snapshot snap-d\n= help: list them with `cargo run -- snapshots team`"
    );
    let none = aws(life(), done()).answers("DescribeSnapshots", [good("")]);
    assert_eq!(
        message(restored(&none, &options(Wanted::Newest))),
        "team has no complete snapshot of its homes\n= help: take one with `cargo run -- snapshots create team`; `snapshots = daily(keep = 7)` takes one every day"
    );
    assert!(none.calls("CreateVolume").is_empty());
    for (result, expected) in [
        (
            Wanted::of(Some("soon"), None),
            "usage: invalid `--at soon`\n",
        ),
        (
            Wanted::of(None, Some("vol-1")),
            "usage: invalid `--snapshot vol-1`\n",
        ),
        (
            Wanted::of(None, Some("snap-")),
            "usage: invalid `--snapshot snap-`\n",
        ),
    ] {
        assert!(message(result).starts_with(expected));
    }
}

#[test]
fn an_older_home_needs_no_volume() {
    let aws = aws(Vec::new(), done());
    let kept = |from: &str| Options {
        from: Source::Kept(from.to_owned()),
        folder: Some("before".to_owned()),
        ..options(Wanted::Newest)
    };
    let found = restored(&aws, &kept("alice@2025-01-02")).expect("it is restored");
    assert_eq!(
        (found.from.as_str(), found.time),
        ("alice@2025-01-02", None)
    );
    assert_eq!(commands(&aws), ["restore alice alice@2025-01-02 before"]);
    assert!(aws.calls("DescribeVolumes").is_empty());
    // It must be of the same name: nobody reads the home of somebody else.
    for from in ["bob@2025-01-02", "alice", "alice@../x"] {
        let reported = message(restored(&aws, &kept(from)));
        assert!(
            reported.starts_with(&format!(
                "usage: `--from {from}` is not an older home of alice"
            )),
            "{reported}"
        );
    }
}

#[test]
fn paths_stay_within_the_home() {
    let team = team(|team| team);
    let check = |user: &str, folder: Option<&str>, path: Option<&str>| {
        let options = Options {
            user: user.to_owned(),
            from: Source::Snapshot(Wanted::Newest),
            folder: folder.map(str::to_owned),
            path: path.map(str::to_owned),
        };
        super::check(&team, &options)
    };
    for (folder, path) in [
        (None, None),
        (Some("a b"), Some("src/ä.rs")),
        (Some("..a"), Some(".config")),
    ] {
        assert!(check("alice", folder, path).is_ok(), "{folder:?} {path:?}");
    }
    for path in ["/etc", "../bob", "a/../../b", "", "a\nb"] {
        let reported = message(check("alice", None, Some(path)));
        assert!(
            reported.starts_with("usage: the path is not within the home"),
            "{reported}"
        );
    }
    for folder in ["/a", "a/b", "..", ".", "", "a\tb"] {
        let reported = message(check("alice", Some(folder), None));
        assert!(reported.starts_with("usage: invalid folder"), "{reported}");
    }
    assert!(
        message(check("alicia", None, None)).starts_with("usage: the team has no user `alicia`")
    );
    let unknown = Options {
        user: "a;b".to_owned(),
        ..options(Wanted::Newest)
    };
    assert_eq!(
        message(super::check(&named("team"), &unknown)),
        "usage: invalid user name: \"a;b\""
    );
}
