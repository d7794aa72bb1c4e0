//! A whole difference: its order, its counts, and its JSON.

use vsc_spec::Json;

use super::read;
use crate::diff::{Counts, Difference};
use crate::template::write_json;

fn between(old: &str, new: &str) -> Difference {
    Difference::between(&Json::Object(read(old)), &Json::Object(read(new)))
}

const OLD: &str = "
Transform: AWS::LanguageExtensions
Description: before
Parameters: {Size: {Type: Number, Default: 1}, Gone: {Type: String}}
Outputs: {Url: {Value: a}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Host: {Type: AWS::EC2::Instance, Properties: {InstanceType: t3.small, SubnetId: subnet-1}}
  Queue: {Type: AWS::SQS::Queue, DependsOn: [Vpc, Host], Properties: {DelaySeconds: 1}}
  Table: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain}
  Store: {Type: AWS::S3::Bucket}
  Data: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceIdentifier: a}}
  Zoe: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}]}
";

const NEW: &str = "
Transform: [AWS::LanguageExtensions]
Description: after
Parameters: {Size: {Type: Number, Default: 2}, Come: {Type: String}}
Outputs: {Url: {Value: b}}
Resources:
  Bob: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Host: {Type: AWS::EC2::Instance, Properties: {InstanceType: t3.large, SubnetId: subnet-1}}
  Queue: {Type: AWS::SQS::Queue, DependsOn: [Host, Vpc], Metadata: {a: b}, Properties: {DelaySeconds: !Ref Size}}
  Store: {Type: AWS::SQS::Queue}
  Data: {Type: AWS::RDS::DBInstance, UpdateReplacePolicy: Snapshot, Properties: {DBInstanceIdentifier: b}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 23, CidrIp: 0.0.0.0/0}]}
  Role:
    Type: AWS::IAM::Role
    Properties: {Policy: {Effect: Allow, Action: [a, b], Resource: r, Condition: {Bool: {k: v}}}}
";

#[test]
fn changes_are_in_the_order_of_the_new_template() {
    let difference = between(OLD, NEW);
    let resources: Vec<String> = difference
        .resources
        .iter()
        .map(|change| {
            let (id, kind, update) = (&change.id, change.kind.name(), change.update().name());
            let retention = change.retention.map(|it| format!(" {it:?}"));
            let lost = if change.loses_data() { " lost" } else { "" };
            format!(
                "{id} {kind} {update}{}{lost}",
                retention.unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        resources,
        [
            "Bob added in-place",
            "Vpc changed replaces Deleted",
            "Host changed interrupts",
            "Queue changed in-place",
            "Store changed replaces Deleted lost",
            "Data changed replaces Snapshot",
            "Group changed in-place",
            "Role added in-place",
            "Table removed in-place Retained",
            "Zoe removed in-place Deleted",
        ]
    );
    let entries: Vec<String> = difference
        .entries
        .iter()
        .map(|entry| format!("{} {} {}", entry.section, entry.name, entry.kind.name()))
        .collect();
    assert_eq!(
        entries,
        [
            "Description  changed",
            "Parameters Size changed",
            "Parameters Come added",
            "Parameters Gone removed",
            "Outputs Url changed",
        ]
    );
    let ids = |changes: Vec<&crate::diff::ResourceChange>| -> Vec<String> {
        changes.iter().map(|change| change.id.clone()).collect()
    };
    assert_eq!(
        ids(difference.replaces().collect()),
        ["Vpc", "Store", "Data"]
    );
    assert_eq!(ids(difference.removes().collect()), ["Table", "Zoe"]);
    assert_eq!(ids(difference.interrupts().collect()), ["Host"]);
    let counts = Counts {
        add: 2,
        change: 3,
        replace: 3,
        remove: 2,
    };
    assert_eq!(difference.counts(), counts);
}

#[test]
fn the_json_has_every_part() {
    let old = "
Parameters: {Size: {Type: Number, Default: 1}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Count: 1}}
  Store: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}
  Zoe: {Type: AWS::SNS::Topic}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 23, CidrIp: 10.0.0.0/8}]}
";
    let new = "
Parameters: {Size: {Type: Number, Default: 2}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Metadata: m, Properties: {CidrBlock: 10.1.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Count: 2}}
  Store: {Type: AWS::SQS::Queue}
  Bob: {Type: AWS::SNS::Topic}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}
  Role:
    Type: AWS::IAM::Role
    Properties: {Policy: {Effect: Allow, Principal: '*', Action: [a, b], Resource: r, Condition: {Bool: {k: v}}}}
