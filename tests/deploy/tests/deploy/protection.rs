//! Homes: protected by a stack policy, moved to a volume of their own, and lost only on request.

use serde_json::Value;
use vsc_deploy_tests::answer::answer;
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");
const DEPLOY: &str = "deploy --yes --parameters-file values.toml";

/// The stack of an earlier version.
const EARLIER: &str = include_str!("earlier.yaml");

/// What an earlier version added for `home_volume`.
const ATTACHED: &str = "
  HomeVolume:
    Type: AWS::EC2::Volume
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      AvailabilityZone: !GetAtt Host.AvailabilityZone
      VolumeType: gp3
      Size: 40
      Encrypted: true
  HomeVolumeAttachment:
    Type: AWS::EC2::VolumeAttachment
    Properties:
      Device: /dev/sdf
      InstanceId: !Ref Host
      VolumeId: !Ref HomeVolume
";

/// The stack policy, of which `HomeVolume` is the only resource that is protected.
fn is_protected(cloud: &Cloud) -> bool {
    let policy = cloud
        .aws()
        .call("cloudformation get-stack-policy --stack-name team");
    let policy = policy["StackPolicyBody"].as_str().unwrap_or_default();
    let policy: Value = serde_json::from_str(policy).unwrap_or_default();
    let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
    statements.iter().any(|statement| {
        statement["Effect"] == "Deny"
            && statement["Resource"] == "LogicalResourceId/HomeVolume"
            && statement["Action"] == serde_json::json!(["Update:Replace", "Update:Delete"])
    })
}

/// The deployed value of a parameter.
fn value(cloud: &Cloud, name: &str) -> Option<String> {
    let stacks = cloud.aws().call("cloudformation describe-stacks");
    let parameters = stacks["Stacks"][0]["Parameters"].as_array()?.clone();
    let found = parameters.iter().find(|it| it["ParameterKey"] == name)?;
    found["ParameterValue"].as_str().map(str::to_owned)
}

/// Runs a command with a variable of the team.
fn with(cloud: &Cloud, name: &str, value: &str, line: &str) -> Ended {
    let mut command = cloud.command(line);
    command.env(name, value);
    command.output().expect("it can be run").into()
}

