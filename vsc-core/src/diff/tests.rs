//! Differences between templates.

mod consequence;
mod homes;
mod image;
mod rename;
mod resource;
mod whole;

use vsc_spec::resource::{Retention, UpdateType};
use vsc_spec::{Json, Object};

use super::{ChangeKind, Counts, Difference, ResourceChange};

/// An object of the members.
pub(super) fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::object(members)
}

/// A template of resources: logical ID, type and properties.
pub(super) fn template<const N: usize>(
    resources: [(&'static str, &'static str, Json); N],
) -> Object {
    let resources = resources.map(|(id, kind, properties)| {
        let resource = object([("Type", kind.into()), ("Properties", properties)]);
        (id, resource)
    });
    Object::new().with("Resources", Json::object(resources))
}

/// A template in YAML.
pub(super) fn read(text: &str) -> Object {
    let source = crate::template::Source::read(text);
    let source = source.unwrap_or_else(|error| panic!("{error}\n{text}"));
    source.json().as_object().cloned().expect("it is an object")
}

fn between(old: Object, new: Object) -> Difference {
    Difference::between(&Json::Object(old), &Json::Object(new))
}

fn change<'a>(difference: &'a Difference, id: &str) -> &'a ResourceChange {
    let mut changes = difference.resources.iter();
    changes.find(|change| change.id == id).expect(id)
}

fn call(function: &'static str, name: &'static str) -> Json {
    object([(function, name.into())])
}

fn stack(subnet: &'static str, default: &'static str) -> Object {
    let host = object([
        ("SubnetId", subnet.into()),
        ("ImageId", call("Ref", "ImageId")),
    ]);
    let association = object([
        ("InstanceId", call("Ref", "Host")),
        ("AllocationId", "eipalloc-1".into()),
    ]);
    let record = object([
        ("Name", "a.x.com".into()),
        ("HostedZoneId", "Z1".into()),
        (
            "ResourceRecords",
            Json::array([call("Fn::GetAtt", "Host.PublicIp")]),
        ),
    ]);
    template([
        ("Host", "AWS::EC2::Instance", host),
        ("Association", "AWS::EC2::EIPAssociation", association),
        ("Record", "AWS::Route53::RecordSet", record),
    ])
    .with(
        "Parameters",
        object([(
            "ImageId",
            object([("Type", "String".into()), ("Default", default.into())]),
        )]),
    )
}

#[test]
fn equal_templates_do_not_differ() {
    let difference = between(stack("a", "b"), stack("a", "b"));
    assert_eq!(difference, Difference::default());
}

#[test]
fn a_reference_to_a_replaced_resource_may_replace_as_well() {
    let difference = between(stack("subnet-1", "ami"), stack("subnet-2", "ami"));
    assert_eq!(change(&difference, "Host").update(), UpdateType::Replaces);
    let association = change(&difference, "Association");
    assert!(association.properties.is_empty());
    assert_eq!(association.update(), UpdateType::Replaces);
    assert_eq!(change(&difference, "Record").update(), UpdateType::InPlace);
    let counts = Counts {
        replace: 2,
        change: 1,
        ..Counts::default()
    };
    assert_eq!(difference.counts(), counts);
}

#[test]
fn a_changed_default_may_replace() {
    let difference = between(stack("a", "ami-1"), stack("a", "ami-2"));
    assert_eq!(change(&difference, "Host").update(), UpdateType::MayReplace);
    let association = change(&difference, "Association");
    assert_eq!(association.update(), UpdateType::MayReplace);
    assert_eq!(difference.entries.len(), 1);
}

#[test]
fn another_type_replaces_and_keeps_the_old_type() {
    let with = |kind| template([("Store", kind, object([]))]);
    let difference = between(with("AWS::S3::Bucket"), with("AWS::SQS::Queue"));
    let store = change(&difference, "Store");
    assert_eq!(store.old_type.as_deref(), Some("AWS::S3::Bucket"));
    assert_eq!(store.update(), UpdateType::Replaces);
    assert!(store.loses_data());
}

#[test]
fn retention_is_reported() {
    let with = |id, policy: Option<&'static str>| {
        let resource = Object::new()
            .with("Type", "AWS::EC2::Volume")
            .with_some("DeletionPolicy", policy);
        let resources = Json::object([(id, Json::Object(resource))]);
        Object::new().with("Resources", resources)
    };
    let fate = |policy| {
        let difference = between(with("Homes", policy), Object::new());
        let homes = change(&difference, "Homes");
        (homes.retention, homes.loses_data())
    };
    assert_eq!(fate(None), (Some(Retention::Deleted), true));
    assert_eq!(fate(Some("Snapshot")), (Some(Retention::Snapshot), false));
    assert_eq!(fate(Some("Retain")), (Some(Retention::Retained), false));
}

