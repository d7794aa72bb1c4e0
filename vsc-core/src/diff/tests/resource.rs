//! Changes of a resource, and what happens to its data.

use vsc_spec::Json;
use vsc_spec::resource::Retention;

use super::read;
use crate::diff::{Difference, ResourceChange, VolumeChange};

/// The change of the resource `X`, if there is one.
fn change(old: &str, new: &str) -> Option<ResourceChange> {
    let template = |resource: &str| {
        let resource = match resource {
            "" => String::new(),
            some => format!("  X: {some}\n"),
        };
        Json::Object(read(&format!(
            "Resources:\n  Queue: {{Type: AWS::SQS::Queue}}\n{resource}"
        )))
    };
    let difference = Difference::between(&template(old), &template(new));
    let mut resources = difference.resources.into_iter();
    resources.find(|change| change.id == "X")
}

#[test]
fn resource_attributes_count() {
    let queue = |rest: &str| format!("{{Type: AWS::SQS::Queue{rest}}}");
    for (old, new, paths) in [
        ("", ", Metadata: {a: b}", &["Metadata"][..]),
        (", Metadata: {a: b}", ", Metadata: {a: c}", &["Metadata.a"]),
        (", DependsOn: A", ", DependsOn: [A]", &[]),
        (", DependsOn: [B, A]", ", DependsOn: [A, B]", &[]),
        (", DependsOn: A", "", &["DependsOn"]),
        (", DependsOn: [A, B]", ", DependsOn: A", &["DependsOn[1]"]),
        (
            ", CreationPolicy: [B, A]",
            ", CreationPolicy: [A, B]",
            &["CreationPolicy"],
        ),
        (", Condition: A", ", Condition: B", &["Condition"]),
        (", Condition: A", ", Condition: [A]", &["Condition"]),
        (", Properties: {}", "", &[]),
        (", Properties: {DelaySeconds: 1}", "", &[]),
    ] {
        let found = change(&queue(old), &queue(new));
        let options = found.iter().flat_map(|change| &change.options);
        let found: Vec<String> = options.map(|change| change.path.to_string()).collect();
        assert_eq!(found, paths, "{old} → {new}");
    }
}

#[test]
fn the_most_severe_change_counts() {
    let instance =
        |properties: &str| format!("{{Type: AWS::EC2::Instance, Properties: {{{properties}}}}}");
    for (old, new, update) in [
        ("InstanceType: a", "InstanceType: b", "interrupts"),
        (
            "SubnetId: a, InstanceType: a",
            "SubnetId: b, InstanceType: b",
            "replaces",
        ),
        ("SubnetId: a", "InstanceType: b", "replaces"),
        ("Tags: [{Key: a, Value: b}]", "", "in-place"),
    ] {
        let found = change(&instance(old), &instance(new)).map(|change| change.update().name());
        assert_eq!(found, Some(update), "{old} → {new}");
    }
    // The effect for an unknown type is unknown.
    let other = |value: u8| format!("{{Type: Acme::New::Thing, Properties: {{A: {value}}}}}");
    let found = change(&other(1), &other(2)).map(|change| change.update().name());
    assert_eq!(found, Some("may-replace"));
}

#[test]
fn policies_determine_retention() {
    use Retention::{Deleted, Retained, Snapshot};
    let volume = |rest: &str| format!("{{Type: AWS::EC2::Volume{rest}}}");
    let database = |rest: &str| format!("{{Type: AWS::RDS::DBInstance{rest}}}");
    let named = |name: &str, rest: &str| {
        database(&format!(
            ", Properties: {{DBInstanceIdentifier: {name}}}{rest}"
        ))
    };
    for (old, new, retention, lost) in [
        // A removed resource follows its deletion policy in the old template.
        (volume(""), String::new(), Some(Deleted), true),
        (
            volume(", DeletionPolicy: Snapshot"),
            String::new(),
            Some(Snapshot),
            false,
        ),
        (
            volume(", DeletionPolicy: Retain"),
            String::new(),
            Some(Retained),
            false,
        ),
        (
            volume(", UpdateReplacePolicy: Retain"),
            String::new(),
            Some(Deleted),
            true,
        ),
        (database(""), String::new(), Some(Snapshot), false),
        (
            database(", Properties: {DBClusterIdentifier: c}"),
            String::new(),
            Some(Deleted),
            true,
        ),
        // A replaced resource follows the policy of the new template.
        (named("a", ""), named("b", ""), Some(Deleted), true),
        (
            named("a", ""),
            named("b", ", UpdateReplacePolicy: Snapshot"),
            Some(Snapshot),
            false,
        ),
        (
            named("a", ", UpdateReplacePolicy: Snapshot"),
            named("b", ""),
            Some(Deleted),
            true,
        ),
        (
            named("a", ""),
            named("b", ", DeletionPolicy: Retain"),
            Some(Deleted),
            true,
        ),
        // Another type for its logical ID deletes it.
        (
            volume(", DeletionPolicy: Retain"),
            "{Type: AWS::SQS::Queue}".to_owned(),
            Some(Retained),
            false,
        ),
        (
            volume(""),
            "{Type: AWS::SQS::Queue}".to_owned(),
            Some(Deleted),
            true,
        ),
        (
            "{Type: AWS::SQS::Queue}".to_owned(),
            volume(""),
            Some(Deleted),
            true,
        ),
        (
            "{Type: AWS::SNS::Topic}".to_owned(),
            volume(""),
            Some(Deleted),
            false,
        ),
        // A resource that is kept or added loses nothing.
        (volume(""), volume(", Metadata: m"), None, false),
        (String::new(), volume(""), None, false),
        (
            "{Type: AWS::SNS::Topic}".to_owned(),
            String::new(),
            Some(Deleted),
            false,
        ),
        (
            "{Type: Acme::New::Thing}".to_owned(),
            String::new(),
            None,
            false,
        ),
    ] {
        let found = change(&old, &new).expect("it differs");
        assert_eq!(
            (found.retention, found.loses_data()),
            (retention, lost),
            "{old} → {new}"
        );
    }
}

