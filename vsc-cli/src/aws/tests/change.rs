use aws_sdk_cloudformation::types::{
    ChangeAction, Replacement as AwsReplacement, ResourceAttribute, ResourceChange,
    ResourceChangeDetail, ResourceTargetDefinition,
};
use vsc_core::diff::Difference;
use vsc_core::template::{Source, write_json};

use crate::aws::change::{Action, Change, Replacement, risks};
use crate::terminal::plain;
use crate::view::change::{line as line_of, risks as describe, table};

fn change(action: Action, id: &str, kind: &str, replacement: Replacement) -> Change {
    Change {
        action,
        logical_id: id.to_owned(),
        physical_id: None,
        resource_type: kind.to_owned(),
        replacement,
        parts: Vec::new(),
    }
}

#[test]
fn a_change_is_read_as_cloudformation_reports_it() {
    for (action, read, name) in [
        (ChangeAction::Add, Action::Add, "add"),
        (ChangeAction::Modify, Action::Modify, "modify"),
        (ChangeAction::Remove, Action::Remove, "remove"),
        (ChangeAction::Import, Action::Import, "import"),
        (ChangeAction::Dynamic, Action::Unknown, "unknown"),
    ] {
        for (replaces, replacement, replaced) in [
            (AwsReplacement::True, Replacement::Yes, "yes"),
            (AwsReplacement::Conditional, Replacement::Maybe, "maybe"),
            (AwsReplacement::False, Replacement::No, "no"),
        ] {
            let reported = ResourceChange::builder()
                .action(action.clone())
                .replacement(replaces)
                .logical_resource_id("Host")
                .physical_resource_id("i-1")
                .resource_type("AWS::EC2::Instance")
                .build();
            let change = Change::of(&reported);
            assert_eq!((change.action, change.replacement), (read, replacement));
            let json = write_json(&change.to_json());
            let json: String = json.split_whitespace().collect();
            assert_eq!(
                json,
                format!(
                    "{{\"action\":\"{name}\",\"logicalId\":\"Host\",\"type\":\"AWS::EC2::Instance\",\"physicalId\":\"i-1\",\"replacement\":\"{replaced}\",\"parts\":[]}}"
                )
            );
        }
    }
    let nothing = Change::of(&ResourceChange::builder().physical_resource_id("").build());
    assert_eq!(nothing.physical_id, None);
}

#[test]
fn each_changed_part_is_listed_once() {
    let detail = |attribute: Option<ResourceAttribute>, name: Option<&str>| {
        let target = ResourceTargetDefinition::builder()
            .set_attribute(attribute)
            .set_name(name.map(str::to_owned));
        ResourceChangeDetail::builder()
            .target(target.build())
            .build()
    };
    let properties = || Some(ResourceAttribute::Properties);
    let tags = || Some(ResourceAttribute::Tags);
    for (details, scope, action, parts) in [
        (
            vec![
                detail(properties(), Some("ImageId")),
                detail(properties(), Some("ImageId")),
                detail(properties(), Some("SubnetId")),
                detail(tags(), None),
                detail(None, None),
                ResourceChangeDetail::builder().build(),
            ],
            vec![ResourceAttribute::Metadata],
            ChangeAction::Modify,
            &["ImageId", "SubnetId", "Tags"][..],
        ),
        (
            vec![],
            vec![ResourceAttribute::Metadata, ResourceAttribute::Tags],
            ChangeAction::Modify,
            &["Metadata", "Tags"],
        ),
        (
            vec![],
            vec![ResourceAttribute::Tags],
            ChangeAction::Add,
            &[],
        ),
    ] {
        let reported = ResourceChange::builder()
            .action(action)
            .set_details(Some(details))
            .set_scope(Some(scope));
        assert_eq!(Change::of(&reported.build()).parts, parts);
    }
}

#[test]
fn a_change_is_a_line_with_its_sign() {
    use Action::{Add, Import, Modify, Remove, Unknown};
    use Replacement::{Maybe, No, Yes};
    for (action, replacement, line) in [
        (Add, No, "  + A B"),
        (Import, No, "  + A B"),
        (Remove, No, "  - A B"),
        (Modify, No, "  ~ A B"),
        (Unknown, No, "  ~ A B"),
        (Modify, Yes, "  ± A B (replaced)"),
        (Modify, Maybe, "  ± A B (may be replaced)"),
    ] {
        let mut change = change(action, "A", "B", replacement);
        assert_eq!(plain(&line_of(&change)), line);
        change.parts = vec!["P".to_owned(), "Q".to_owned()];
        assert!(plain(&line_of(&change)).contains(" A B: P, Q"), "{line}");
    }
    // The colours match the signs.
    let styles = [Add, Remove, Modify].map(|action| {
        let line = line_of(&change(action, "A", "B", No));
        line.replace(['+', '-', '~'], "")
    });
    assert_ne!(styles[0], styles[1]);
    assert_ne!(styles[1], styles[2]);
    assert_ne!(styles[0], styles[2]);
}

