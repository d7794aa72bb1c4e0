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
    format!("{}{}", on_root(subnet), volume("z", "UpdateReplacePolicy: Snapshot"))
}

/// Those of a host that takes its volume.
fn own(image: &str, zone: &str) -> String {
    let host = format!(
        "  Host: {{Type: AWS::EC2::Instance, Properties: {{LaunchTemplate: {{LaunchTemplateId: {image}, Version: 1}}}}}}\n"
    );
    let volume = volume(zone, "DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot");
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
        (own("t-1", "a"), own("t-1", "b"), lost("replaces `HomeVolume`", snapshot)),
        (own("t-1", "z"), on_root("a"), lost("removes `HomeVolume`", snapshot)),
        (attached("a"), on_root("a"), lost("removes `HomeVolume`", snapshot)),
        (
            on_root("a"),
            own("t-1", "z"),
            Some(format!("{TWO} are on the root volume of `Host`, which this replaces")),
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
        format!("  Host: {{Type: AWS::EC2::Instance, {policy}: Retain, Properties: {{SubnetId: a}}}}\n")
    };
    let without = Difference::between(
        &template(&keep("DeletionPolicy")),
        &Json::Object(read("Resources: {}")),
    );
    assert_eq!(without.homes, None);
    let unsure = own("t-1", "!Ref Zone");
    let mut old = read(&format!("Parameters: {{Zone: {{Type: String, Default: a}}}}\nResources:\n{unsure}"));
    let mut new = read(&format!("Parameters: {{Zone: {{Type: String, Default: b}}}}\nResources:\n{unsure}"));
    let outputs = template("  A: {}\n");
    for template in [&mut old, &mut new] {
        let outputs = outputs.get("Outputs").cloned().expect("it has outputs");
        template.insert("Outputs", outputs);
    }
    let homes = Difference::between(&Json::Object(old), &Json::Object(new)).homes;
    let homes = homes.expect("they may be lost");
    assert_eq!(homes.effect.name(), "may-be-lost");
    assert!(homes.describe().starts_with("this may replace `HomeVolume`"), "{}", homes.describe());
}

fn team(names: &[&str], root: u64) -> Json {
    let team = names
        .iter()
        .fold(TeamIde::builder(), |team, name| team.user((*name).to_owned()));
    let team = team.stack_name("team").domain("code.x.com");
    let team = team.root_volume(format!("{root} GiB")).build();
    let stack = team_ide::stack(&team.expect("it is valid"));
    stack.finish().expect("it is valid").to_json()
}

#[test]
fn the_pattern_is_understood() {
    let homes = Homes::of(&team(&["alice", "bob"], 30)).expect("it is a team");
    assert_eq!(homes.names(), ["alice", "bob"]);
    assert!(homes.users.iter().all(|user| user.mib >= 1_024), "{homes:?}");
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
        }
    };
    let before = sized(&[("alice", 19), ("bob", 19)]);
    for (after, needed, is_short) in [
        (sized(&[("alice", 19), ("bob", 19)]), 40, false),
        // A smaller share shrinks nobody's home.
        (sized(&[("alice", 12), ("bob", 12), ("carol", 12)]), 53, true),
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
    let json = Difference::between(&template(&own("t-1", "a")), &template(&own("t-1", "b")));
    let json = json.to_json();
    let member = |name: &str| json.get("homes").and_then(|homes| homes.get(name)).cloned();
    assert_eq!(member("effect"), Some("lost".into()));
    assert_eq!(member("holder"), Some("HomeVolume".into()));
    assert_eq!(member("snapshot"), Some(Json::Bool(true)));
    assert_eq!(HomesEffect::Attached.name(), "must-be-moved");
    let none = Difference::between(&template(&on_root("a")), &template(&on_root("a")));
    assert_eq!(none.to_json().get("homes"), None);
}