#[test]
fn only_properties_that_cannot_be_updated_are_rejected() {
    let custom = |kind: &str, token: &str| {
        format!("{{Type: '{kind}', Properties: {{ServiceToken: {token}, Timeout: {token}}}}}")
    };
    let wait = "AWS::CloudFormation::WaitCondition";
    for (kind, rejected) in [
        ("Custom::Thing", Some("ServiceToken")),
        ("AWS::CloudFormation::CustomResource", Some("ServiceToken")),
        (wait, Some("Timeout")),
        ("AWS::SQS::Queue", None),
    ] {
        let found = change(&custom(kind, "a"), &custom(kind, "b")).expect("it differs");
        assert_eq!(found.rejected(), rejected, "{kind}");
    }
    // A removal or another type is not an update of a property.
    let removed = change(&custom(wait, "1"), "").expect("it differs");
    assert_eq!(removed.rejected(), None);
    let other = change(&custom("AWS::SQS::Queue", "1"), &custom(wait, "2")).expect("it differs");
    assert_eq!(other.rejected(), None);
}

#[test]
fn a_possible_replacement_rejects_nothing() {
    let template = |id: &str, default: &str, name: &str| {
        Json::Object(read(&format!(
            "Parameters: {{Name: {{Type: String, Default: {default}}}}}
Resources:
  Topic: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}
  X: {{Type: Custom::Thing, Properties: {{ServiceToken: !Ref {id}}}}}
"
        )))
    };
    for (id, old, new, rejected) in [
        ("Topic", ("a", "t"), ("a", "u"), Some("ServiceToken")),
        ("Name", ("a", "t"), ("b", "t"), None),
        ("Topic", ("a", "!Ref Name"), ("b", "!Ref Name"), None),
    ] {
        let (old, new) = (template(id, old.0, old.1), template(id, new.0, new.1));
        let difference = Difference::between(&old, &new);
        let mut resources = difference.resources.iter();
        let change = resources
            .find(|change| change.id == "X")
            .expect("it is touched");
        assert_eq!(
            change.rejected(),
            rejected,
            "{id} {}",
            change.update().name()
        );
    }
}

#[test]
fn volumes_cool_down_and_cannot_shrink() {
    let volume = |properties: &str| {
        format!("{{Type: AWS::EC2::Volume, Properties: {{AvailabilityZone: a, {properties}}}}}")
    };
    for (old, new, expected) in [
        ("Size: 100", "Size: 200", Some(VolumeChange::CoolsDown)),
        ("Size: 200", "Size: '100'", Some(VolumeChange::Shrinks)),
        (
            "Size: 200, Iops: 1",
            "Size: 100, Iops: 2",
            Some(VolumeChange::Shrinks),
        ),
        ("Iops: 1", "Iops: 2", Some(VolumeChange::CoolsDown)),
        (
            "VolumeType: gp2",
            "VolumeType: gp3",
            Some(VolumeChange::CoolsDown),
        ),
        ("Size: 100", "Size: !Ref S", Some(VolumeChange::CoolsDown)),
        ("Throughput: 1", "Throughput: 2", None),
    ] {
        let found = change(&volume(old), &volume(new)).expect("it differs");
        assert_eq!(found.of_volume(), expected, "{old} → {new}");
    }
    let removed = change(&volume("Size: 100"), "").expect("it differs");
    assert_eq!(removed.of_volume(), None);
    let queue = |size: u32| format!("{{Type: AWS::SQS::Queue, Properties: {{Size: {size}}}}}");
    let other = change(&queue(2), &queue(1)).expect("it differs");
    assert_eq!(other.of_volume(), None);
}
