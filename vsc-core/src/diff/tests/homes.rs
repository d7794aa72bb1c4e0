//! What an update does to the homes of a team.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::read;
use crate::diff::{Difference, Homes, HomesEffect, HomesHolder, HomesShortage, VolumeSize};
use crate::team_ide;

/// The resources of a stack whose homes are on the root volume of a host in a subnet.
fn on_root(subnet: &str) -> String {
    format!(
        "  Host: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-1, SubnetId: {subnet}}}}}\n"
    )
}

/// Those of one that attaches a volume in the zone of the host.
fn attached(subnet: &str) -> String {
    let volume = volume("!GetAtt Host.AvailabilityZone", "DeletionPolicy: Snapshot");
    format!("{}{volume}{}", on_root(subnet), attachment(""))
}

fn attachment(more: &str) -> String {
    format!(
        "  Mount: {{Type: AWS::EC2::VolumeAttachment, {more} Properties: {{InstanceId: !Ref Host, VolumeId: !Ref HomeVolume}}}}\n"
    )
}

fn volume(zone: &str, more: &str) -> String {
    format!(
        "  HomeVolume: {{Type: AWS::EC2::Volume, {more}, Properties: {{AvailabilityZone: {zone}, Size: 20}}}}\n"
    )
}

/// Those of a host that is moving its homes.
fn moving(subnet: &str) -> String {
    format!(
        "{}{}",
        on_root(subnet),
        volume("z", "UpdateReplacePolicy: Snapshot")
    )
}

/// Those of a host that takes its volume.
fn own(image: &str, zone: &str) -> String {
    let host = format!(
        "  Host: {{Type: AWS::EC2::Instance, Properties: {{LaunchTemplate: {{LaunchTemplateId: {image}, Version: 1}}, AvailabilityZone: z}}}}\n"
    );
    let volume = volume(
        zone,
        "DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot",
    );
    format!("{host}{volume}")
}

fn template(resources: &str) -> Json {
    const OUTPUTS: &str = "
Outputs:
  AliceUrl: {Description: The workspace of alice; the password is elsewhere, Value: a}
  Dashboard: {Description: The dashboard, Value: b}
  BobUrl: {Description: The workspace of bob; the password is elsewhere, Value: c}
";
    Json::Object(read(&format!("Resources:\n{resources}{OUTPUTS}")))
}

fn homes_of(resources: &str) -> Homes {
    Homes::of(&template(resources)).expect("it is a team")
}

#[test]
fn the_holder_is_recognized() {
    for (resources, holder) in [
        (on_root("a"), HomesHolder::Root),
        (attached("a"), HomesHolder::Attached("Mount".to_owned())),
        (moving("a"), HomesHolder::Moving),
        (
            format!("{}{}", moving("a"), attachment("DeletionPolicy: Retain,")),
            HomesHolder::Moving,
        ),
        (own("t-1", "z"), HomesHolder::Own),
        // Its host had no volume before.
        (
            own("t-1", "z").replace(", AvailabilityZone: z}}\n", "}}\n"),
            HomesHolder::Moving,
        ),
    ] {
        assert_eq!(homes_of(&resources).holder, holder, "{resources}");
    }
    // The attachment of another volume is none of the homes.
    let other = "  Other: {Type: AWS::EC2::VolumeAttachment, Properties: {VolumeId: !Ref Data}}\n";
    let resources = format!("{}{other}", own("t-1", "z"));
    assert_eq!(homes_of(&resources).holder, HomesHolder::Own);
    let queue = "Resources: {Host: {Type: AWS::SQS::Queue}}";
    assert_eq!(Homes::of(&Json::Object(read(queue))), None);
}

/// What is said about an update.
fn said(old: &str, new: &str) -> Option<String> {
    let difference = Difference::between(&template(old), &template(new));
    let homes = difference.homes?;
    assert_eq!(homes.users, ["alice", "bob"]);
    Some(homes.describe())
}

