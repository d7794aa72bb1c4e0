//! Changes of network access.

use super::*;
use crate::diff::tests::{object, read, template};

fn group(ranges: &[&'static str]) -> Object {
    let rules = ranges.iter().map(|range| {
        object([
            ("IpProtocol", "tcp".into()),
            ("FromPort", Json::Integer(443)),
            ("ToPort", "443".into()),
            ("CidrIp", (*range).into()),
        ])
    });
    let properties = object([("SecurityGroupIngress", Json::array(rules))]);
    template([("Group", "AWS::EC2::SecurityGroup", properties)])
}

fn reported(old: &Object, new: &Object) -> Vec<String> {
    let changes = changes(old, new);
    let reported = changes.iter().map(|change| {
        let sign = if change.added { '+' } else { '-' };
        let widens = if change.widens { " widens" } else { "" };
        let anywhere = if change.rule.is_anywhere() {
            " anywhere"
        } else {
            ""
        };
        format!(
            "{sign} {} {} {}{widens}{anywhere}",
            change.rule.direction.name(),
            change.rule.ports_in_words(),
            change.rule.peer
        )
    });
    reported.collect()
}

#[test]
fn an_opened_group_is_reported() {
    let (old, new) = (group(&["10.0.0.0/8"]), group(&["0.0.0.0/0"]));
    assert_eq!(
        reported(&old, &new),
        [
            "- ingress 443 10.0.0.0/8",
            "+ ingress 443 0.0.0.0/0 widens anywhere"
        ]
    );
}

#[test]
fn a_narrower_range_widens_nothing() {
    let (old, new) = (group(&["10.0.0.0/8"]), group(&["10.1.0.0/16"]));
    assert_eq!(
        reported(&old, &new),
        ["- ingress 443 10.0.0.0/8", "+ ingress 443 10.1.0.0/16"]
    );
}

#[test]
fn additional_ports_widen_access() {
    let ports = |from: i64, to: i64| {
        let rule = object([
            ("IpProtocol", "tcp".into()),
            ("FromPort", Json::Integer(from)),
            ("ToPort", Json::Integer(to)),
            ("CidrIp", "10.0.0.0/8".into()),
        ]);
        let properties = object([("SecurityGroupIngress", Json::array([rule]))]);
        template([("Group", "AWS::EC2::SecurityGroup", properties)])
    };
    let widens = |old: (i64, i64), new: (i64, i64)| {
        let changes = changes(&ports(old.0, old.1), &ports(new.0, new.1));
        assert_eq!(changes.len(), 2, "{changes:?}");
        changes.iter().any(|change| change.widens)
    };
    for narrower in [(81, 89), (80, 89), (81, 90), (80, 80), (90, 90)] {
        assert!(!widens((80, 90), narrower), "{narrower:?}");
    }
    for wider in [
        (79, 90),
        (80, 91),
        (79, 91),
        (70, 79),
        (91, 99),
        (0, 65_535),
    ] {
        assert!(widens((80, 90), wider), "{wider:?}");
    }
}

#[test]
fn the_default_of_a_parameter_counts() {
    let with = |default: Option<&'static str>| {
        let rule = object([
            ("IpProtocol", "tcp".into()),
            ("FromPort", Json::Integer(22)),
            ("ToPort", Json::Integer(22)),
            ("CidrIp", object([("Ref", "SourceIP".into())])),
        ]);
        let properties = object([("SecurityGroupIngress", Json::array([rule]))]);
        let parameter = Object::new()
            .with("Type", "String")
            .with_some("Default", default);
        template([("Group", "AWS::EC2::SecurityGroup", properties)]).with(
            "Parameters",
            object([("SourceIP", Json::Object(parameter))]),
        )
    };
    assert_eq!(
        reported(&with(None), &with(Some("0.0.0.0/0"))),
        [
            "- ingress 22 ${SourceIP}",
            "+ ingress 22 ${SourceIP} (by default 0.0.0.0/0) widens anywhere"
        ]
    );
}

#[test]
fn a_group_without_rules_allows_all_egress() {
    let nowhere = object([
        ("IpProtocol", "-1".into()),
        ("CidrIp", "127.0.0.1/32".into()),
    ]);
    let egress = |rules: &[Json]| {
        let rules = Json::array(rules.iter().cloned());
        let properties = object([("SecurityGroupEgress", rules)]);
        template([("Group", "AWS::EC2::SecurityGroup", properties)])
    };
    let (old, new) = (egress(&[nowhere]), egress(&[]));
    assert_eq!(
        reported(&old, &new),
        [
            "- egress all ports 127.0.0.1/32",
            "+ egress all ports 0.0.0.0/0 widens anywhere"
        ]
    );
    let without = template([("Group", "AWS::EC2::SecurityGroup", object([]))]);
    assert!(reported(&new, &without).is_empty());
}