/// The instances and their images.
fn hosts(cloud: &Cloud) -> Vec<(String, String)> {
    let found = cloud.aws().call("ec2 describe-instances");
    let reservations = found["Reservations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let instances = reservations
        .iter()
        .filter_map(|it| it["Instances"].as_array());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    instances
        .flatten()
        .map(|it| (text(&it["InstanceId"]), text(&it["ImageId"])))
        .collect()
}

/// The report of the host.
fn reports(cloud: &Cloud, report: &str) {
    let said = format!(r#"{{"Status": "Success", "StandardOutputContent": "{report}"}}"#);
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(Fault::Answer(said));
}

#[test]
fn the_zone_and_the_size_are_filled_and_the_homes_protected() {
    let cloud = Cloud::start("homes-filled", PROGRAM);
    cloud.deploy().with(0).reports(&[
        "team is deployed (CREATE_COMPLETE)",
        "the stack policy of team denies replacing or deleting its homes",
    ]);
    assert_eq!(
        value(&cloud, "AvailabilityZone").as_deref(),
        Some("us-east-1a")
    );
    assert_eq!(value(&cloud, "HomeVolumeSize").as_deref(), Some("22"));
    assert!(is_protected(&cloud));
    reports(&cloud, "alice|10240|1|present|\\nbob|10240|1|present|\\n");
    with(&cloud, "TEAM", "alice,bob,carol", DEPLOY)
        .with(0)
        .reports(&["team is deployed (UPDATE_COMPLETE)"]);
    assert_eq!(value(&cloud, "HomeVolumeSize").as_deref(), Some("32"));
    cloud.proxy.heal();
    // One is enough.
    assert_eq!(cloud.proxy.count("SetStackPolicy"), 1);
    // It stays, although fewer homes need it.
    with(&cloud, "TEAM", "alice,bob", DEPLOY).with(0).reports(&[
        "the home of carol is kept",
        "team is deployed (UPDATE_COMPLETE)",
    ]);
    assert_eq!(value(&cloud, "HomeVolumeSize").as_deref(), Some("32"));
    with(&cloud, "TEAM_HOME_VOLUME", "20 GiB", DEPLOY)
        .with(1)
        .reports(&[
            "error: team cannot be deployed: the volume of the homes has 32 GiB, and would have 20 GiB",
            "= help: write `home_volume = \"32 GiB\"`",
        ]);
    // The deletion names what it leaves.
    cloud
        .run("destroy --yes")
        .with(0)
        .reports(&["team is deleted"]);
}

#[test]
fn homes_are_lost_only_on_request() {
    let cloud = Cloud::start("homes-lost", PROGRAM);
    _ = cloud.deploy().with(0);
    with(&cloud, "TEAM_HOME_VOLUME", "none", DEPLOY).with(1).reports(&[
        "error: team cannot be deployed: this removes `HomeVolume`, and with it the homes of 2 developers (alice and bob); a snapshot of the volume is kept",
        "nothing was changed; the change set was deleted",
        "= help: pass `--lose-homes` if they may be lost",
    ]);
    assert!(is_protected(&cloud));
    // Interrupted while it is lifted.
    cloud.proxy.on("DescribeChangeSet").fault(Fault::Hang);
    let mut lost = cloud.command(&format!("{DEPLOY} --lose-homes"));
    lost.env("TEAM_HOME_VOLUME", "none");
    let before = cloud.proxy.count("DescribeChangeSet");
    let running = cloud.spawned(&mut lost);
    cloud.proxy.wait_for("DescribeChangeSet", before + 1);
    assert!(!is_protected(&cloud));
    running.signal("INT");
    running.end().with(130).reports(&[
        "the stack policy of team allows the loss of its homes for this update",
        "the stack policy of team denies replacing or deleting its homes",
        "interrupted: nothing was changed; the change set was deleted",
    ]);
    assert!(is_protected(&cloud));
    // Killed while it is lifted: the next run puts it back.
    let before = cloud.proxy.count("DescribeChangeSet");
    let running = cloud.spawned(&mut lost);
    cloud.proxy.wait_for("DescribeChangeSet", before + 1);
    running.signal("KILL");
    _ = running.end();
    assert!(!is_protected(&cloud));
    cloud.proxy.heal();
    _ = with(&cloud, "TEAM", "alice,bob,carol", DEPLOY).with(0);
    assert!(is_protected(&cloud));
    let ended: Ended = lost.output().expect("it can be run").into();
    ended
        .with(0)
        .reports(&["team is deployed (UPDATE_COMPLETE)"]);
    assert!(!is_protected(&cloud));
    assert_eq!(cloud.proxy.count("SetStackPolicy"), 6);
}

#[test]
fn homes_of_an_earlier_version_are_moved() {
    for (name, more, size) in [("root", "", "22"), ("attached", ATTACHED, "40")] {
        let cloud = Cloud::start(&format!("homes-moved-{name}"), PROGRAM);
        let resources = format!("Resources:{more}");
        let template = EARLIER.replace("Resources:", &resources);
        std::fs::write(cloud.folder().join("earlier.yaml"), template).expect("it is written");
        cloud
            .run("deploy earlier.yaml --stack team --yes --parameters-file values.toml")
            .with(0)
            .reports(&["team is deployed (CREATE_COMPLETE)"]);
        let before = hosts(&cloud);
        assert_eq!(before.len(), 1);
        cloud.proxy.forget();
        cloud.deploy().with(1).reports(&[
            "error: team cannot be deployed yet: the homes of 2 developers (alice and bob) are on ",
            "= help: first run `cargo run -- deploy team --move-homes`",
            "= help: then run `cargo run -- deploy team`",
        ]);
        assert_eq!(cloud.proxy.count("CreateChangeSet"), 0);

        reports(&cloud, "homes=volume\\n");
        cloud
            .run(&format!("{DEPLOY} --move-homes"))
            .with(0)
            .reports(&[
                "the stack policy of team denies replacing or deleting its homes",
                "team is deployed (UPDATE_COMPLETE)",
                "the homes of team are on their volume",
                "next: `cargo run -- deploy team` brings a host that takes the volume",
            ]);
        assert_eq!(hosts(&cloud), before);
        assert!(is_protected(&cloud));
        assert_eq!(value(&cloud, "HomeVolumeSize").as_deref(), Some(size));
        // The second step waits for the first one. The emulator forgets an updated instance.
        let [(host, _)] = before.as_slice() else {
            unreachable!("there is one");
        };
        let listed = answer(
            "ListStackResources",
            &format!(
                "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>{host}</PhysicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType><ResourceStatus>UPDATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-25T09:00:00Z</LastUpdatedTimestamp></member></StackResourceSummaries>"
            ),
        );
        cloud.proxy.heal();
        cloud
            .proxy
            .on("ListStackResources")
            .fault(Fault::Answer(listed));
        reports(&cloud, "homes=root\\n");
        cloud.deploy().with(1).reports(&[
            "error: team cannot be deployed yet: its host (i-",
            ") has not moved the homes to their volume",
        ]);
        cloud.proxy.heal();
        let second = cloud.run("deploy --dry-run --parameters-file values.toml");
        second.with(0).reports(&[
            "± AWS::EC2::Instance Host",
            "must have moved to `HomeVolume` before this replaces the host",
        ]);
    }
}

#[test]
fn an_unknown_zone_and_policy_do_not_end_a_deployment() {
    let cloud = Cloud::start("homes-denied", PROGRAM);
    _ = cloud.deploy().with(0);
    let denied = || {
        Fault::Reject(
            403,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation",
        )
    };
    cloud.proxy.on("DescribeSubnets").fault(denied());
    cloud.proxy.on("GetStackPolicy").fault(denied());
    with(&cloud, "TEAM", "alice,bob,carol", DEPLOY)
        .with(0)
        .reports(&[
            "warning: cannot look up the zone of the subnet, and keeps us-east-1a: ",
            "warning: no stack policy protects the homes of team: ",
            "team is deployed (UPDATE_COMPLETE)",
        ]);
    // A policy of others in another form stays as it is.
    cloud.proxy.heal();
    let other = answer("GetStackPolicy", "<StackPolicyBody>{}</StackPolicyBody>");
    cloud.proxy.on("GetStackPolicy").fault(Fault::Answer(other));
    let set = cloud.proxy.count("SetStackPolicy");
    with(&cloud, "TEAM", "alice,bob,dave", DEPLOY)
        .with(0)
        .reports(&["is in a form that this program does not understand, and stays as it is"]);
    assert_eq!(cloud.proxy.count("SetStackPolicy"), set);
}