#[test]
fn homes_go_with_their_holder() {
    const TWO: &str = "the homes of 2 developers (alice and bob)";
    let lost = |verb: &str, rest: &str| Some(format!("this {verb}, and with it {TWO}; {rest}"));
    let snapshot = "a snapshot of the volume is kept";
    for (old, new, expected) in [
        (on_root("a"), on_root("a"), None),
        (
            on_root("a"),
            on_root("b"),
            lost("replaces `Host`", "nothing of them is kept"),
        ),
        // A volume outlives the host.
        (own("t-1", "z"), own("t-2", "z"), None),
        // AWS moves no volume to another zone, and rejects this update.
        (own("t-1", "a"), own("t-1", "b"), None),
        (
            own("t-1", "z"),
            on_root("a"),
            lost("removes `HomeVolume`", snapshot),
        ),
        (
            attached("a"),
            on_root("a"),
            lost("removes `HomeVolume`", snapshot),
        ),
        (
            on_root("a"),
            own("t-1", "z"),
            Some(format!(
                "{TWO} are on the root volume of `Host`, which this replaces"
            )),
        ),
        (
            attached("a"),
            own("t-1", "z"),
            Some(format!(
                "{TWO} are on `HomeVolume`, which CloudFormation attaches to the host: a new host cannot take it"
            )),
        ),
        // The steps of a move.
        (on_root("a"), moving("a"), None),
        (
            moving("a"),
            own("t-1", "z"),
            Some(format!(
                "{TWO} must have moved to `HomeVolume` before this replaces the host"
            )),
        ),
        (moving("a"), moving("a"), None),
        // A volume that is kept may still be empty.
        (
            moving("a").replace("UpdateReplacePolicy: Snapshot", "DeletionPolicy: Retain"),
            on_root("b"),
            lost("replaces `Host`", "nothing of them is kept"),
        ),
    ] {
        assert_eq!(said(&old, &new), expected, "{old} → {new}");
    }
    let nothing = Json::Object(read("Resources: {}"));
    let gone = Difference::between(&template(&on_root("a")), &nothing);
    let gone = gone.homes.map(|homes| homes.describe());
    assert_eq!(gone, lost("removes `Host`", "nothing of them is kept"));
}

#[test]
fn a_kept_resource_keeps_its_homes() {
    let keep = |policy: &str| {
        format!(
            "  Host: {{Type: AWS::EC2::Instance, {policy}: Retain, Properties: {{SubnetId: a}}}}\n"
        )
    };
    let without = Difference::between(
        &template(&keep("DeletionPolicy")),
        &Json::Object(read("Resources: {}")),
    );
    assert_eq!(without.homes, None);
    // The image may have changed.
    let template = |image: &str| {
        let host = "  Host: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image}}\n";
        let mut template = read(&format!(
            "Parameters: {{Image: {{Type: String, Default: {image}}}}}\nResources:\n{host}"
        ));
        let outputs = template_outputs();
        template.insert("Outputs", outputs);
        Json::Object(template)
    };
    let homes = Difference::between(&template("a"), &template("b")).homes;
    let homes = homes.expect("they may be lost");
    assert_eq!(homes.effect.name(), "may-be-lost");
    let said = homes.describe();
    assert!(
        said.starts_with("this may replace `Host`, and with it the homes"),
        "{said}"
    );
}

fn template_outputs() -> Json {
    let template = template("  A: {}\n");
    template.get("Outputs").cloned().expect("it has outputs")
}

fn team(volume: Option<&str>) -> Json {
    let team = TeamIde::builder().user("alice").user("bob");
    let team = team.stack_name("team").domain("code.x.com");
    let team = match volume {
        Some(volume) => team.home_volume(volume.to_owned()),
        None => team,
    };
    let stack = team_ide::stack(&team.build().expect("it is valid"));
    stack.finish().expect("it is valid").to_json()
}

#[test]
fn the_pattern_is_understood() {
    let of = |volume: Option<&str>| {
        let homes = Homes::of(&team(volume)).expect("it is a team");
        assert_eq!(homes.names(), ["alice", "bob"]);
        let shares: Vec<u64> = homes.users.iter().map(|user| user.mib).collect();
        (homes.holder, homes.size, shares)
    };
    let size = VolumeSize::Parameter("HomeVolumeSize".to_owned());
    let ten = vec![10_240, 10_240];
    assert_eq!(of(None), (HomesHolder::Own, Some(size), ten));
    let (holder, size, shares) = of(Some("40 GiB"));
    assert_eq!(holder, HomesHolder::Own);
    assert_eq!(size, Some(VolumeSize::Gib(40)));
    assert_eq!(shares, [19_456, 19_456]);
    assert_eq!(of(Some("none")).0, HomesHolder::Root);
}