/// A group with these ingress rules and one egress rule.
fn ingress(rules: &str) -> Object {
    read(&format!(
        "Parameters: {{Office: {{Type: String, Default: 10.0.0.0/8}}, Port: {{Type: Number}}}}
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress: {rules}
      SecurityGroupEgress: [{{IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.2/32}}]
"
    ))
}

#[test]
fn a_rule_widens_access_unless_an_old_one_covers_it() {
    let widens = |old: &str, new: &str| {
        let changes = changes(&ingress(&format!("[{old}]")), &ingress(&format!("[{new}]")));
        let added: Vec<_> = changes.iter().filter(|change| change.added).collect();
        assert_eq!((added.len(), changes.len()), (1, 2), "{old} → {new}");
        assert!(changes.iter().all(|change| change.added || !change.widens));
        added[0].widens
    };
    let tcp = |ports: &str, peer: &str| format!("{{IpProtocol: tcp, {ports} {peer}}}");
    let https = |peer: &str| tcp("FromPort: 443, ToPort: 443,", peer);
    let any = |peer: &str| format!("{{IpProtocol: -1, {peer}}}");
    let by_parameter = |peer: &str| tcp("FromPort: !Ref Port, ToPort: !Ref Port,", peer);
    let (office, half) = ("CidrIp: 10.0.0.0/8", "CidrIp: 10.128.0.0/9");
    for (old, new, wider) in [
        // Protocols and ports.
        (any(office), https(office), false),
        (https(office), any(office), true),
        (tcp("", office), https(office), false),
        (https(office), tcp("", office), true),
        (https(office), https(office).replace("tcp", "udp"), true),
        (by_parameter(office), by_parameter(half), false),
        (by_parameter(office), https(office), true),
        (https(office), by_parameter(office), true),
        // Address ranges.
        (https(office), https(half), false),
        (https(half), https(office), true),
        (
            https("CidrIpv6: '::/0'"),
            https("CidrIpv6: '2001:db8::/32'"),
            false,
        ),
        (https("CidrIp: 0.0.0.0/0"), https("CidrIpv6: '::/0'"), true),
        (https(office), https("CidrIp: nowhere"), true),
        // The parameter may have been set to another value.
        (https(office), https("CidrIp: !Ref Office"), true),
        (https("CidrIp: !Ref Office"), https(office), true),
        (
            tcp("", "CidrIp: !Ref Office"),
            https("CidrIp: !Ref Office"),
            false,
        ),
        (
            tcp("", "CidrIp: !Sub '${Net}.0/24'"),
            https("CidrIp: !Sub '${Net}.0/24'"),
            false,
        ),
        (
            https("CidrIp: !Sub '${Net}.0/24'"),
            https("CidrIp: !Sub '${Net}.1/32'"),
            true,
        ),
        // Groups and lists.
        (
            https("SourceSecurityGroupId: sg-1"),
            https("SourceSecurityGroupId: sg-2"),
            true,
        ),
        (
            any("SourceSecurityGroupId: sg-1"),
            https("SourceSecurityGroupId: sg-1"),
            false,
        ),
        (
            https("SourcePrefixListId: pl-1"),
            https("SourcePrefixListId: pl-2"),
            true,
        ),
        (https("SourcePrefixListId: pl-1"), https(office), true),
    ] {
        assert_eq!(widens(&old, &new), wider, "{old} → {new}");
    }
}

#[test]
fn other_groups_and_directions_do_not_count() {
    let rule = "{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}";
    let template = |other: &str, egress: &str| {
        read(&format!(
            "Resources:
  Zone: {{Type: AWS::EC2::SecurityGroup, Properties: {{SecurityGroupIngress: [{rule}], SecurityGroupEgress: [{egress}]}}}}
  Area: {{Type: AWS::EC2::SecurityGroup, Properties: {{SecurityGroupIngress: [{other}], SecurityGroupEgress: [{egress}]}}}}
"
        ))
    };
    let nowhere = "{IpProtocol: '-1', CidrIp: 127.0.0.1/32}";
    let changes = changes(&template("", nowhere), &template(rule, rule));
    let lines: Vec<String> = changes
        .iter()
        .map(|change| {
            let sign = if change.added { '+' } else { '-' };
            let (group, direction) = (&change.rule.group, change.rule.direction.name());
            format!("{sign} {group} {direction} {}", change.widens)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "+ Area ingress true",
            "- Area egress false",
            "+ Area egress true",
            "- Zone egress false",
            "+ Zone egress true",
        ]
    );
}