#[test]
fn another_logical_id_is_reported_as_a_rename() {
    let with = |id, reference| {
        let role = object([("Path", "/".into())]);
        let profile = object([("Roles", Json::array([call("Ref", id)]))]);
        template([
            (id, "AWS::IAM::Role", role),
            (reference, "AWS::IAM::InstanceProfile", profile),
        ])
    };
    let difference = between(with("Old", "OldProfile"), with("New", "NewProfile"));
    let renames: Vec<(&str, &str)> = difference
        .renames
        .iter()
        .map(|rename| (rename.from.as_str(), rename.to.as_str()))
        .collect();
    assert_eq!(renames, [("Old", "New"), ("OldProfile", "NewProfile")]);
}

#[test]
fn a_changed_condition_may_create_or_remove() {
    let with = |value: &'static str| {
        let resource = object([
            ("Type", "AWS::SQS::Queue".into()),
            ("Condition", "IsLarge".into()),
        ]);
        let condition = object([("Fn::Equals", Json::array(["a", value]))]);
        Object::new()
            .with("Conditions", object([("IsLarge", condition)]))
            .with("Resources", object([("Queue", resource)]))
    };
    let difference = between(with("a"), with("b"));
    assert_eq!(
        change(&difference, "Queue").update(),
        UpdateType::MayReplace
    );
}

#[test]
fn depends_on_is_a_set() {
    let with = |others: Json| {
        let resource = object([("Type", "AWS::SQS::Queue".into()), ("DependsOn", others)]);
        Object::new().with("Resources", object([("Queue", resource)]))
    };
    let list = |names: &[&'static str]| Json::array(names.iter().copied());
    assert!(between(with("A".into()), with(list(&["A"]))).is_empty());
    assert!(between(with(list(&["A", "B"])), with(list(&["B", "A"]))).is_empty());
    assert!(!between(with("A".into()), with("B".into())).is_empty());
}

#[test]
fn added_and_removed_are_mirrored() {
    let one = template([("A", "AWS::SQS::Queue", object([]))]);
    let other = template([("B", "AWS::SNS::Topic", object([]))]);
    let kinds = |difference: &Difference| -> Vec<(String, ChangeKind)> {
        let changes = difference.resources.iter();
        changes
            .map(|change| (change.id.clone(), change.kind))
            .collect()
    };
    let forth = kinds(&between(one.clone(), other.clone()));
    let back = kinds(&between(other, one));
    assert_eq!(
        forth,
        [
            ("B".to_owned(), ChangeKind::Added),
            ("A".to_owned(), ChangeKind::Removed)
        ]
    );
    assert_eq!(
        back,
        [
            ("A".to_owned(), ChangeKind::Added),
            ("B".to_owned(), ChangeKind::Removed)
        ]
    );
}

#[test]
fn a_property_that_cannot_be_updated_is_reported() {
    let between = |old: &str, new: &str| {
        let read = |text: &str| {
            let text = format!(
                "Resources:\n  F: {{Type: AWS::SNS::Topic}}\n  G: {{Type: AWS::SNS::Topic}}\n  X: {text}\n"
            );
            crate::template::Source::read(&text)
                .expect("it is a template")
                .json()
                .clone()
        };
        let difference = Difference::between(&read(old), &read(new));
        let change = difference.resources.iter().find(|change| change.id == "X");
        change.and_then(|change| change.rejected().map(str::to_owned))
    };
    let custom = |token: &str, value: u8| {
        format!("{{Type: Custom::Thing, Properties: {{ServiceToken: {token}, V: {value}}}}}")
    };
    let rejected = between(&custom("!Ref F", 1), &custom("!Ref G", 1));
    assert_eq!(rejected.as_deref(), Some("ServiceToken"));
    assert_eq!(between(&custom("!Ref F", 1), &custom("!Ref F", 2)), None);
    let wait = |count: u8| {
        format!("{{Type: 'AWS::CloudFormation::WaitCondition', Properties: {{Count: {count}}}}}")
    };
    assert_eq!(between(&wait(1), &wait(2)).as_deref(), Some("Count"));
    let topic =
        |name: &str| format!("{{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}");
    assert_eq!(between(&topic("a"), &topic("b")), None);
}