#[test]
fn homes_keep_their_size() {
    let sized = |users: &[(&str, u64)]| {
        let users = users.iter().map(|(name, gib)| super::super::HomeOwner {
            name: (*name).to_owned(),
            mib: gib * 1_024,
        });
        Homes {
            users: users.collect(),
            holder: HomesHolder::Own,
            size: Some(VolumeSize::Gib(40)),
            volume: Some("HomeVolume".to_owned()),
        }
    };
    let before = sized(&[("alice", 19), ("bob", 19)]);
    for (after, needed, is_short) in [
        (sized(&[("alice", 19), ("bob", 19)]), 40, false),
        // A smaller share shrinks nobody's home.
        (
            sized(&[("alice", 12), ("bob", 12), ("carol", 12)]),
            53,
            true,
        ),
        // Nor does somebody's departure.
        (sized(&[("alice", 19), ("carol", 19)]), 60, true),
        (sized(&[("alice", 38)]), 60, true),
        (sized(&[("alice", 19)]), 40, false),
    ] {
        assert_eq!(after.needed_gib(Some(&before)), needed, "{after:?}");
        let shortage = after.shortage(Some(&before));
        assert_eq!(shortage.is_some(), is_short, "{after:?}");
    }
    let short = HomesShortage {
        needed_gib: 53,
        size_gib: 40,
    };
    assert_eq!(
        short.describe(),
        "the homes need 53 GiB, and `home_volume` has 40 GiB"
    );
    // The deployed value of a parameter is unknown here.
    let parameter = Homes {
        size: Some(VolumeSize::Parameter("Size".to_owned())),
        ..sized(&[("alice", 99)])
    };
    assert_eq!(parameter.shortage(Some(&before)), None);
}

#[test]
fn the_json_says_what_happens() {
    let json = Difference::between(&template(&own("t-1", "z")), &template(&on_root("a")));
    let json = json.to_json();
    let member = |name: &str| json.get("homes").and_then(|homes| homes.get(name)).cloned();
    assert_eq!(member("effect"), Some("lost".into()));
    assert_eq!(member("holder"), Some("HomeVolume".into()));
    assert_eq!(member("snapshot"), Some(Json::Bool(true)));
    assert_eq!(HomesEffect::Attached.name(), "must-be-moved");
    let none = Difference::between(&template(&on_root("a")), &template(&on_root("a")));
    assert_eq!(none.to_json().get("homes"), None);
}

#[test]
fn a_volume_keeps_its_zone_and_its_snapshot() {
    let volume = |properties: &str| {
        Json::Object(read(&format!(
            "Resources: {{X: {{Type: AWS::EC2::Volume, Properties: {{{properties}}}}}}}"
        )))
    };
    for (old, new, fixed) in [
        (
            "AvailabilityZone: a",
            "AvailabilityZone: b",
            Some("AvailabilityZone"),
        ),
        ("Size: 1", "Size: 1, SnapshotId: s", Some("SnapshotId")),
        ("Size: 1", "Size: 2", None),
        // The value may be the same.
        (
            "AvailabilityZone: !GetAtt H.Z",
            "AvailabilityZone: !Ref Z",
            None,
        ),
    ] {
        let difference = Difference::between(&volume(old), &volume(new));
        let change = difference.resources.first().expect("it changes");
        assert_eq!(change.rejected(), fixed, "{old} → {new}");
    }
}

#[test]
fn a_host_without_homes_holds_no_data() {
    for (old, new, holds_data) in [
        (on_root("a"), on_root("b"), true),
        (own("t-1", "z"), own("t-2", "z"), false),
    ] {
        let difference = Difference::between(&template(&old), &template(&new));
        let mut changes = difference.resources.iter();
        let host = changes.find(|change| change.id == "Host");
        let host = host.expect("it is replaced");
        assert_eq!(host.loses_data(), holds_data, "{old} → {new}");
    }
}