#[test]
fn rules_are_found_in_functions_and_in_separate_resources() {
    let rule = "IpProtocol: tcp, FromPort: 1024, ToPort: 2048, CidrIpv6: '::/0'";
    let listed = format!("!If [IsOpen, [{{{rule}}}], [!If [C, {{{rule}}}, !Ref AWS::NoValue]]]");
    assert_eq!(
        reported(&ingress("[]"), &ingress(&listed)),
        ["+ ingress 1024–2048 ::/0 widens anywhere"; 2]
    );
    let group = "Group: {Type: AWS::EC2::SecurityGroup}";
    let template = |of: &str, kind: &str, rule: &str| {
        read(&format!(
            "Resources:\n  {group}\n  Rule: {{Type: AWS::EC2::SecurityGroup{kind}, Properties: {{{of}, {rule}}}}}\n"
        ))
    };
    let alone = read(&format!("Resources:\n  {group}\n"));
    let everywhere = "- ingress all ports 0.0.0.0/0 anywhere".replace("ingress", "egress");
    for of in ["GroupId: !Ref Group", "GroupId: !GetAtt Group.GroupId"] {
        let (ingress, egress) = (template(of, "Ingress", rule), template(of, "Egress", rule));
        assert_eq!(
            reported(&alone, &ingress),
            ["+ ingress 1024–2048 ::/0 widens anywhere"]
        );
        assert_eq!(rules(&ingress)[0].group, "Group");
        // The rule replaces the default one, which allows all egress.
        assert_eq!(
            reported(&alone, &egress),
            [
                everywhere.as_str(),
                "+ egress 1024–2048 ::/0 widens anywhere"
            ]
        );
    }
    for (of, name) in [
        ("GroupId: sg-1", "sg-1"),
        ("GroupName: web", "web"),
        ("GroupId: !Ref Given.GroupId", "Given"),
        ("GroupId: !ImportValue web", "{\"Fn::ImportValue\":\"web\"}"),
    ] {
        let egress = template(of, "Egress", rule);
        assert_eq!(rules(&egress)[0].group, name);
        assert_eq!(
            reported(&alone, &egress),
            ["+ egress 1024–2048 ::/0 widens anywhere"],
            "{of}"
        );
    }
    let other = "Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {IpProtocol: tcp}}}\n";
    assert_eq!(rules(&read(other)), []);
}

#[test]
fn peers_are_shown() {
    let changed = |peer: &str| {
        let rule = format!("[{{IpProtocol: 6, FromPort: 22, ToPort: 22, {peer}}}]");
        reported(&ingress("[]"), &ingress(&rule)).concat()
    };
    for (peer, named) in [
        ("CidrIp: 0.0.0.0/0", "0.0.0.0/0 widens anywhere"),
        ("CidrIpv6: '::/0'", "::/0 widens anywhere"),
        ("CidrIp: 0.0.0.0/1", "0.0.0.0/1 widens"),
        (
            "CidrIp: !Ref Office",
            "${Office} (by default 10.0.0.0/8) widens",
        ),
        ("CidrIp: !Ref Port", "${Port} widens"),
        ("CidrIp: !GetAtt Vpc.CidrBlock", "${Vpc.CidrBlock} widens"),
        ("SourceSecurityGroupId: !Ref Other", "${Other} widens"),
        // Only an address range can be everybody.
        (
            "SourceSecurityGroupId: !Ref Office",
            "${Office} (by default 10.0.0.0/8) widens",
        ),
        ("SourceSecurityGroupName: 0.0.0.0/0", "0.0.0.0/0 widens"),
        ("DestinationPrefixListId: pl-1", "pl-1 widens"),
    ] {
        assert_eq!(changed(peer), format!("+ ingress 22 {named}"), "{peer}");
    }
}

#[test]
fn any_protocol_has_any_port() {
    let rule = |protocol: &str, ports: &str| {
        ingress(&format!(
            "[{{IpProtocol: {protocol}, {ports} CidrIp: 10.0.0.0/8}}]"
        ))
    };
    for (protocol, ports, words) in [
        ("-1", "FromPort: 0, ToPort: 0,", "all ports"),
        ("'-1'", "", "all ports"),
        ("tcp", "FromPort: 80, ToPort: 80,", "80"),
        ("tcp", "FromPort: 80, ToPort: 81,", "80–81"),
        ("tcp", "FromPort: 80,", "all ports"),
        ("tcp", "ToPort: 80,", "all ports"),
    ] {
        let rules = rules(&rule(protocol, ports));
        assert_eq!(rules[0].ports_in_words(), words, "{protocol} {ports}");
    }
}
