//! Who reaches what: the rules of security groups, apart from everything else.

use vsc_spec::team::Cidr;
use vsc_spec::{Json, Object};

use super::access::text;
use super::resource::{properties, type_of};

/// Which way a rule opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To what has the group.
    Ingress,
    /// From what has the group.
    Egress,
}

impl Direction {
    /// The name that programs read: stable.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }
}

/// A rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkRule {
    /// The logical ID of the group, or what names it.
    pub group: String,
    /// Which way it opens.
    pub direction: Direction,
    /// The protocol; `-1` is any.
    pub protocol: String,
    /// The first and the last port; any where there are none.
    pub ports: Option<(String, String)>,
    /// From or to where, with the default where it is a parameter.
    pub peer: String,
    /// The range of addresses behind it, as far as the template tells it.
    range: Option<String>,
}

/// A rule, and whether it is new or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkChange {
    /// The rule.
    pub rule: NetworkRule,
    /// Whether it is new; it is gone otherwise.
    pub added: bool,
    /// Whether more is reached than before: no rule that was there allows as much.
    pub widens: bool,
}

impl NetworkRule {
    /// Whether it is about everybody: `0.0.0.0/0` or `::/0`.
    pub fn is_anywhere(&self) -> bool {
        matches!(self.range.as_deref(), Some("0.0.0.0/0" | "::/0"))
    }

    /// The ports in words.
    pub fn ports_in_words(&self) -> String {
        match &self.ports {
            None => "all ports".to_owned(),
            Some((from, to)) if from == to => from.clone(),
            Some((from, to)) => format!("{from}–{to}"),
        }
    }

    /// Whether everything that the other rule allows is allowed by this one.
    fn covers(&self, other: &Self) -> bool {
        let group = self.group == other.group && self.direction == other.direction;
        let protocol = self.protocol == other.protocol || self.protocol == "-1";
        let ports = match (&self.ports, &other.ports) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => own == other || within(other, own),
        };
        let peer = match (&self.range, &other.range) {
            (Some(own), Some(other)) if own != other => match (Cidr::new(own), Cidr::new(other)) {
                (Ok(own), Ok(other)) => own.contains(&other),
                _ => false,
            },
            (own, other_range) => own == other_range && self.peer == other.peer,
        };
        group && protocol && ports && peer
    }
}

fn within((from, to): &(String, String), (first, last): &(String, String)) -> bool {
    let number = |text: &String| text.parse::<i32>().ok();
    match (number(from), number(to), number(first), number(last)) {
        (Some(from), Some(to), Some(first), Some(last)) => first <= from && to <= last,
        _ => false,
    }
}

/// The rules that are new or gone.
pub(super) fn changes(old: &Object, new: &Object) -> Vec<NetworkChange> {
    let (before, after) = (rules(old), rules(new));
    let gone = before
        .iter()
        .filter(|rule| !after.contains(rule))
        .map(|rule| NetworkChange {
            rule: rule.clone(),
            added: false,
            widens: false,
        });
    let come = after
        .iter()
        .filter(|rule| !before.contains(rule))
        .map(|rule| NetworkChange {
            rule: rule.clone(),
            added: true,
            widens: !before.iter().any(|known| known.covers(rule)),
        });
    let mut all: Vec<NetworkChange> = gone.chain(come).collect();
    all.sort_by(|one, other| {
        let key = |change: &NetworkChange| (change.rule.group.clone(), change.rule.direction);
        key(one).cmp(&key(other))
    });
    all
}

/// All rules of a template's security groups.
fn rules(template: &Object) -> Vec<NetworkRule> {
    let mut all: Vec<NetworkRule> = Vec::new();
    let mut groups = Vec::new();
    let resources = template.get("Resources").and_then(Json::as_object);
    for (id, resource) in resources.into_iter().flat_map(Object::iter) {
        let own = properties(resource);
        match type_of(resource) {
            "AWS::EC2::SecurityGroup" => {
                groups.push(id);
                for (name, direction) in [
                    ("SecurityGroupIngress", Direction::Ingress),
                    ("SecurityGroupEgress", Direction::Egress),
                ] {
                    let mut found = Vec::new();
                    if let Some(listed) = own.get(name) {
                        each(listed, &mut found);
                    }
                    for rule in found {
                        all.push(rule_of(template, id.to_owned(), direction, rule));
                    }
                }
            }
            "AWS::EC2::SecurityGroupIngress" => {
                all.push(rule_of(template, group(own), Direction::Ingress, own));
            }
            "AWS::EC2::SecurityGroupEgress" => {
                all.push(rule_of(template, group(own), Direction::Egress, own));
            }
            _ => {}
        }
    }
    // "The default rule is removed only when you specify one or more egress rules": AWS
    // CloudFormation Template Reference, `AWS::EC2::SecurityGroup`.
    for id in groups {
        let egress = |rule: &NetworkRule| rule.group == id && rule.direction == Direction::Egress;
        if !all.iter().any(egress) {
            all.push(NetworkRule {
                group: id.to_owned(),
                direction: Direction::Egress,
                protocol: "-1".to_owned(),
                ports: None,
                peer: "0.0.0.0/0".to_owned(),
                range: Some("0.0.0.0/0".to_owned()),
            });
        }
    }
    all
}

