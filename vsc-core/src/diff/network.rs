//! Changes of network access: the rules of security groups.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::team::Cidr;
use vsc_spec::{Json, Object};

use super::access::text;
use super::resource::{properties, type_of};

/// The direction of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Direction {
    /// To the members of the group.
    Ingress,
    /// From the members of the group.
    Egress,
}

impl Direction {
    /// The stable name for programs.
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
    /// The logical ID of the group, or the reference to it.
    pub group: String,
    /// The direction.
    pub direction: Direction,
    /// The protocol; `-1` is any.
    pub protocol: String,
    /// The first and the last port; `None` for all.
    pub ports: Option<(String, String)>,
    /// The source or destination, with the default of a parameter.
    pub peer: String,
    /// Its address range, as written in the template.
    range: Option<String>,
}

/// A rule that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NetworkChange {
    /// The rule.
    pub rule: NetworkRule,
    /// Whether it was added; otherwise it was removed.
    pub added: bool,
    /// Whether it widens access: no old rule covers it.
    pub widens: bool,
}

impl NetworkRule {
    /// Whether it applies to everybody: `0.0.0.0/0` or `::/0`.
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

    /// Whether this rule allows everything that the other one does.
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

/// The rules that were added or removed.
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

/// The group of a rule that is a separate resource.
fn group(rule: &Object) -> String {
    let name = rule.get("GroupId").or(rule.get("GroupName"));
    let name = name.map(text).unwrap_or_default();
    let id = name
        .strip_prefix("${")
        .and_then(|name| name.strip_suffix('}'));
    let id = id.map(|id| id.strip_suffix(".GroupId").unwrap_or(id));
    id.unwrap_or(&name).to_owned()
}

/// The rules in a list, also within functions.
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
    let is_range = rule.contains("CidrIp") || rule.contains("CidrIpv6");
    let range = is_range.then(|| known.as_ref().unwrap_or(&written).clone());
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
    let (IntrinsicFunction::Ref, Json::String(name)) = value.function()? else {
        return None;
    };
    let parameters = template.get("Parameters")?;
    parameters.get(name)?.get("Default").map(text)
}

#[cfg(test)]
mod tests;