#[test]
fn replacements_come_first_and_each_action_is_counted() {
    use Action::{Add, Import, Modify, Remove, Unknown};
    use Replacement::{Maybe, No, Yes};
    let all = [
        change(Add, "Added", "T", No),
        change(Unknown, "Unknown", "T", No),
        change(Modify, "Changed", "T", No),
        change(Remove, "Removed", "T", No),
        change(Modify, "Maybe", "T", Maybe),
        change(Modify, "Replaced", "T", Yes),
    ];
    assert_eq!(
        plain(&table("team", &all)),
        "team: 1 added, 4 changed, 1 removed
  ± Replaced T (replaced)
  ± Maybe T (may be replaced)
  - Removed T
  ~ Unknown T
  ~ Changed T
  + Added T"
    );
    let imported = [change(Import, "A", "T", No), change(Import, "B", "T", No)];
    assert!(
        plain(&table("team", &imported))
            .starts_with("team: 2 imported, 0 added, 0 changed, 0 removed\n")
    );
}

#[test]
fn access_is_a_risk_if_templates_cannot_be_compared() {
    for (kind, is_risk) in [
        ("AWS::IAM::Role", true),
        ("AWS::EC2::SecurityGroup", true),
        ("AWS::EC2::SecurityGroupIngress", true),
        ("AWS::EC2::Instance", false),
        ("AWS::EC2::NetworkAclEntry", true),
        ("AWS::KMS::Key", true),
        ("AWS::KMS::Alias", false),
        ("AWS::Lambda::Permission", true),
        ("AWS::Lambda::Function", false),
        ("AWS::SQS::QueuePolicy", true),
        ("AWS::AutoScaling::ScalingPolicy", false),
        ("AWS::S3::Bucket", false),
    ] {
        let risk = |action| describe(&risks(&[change(action, "X", kind, Replacement::No)], None));
        let expected = if is_risk {
            "grants access through `X`"
        } else {
            ""
        };
        assert_eq!(risk(Action::Add), expected, "{kind}");
        assert_eq!(risk(Action::Modify), expected, "{kind}");
        assert_eq!(risk(Action::Remove), "removes `X`", "{kind}");
    }
}

#[test]
fn only_wider_access_is_a_risk_if_templates_can_be_compared() {
    let template = |range: &str, action: &str| {
        let text = format!(
            "Resources:
  Group: {{Type: AWS::EC2::SecurityGroup, Properties: {{SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: {range}}}]}}}}
  Role: {{Type: AWS::IAM::Role, Properties: {{P: {{Effect: Allow, Action: [{action}], Resource: r}}}}}}
"
        );
        Source::read(&text)
            .expect("it is a template")
            .json()
            .clone()
    };
    let changes = [
        change(
            Action::Modify,
            "Group",
            "AWS::EC2::SecurityGroup",
            Replacement::No,
        ),
        change(Action::Modify, "Role", "AWS::IAM::Role", Replacement::No),
    ];
    let old = template("10.0.0.0/8", "'s3:Get*'");
    for (range, action, expected) in [
        ("10.0.0.0/16", "'s3:GetObject'", ""),
        (
            "0.0.0.0/0",
            "'s3:GetObject'",
            "grants access through `Group`",
        ),
        ("10.0.0.0/16", "'s3:Put'", "grants access through `Role`"),
        (
            "0.0.0.0/0",
            "'s3:Put', 'a:b'",
            "grants access through `Group` and `Role`",
        ),
    ] {
        let difference = Difference::between(&old, &template(range, action));
        assert_eq!(describe(&risks(&changes, Some(&difference))), expected);
    }
}

#[test]
fn an_interruption_is_a_risk() {
    for (kind, part, expected) in [
        (
            "AWS::EC2::Instance",
            "UserData",
            "ends all terminals by restarting `X`",
        ),
        ("AWS::EC2::Instance", "Metadata", ""),
        ("AWS::EC2::Instance", "Tags", ""),
        // Stack tags change it too, without a change of the template.
        ("AWS::EC2::EIP", "Tags", "interrupts `X`"),
        ("AWS::RDS::DBInstance", "DBInstanceClass", "interrupts `X`"),
        ("No::Such::Type", "UserData", ""),
    ] {
        let risk = |action, replacement| {
            let mut change = change(action, "X", kind, replacement);
            change.parts = vec!["Other".to_owned(), part.to_owned()];
            describe(&risks(&[change], None))
        };
        assert_eq!(risk(Action::Modify, Replacement::No), expected, "{kind}");
        assert_eq!(risk(Action::Add, Replacement::No), "", "{kind}");
        assert_eq!(risk(Action::Modify, Replacement::Yes), "replaces `X`");
    }
}

#[test]
fn an_interruption_is_found_in_the_templates_too() {
    let template = |class: &str| {
        let text = format!(
            "Resources: {{Db: {{Type: AWS::RDS::DBInstance, Properties: {{DBInstanceClass: {class}}}}}}}"
        );
        let source = Source::read(&text).expect("it is a template");
        source.json().clone()
    };
    let changes = [change(
        Action::Modify,
        "Db",
        "AWS::RDS::DBInstance",
        Replacement::No,
    )];
    let risk = |old: &str, new: &str| {
        let difference = Difference::between(&template(old), &template(new));
        describe(&risks(&changes, Some(&difference)))
    };
    assert_eq!(risk("db.t3.small", "db.t3.large"), "interrupts `Db`");
    assert_eq!(risk("db.t3.small", "db.t3.small"), "");
}