/// The group of a rule that is a resource of its own.
fn group(rule: &Object) -> String {
    let name = rule.get("GroupId").or(rule.get("GroupName"));
    let name = name.map(text).unwrap_or_default();
    let id = name
        .strip_prefix("${")
        .and_then(|name| name.strip_suffix('}'));
    let id = id.map(|id| id.strip_suffix(".GroupId").unwrap_or(id));
    id.unwrap_or(&name).to_owned()
}

/// The rules in a list, in whatever function.
fn each<'a>(value: &'a Json, found: &mut Vec<&'a Object>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| each(item, found)),
        Json::Object(object) if object.contains("IpProtocol") => found.push(object),
        Json::Object(object) => object.iter().for_each(|(_, value)| each(value, found)),
        _ => {}
    }
}

fn rule_of(template: &Object, group: String, direction: Direction, rule: &Object) -> NetworkRule {
    const PEERS: [&str; 8] = [
        "CidrIp",
        "CidrIpv6",
        "SourceSecurityGroupId",
        "SourceSecurityGroupName",
        "SourcePrefixListId",
        "DestinationSecurityGroupId",
        "DestinationPrefixListId",
        "SourceSecurityGroupOwnerId",
    ];
    let peer = PEERS.iter().find_map(|name| rule.get(name));
    let written = peer.map(text).unwrap_or_default();
    let known = peer.and_then(|peer| default(template, peer));
    let range = match (&known, rule.contains("CidrIp") || rule.contains("CidrIpv6")) {
        (Some(known), true) => Some(known.clone()),
        (None, true) if !written.contains("${") => Some(written.clone()),
        _ => None,
    };
    let peer = match known {
        Some(known) => format!("{written} (by default {known})"),
        None => written,
    };
    let port = |name: &str| rule.get(name).map(text);
    let protocol = rule.get("IpProtocol").map(text).unwrap_or_default();
    let ports = match (port("FromPort"), port("ToPort")) {
        _ if protocol == "-1" => None,
        (Some(from), Some(to)) => Some((from, to)),
        _ => None,
    };
    NetworkRule {
        group,
        direction,
        protocol,
        ports,
        peer,
        range,
    }
}

/// The default of the parameter that a value refers to.
fn default(template: &Object, value: &Json) -> Option<String> {
    let ("Ref", Json::String(name)) = value.as_object()?.single()? else {
        return None;
    };
    let parameters = template.get("Parameters")?;
    parameters.get(name)?.get("Default").map(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::tests::{object, template};

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

    fn told(old: &Object, new: &Object) -> Vec<String> {
        let changes = changes(old, new);
        let told = changes.iter().map(|change| {
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
        told.collect()
    }

    #[test]
    fn a_group_that_opens_is_told() {
        let (old, new) = (group(&["10.0.0.0/8"]), group(&["0.0.0.0/0"]));
        assert_eq!(
            told(&old, &new),
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
            told(&old, &new),
            ["- ingress 443 10.0.0.0/8", "+ ingress 443 10.1.0.0/16"]
        );
    }

    #[test]
    fn ports_widen_beyond_what_was_open() {
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
            told(&with(None), &with(Some("0.0.0.0/0"))),
            [
                "- ingress 22 ${SourceIP}",
                "+ ingress 22 ${SourceIP} (by default 0.0.0.0/0) widens anywhere"
            ]
        );
    }

    #[test]
    fn a_group_without_rules_lets_everything_out() {
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
            told(&old, &new),
            [
                "- egress all ports 127.0.0.1/32",
                "+ egress all ports 0.0.0.0/0 widens anywhere"
            ]
        );
        let without = template([("Group", "AWS::EC2::SecurityGroup", object([]))]);
        assert!(told(&new, &without).is_empty());
    }
}