";
    let json = between(old, new).to_json();
    let member = |path: &str| {
        let found = path.split('.').try_fold(&json, |value, name| {
            match (name.parse::<usize>(), value.as_array()) {
                (Ok(index), Some(items)) => items.get(index),
                _ => value.get(name),
            }
        });
        found.map(|found| write_json(found).split_whitespace().collect::<String>())
    };
    for (path, value) in [
        (
            "summary",
            r#"{"add":2,"change":2,"replace":3,"remove":1,"widensAccess":true}"#,
        ),
        ("resources.0.id", r#""Vpc""#),
        ("resources.0.type", r#""AWS::EC2::VPC""#),
        ("resources.0.change", r#""changed""#),
        ("resources.0.update", r#""replaces""#),
        (
            "resources.0.properties",
            r#"[{"path":"CidrBlock","old":"10.0.0.0/16","new":"10.1.0.0/16","update":"replaces"}]"#,
        ),
        (
            "resources.0.options",
            r#"[{"path":"Metadata","new":"m","update":"in-place"}]"#,
        ),
        ("resources.0.retention", r#""deleted""#),
        ("resources.0.losesData", "false"),
        (
            "resources.1.consequences",
            r#"[{"cause":"Vpc","source":"replaced","path":"VpcId","update":"replaces"}]"#,
        ),
        ("resources.2.rejected", r#""Count""#),
        ("resources.3.oldType", r#""AWS::S3::Bucket""#),
        ("resources.3.retention", r#""retained""#),
        ("resources.4.change", r#""added""#),
        (
            "entries",
            r#"[{"section":"Parameters","name":"Size","change":"changed","changes":[{"path":"Default","old":1,"new":2,"update":"in-place"}]}]"#,
        ),
        (
            "access",
            r#"[{"change":"added","widens":true,"id":"Role","effect":"Allow","principal":"*","actions":["a","b"],"resource":"r","condition":"Boolkv"}]"#,
        ),
        (
            "network",
            r#"[{"change":"removed","widens":false,"group":"Group","direction":"ingress","protocol":"tcp","fromPort":"22","toPort":"23","peer":"10.0.0.0/8","anywhere":false},{"change":"added","widens":true,"group":"Group","direction":"ingress","protocol":"tcp","fromPort":"22","toPort":"22","peer":"0.0.0.0/0","anywhere":true}]"#,
        ),
        (
            "renames",
            r#"[{"from":"Zoe","to":"Bob","type":"AWS::SNS::Topic"}]"#,
        ),
    ] {
        assert_eq!(member(path).as_deref(), Some(value), "{path}");
    }
    for absent in [
        "resources.0.oldType",
        "resources.0.rejected",
        "resources.4.retention",
    ] {
        assert_eq!(member(absent), None, "{absent}");
    }
}

#[test]
fn access_is_widened_by_permissions_or_by_the_network() {
    let group = |range: &str| {
        format!(
            "Resources: {{G: {{Type: AWS::EC2::SecurityGroup, Properties: {{SecurityGroupIngress: [{{IpProtocol: '-1', CidrIp: {range}}}]}}}}}}"
        )
    };
    let role = |action: &str| {
        format!(
            "Resources: {{R: {{Type: AWS::IAM::Role, Properties: {{P: {{Effect: Allow, Action: '{action}', Resource: r}}}}}}}}"
        )
    };
    for (old, new, widens) in [
        (group("10.0.0.0/8"), group("10.0.0.0/7"), true),
        (group("10.0.0.0/7"), group("10.0.0.0/8"), false),
        (role("s3:Get"), role("s3:*"), true),
        (role("s3:*"), role("s3:Get"), false),
    ] {
        assert_eq!(between(&old, &new).widens_access(), widens, "{new}");
    }
}

#[test]
fn other_sections_count() {
    let none = "Resources: {A: {Type: AWS::SQS::Queue}}";
    for (old, new, is_empty) in [
        (none.to_owned(), none.to_owned(), true),
        (none.to_owned(), format!("Description: x\n{none}"), false),
        (format!("Description: x\n{none}"), none.to_owned(), false),
        (none.to_owned(), none.replace('A', "B"), false),
        (
            format!("Transform: T\n{none}"),
            format!("Transform: [T]\n{none}"),
            true,
        ),
        (
            format!("Description: T\n{none}"),
            format!("Description: [T]\n{none}"),
            false,
        ),
        (
            format!("Transform: T\n{none}"),
            format!("Transform: [T, U]\n{none}"),
            false,
        ),
        // A section that is not an object, or unknown, is compared as a whole.
        (
            format!("Metadata: a\n{none}"),
            format!("Metadata: {{a: b}}\n{none}"),
            false,
        ),
        (
            format!("Hooks: {{a: 1}}\n{none}"),
            format!("Hooks: {{a: '1'}}\n{none}"),
            true,
        ),
        (
            format!("Parameters: {{A: {{Default: 1}}}}\n{none}"),
            format!("Parameters: {{A: {{Default: '1'}}}}\n{none}"),
            true,
        ),
    ] {
        assert_eq!(between(&old, &new).is_empty(), is_empty, "{old} {new}");
    }
    let known = between(
        &format!("Rules: {{a: 1}}\n{none}"),
        &format!("Rules: {{a: 2}}\n{none}"),
    );
    assert_eq!(known.entries[0].name, "a");
    let other = between(
        &format!("Hooks: {{a: 1}}\n{none}"),
        &format!("Hooks: {{a: 2}}\n{none}"),
    );
    assert_eq!(other.entries[0].name, "");
}

#[test]
fn homes_of_former_users_are_kept() {
    let template = |users: &[&str], subnet: &str| {
        let outputs = users.iter().map(|user| {
            format!("  {user}Url: {{Description: The workspace of {user}; x, Value: a}}\n")
        });
        let outputs: String = outputs.collect();
        format!(
            "Resources:\n  Host: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: {subnet}}}}}\nOutputs:\n  Dashboard: {{Value: b}}\n{outputs}"
        )
    };
    let all = template(&["alice", "bob", "carol"], "a");
    for (new, left, lost) in [
        (template(&["alice", "bob", "carol"], "a"), &[][..], 0),
        (template(&["bob", "dave"], "a"), &["alice", "carol"], 0),
        // They are deleted with the host.
        (template(&["bob"], "b"), &[], 3),
        // There is no team any more.
        (template(&[], "a"), &[], 0),
    ] {
        let difference = between(&all, &new);
        assert_eq!(difference.left, left, "{new}");
        let homes = difference.homes.map(|homes| homes.users.len());
        assert_eq!(homes.unwrap_or_default(), lost, "{new}");
    }
}
