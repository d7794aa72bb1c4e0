//! Consequences of a change for other resources.

use vsc_spec::Json;

use super::read;
use crate::diff::Difference;

const STACK: &str = "
Parameters:
  Image: {Type: String, Default: ami-1, Description: the image}
  Name: {Type: String}
Mappings:
  Sizes: {small: {type: t3.small}}
  Ages: {old: {days: 7}}
Conditions:
  IsNew: !Equals [!Ref Image, ami-1]
  IsBoth: !And [!Condition IsNew, !Condition IsNew]
  IsSmall: !Equals [!FindInMap [Sizes, small, type], t3.small]
  IsNever: !Equals [a, b]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}
  Host:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !Ref Subnet, ImageId: !Ref Image, InstanceType: !FindInMap [Sizes, small, type]}
  Address:
    Type: AWS::EC2::EIPAssociation
    DependsOn: Queue
    Properties: {InstanceId: !GetAtt Host.Id, AllocationId: eipalloc-1}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: queue, MessageRetentionPeriod: !FindInMap [Ages, old, days]}
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsBoth
    Properties: {TopicName: topic, DisplayName: !Ref Name}
  Log: {Type: AWS::Logs::LogGroup, Condition: IsSmall}
  Key: {Type: AWS::KMS::Key, Condition: IsNever}
  Thing: {Type: Custom::Thing, Properties: {ServiceToken: token, Of: !Ref Queue}}
  Other: {Type: Acme::New::Thing, Properties: {Of: !Ref Queue}}
";

/// The consequences for each resource: path, cause and effect.
fn follows(now: &str, then: &str) -> Vec<String> {
    assert!(STACK.contains(now), "{now}");
    let old = Json::Object(read(STACK));
    let new = Json::Object(read(&STACK.replace(now, then)));
    let difference = Difference::between(&old, &new);
    let changes = difference.resources.iter();
    changes
        .flat_map(|change| {
            let consequences = change.consequences.iter();
            consequences.map(|it| {
                let (id, cause, path) = (&change.id, &it.cause, &it.path);
                format!(
                    "{id} {path} ← {cause} {:?}: {}",
                    it.source,
                    it.update.name()
                )
            })
        })
        .collect()
}

#[test]
fn a_replacement_propagates_along_references() {
    assert_eq!(
        follows("CidrBlock: 10.0.0.0/16", "CidrBlock: 10.1.0.0/16"),
        [
            "Subnet VpcId ← Vpc Replaced: replaces",
            "Host SubnetId ← Subnet Replaced: replaces",
            "Address InstanceId ← Host Replaced: replaces",
        ]
    );
    // A resource that only depends on it, by `DependsOn`, does not change.
    assert_eq!(
        follows("QueueName: queue", "QueueName: other"),
        [
            "Thing Of ← Queue Replaced: may-replace",
            "Other Of ← Queue Replaced: may-replace",
        ]
    );
    assert!(follows("DisplayName: !Ref Name", "DisplayName: x").is_empty());
}

#[test]
fn each_reference_has_its_consequence() {
    let twice = STACK.replace("Of: !Ref Queue}", "Of: !Ref Queue, Also: !Sub '${Queue}'}");
    let new = twice.replace("QueueName: queue", "QueueName: other");
    let difference = Difference::between(&Json::Object(read(&twice)), &Json::Object(read(&new)));
    let other = difference
        .resources
        .iter()
        .find(|change| change.id == "Other");
    let paths: Vec<String> = other
        .into_iter()
        .flat_map(|change| &change.consequences)
        .map(|consequence| consequence.path.to_string())
        .collect();
    assert_eq!(paths, ["Of", "Also"]);
}

#[test]
fn a_definition_may_replace_what_refers_to_it() {
    let by_image = [
        "Host ImageId ← Image Definition: may-replace",
        "Address InstanceId ← Host MaybeReplaced: may-replace",
        "Topic  ← IsBoth Definition: may-replace",
    ];
    assert_eq!(follows("Default: ami-1", "Default: ami-2"), by_image);
    assert_eq!(
        follows(
            "{Type: String, Default: ami-1",
            "{Type: 'AWS::EC2::Image::Id', Default: ami-1"
        ),
        by_image
    );
    assert!(follows("Description: the image", "Description: an image").is_empty());
    assert!(
        follows(
            "Name: {Type: String}",
            "Name: {Type: String}\n  More: {Type: String}"
        )
        .is_empty()
    );
    assert_eq!(
        follows("type: t3.small}}", "type: t3.large}}"),
        [
            "Host InstanceType ← Sizes Definition: interrupts",
            "Log  ← IsSmall Definition: may-replace",
        ]
    );
    assert_eq!(
        follows("days: 7", "days: 8"),
        ["Queue MessageRetentionPeriod ← Ages Definition: in-place"]
    );
    assert_eq!(
        follows("!Equals [a, b]", "!Equals [a, a]"),
        ["Key  ← IsNever Definition: may-replace"]
    );
}

#[test]
fn the_most_certain_cause_counts() {
    // First it seems that the host may be replaced, by its image; then it is, by its subnet.
    let difference = |changes: &[(&str, &str)]| {
        let new = changes.iter().fold(STACK.to_owned(), |text, (now, then)| {
            assert!(text.contains(now), "{now}");
            text.replace(now, then)
        });
        Difference::between(&Json::Object(read(STACK)), &Json::Object(read(&new)))
    };
    let both = difference(&[
        ("Default: ami-1", "Default: ami-2"),
        ("10.0.0.0/16", "10.1.0.0/16"),
    ]);
    let address = both.resources.iter().find(|change| change.id == "Address");
    let address = address.expect("it is touched");
    assert_eq!(address.consequences.len(), 1);
    assert_eq!(address.update().name(), "replaces");
    // Added resources and those of another type have no consequences.
    for (now, then) in [
        ("  Thing:", "  Thing2:"),
        ("Custom::Thing", "Custom::Other"),
    ] {
        let difference = difference(&[("QueueName: queue", "QueueName: other"), (now, then)]);
        let things = difference.resources.iter();
        let mut things = things.filter(|change| change.id.starts_with("Thing"));
        assert!(
            things.all(|change| change.consequences.is_empty()),
            "{then}"
        );
    }
}
