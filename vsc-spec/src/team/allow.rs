//! Who may reach the host.

use super::cidr::Cidr;
use super::declaration::Allow;
use super::key::Key;
use super::place::{Place, Refusal};
use crate::finding::Finding;

/// Inbound rules that a security group holds for each version of IP: Amazon VPC User Guide,
/// "Quotas".
const RULES: usize = 60;

/// Who may reach the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedSources {
    /// Whom the operator names when the stack is deployed.
    Parameter,
    /// Everybody.
    Anywhere,
    /// Who comes from these ranges.
    Ranges(Vec<Cidr>),
}

/// Judges the declared ranges; `ports` is how many ports are open to each.
pub(super) fn check(allow: Option<&Allow>, ports: usize) -> Result<AllowedSources, Vec<Refusal>> {
    let ranges = match allow {
        None => return Ok(AllowedSources::Parameter),
        Some(Allow::Anywhere) => return Ok(AllowedSources::Anywhere),
        Some(Allow::Ranges(ranges)) => ranges,
    };
    let mut refusals = Vec::new();
    let mut refuse = |place: Place, finding: Finding| refusals.push(Refusal { place, finding });
    if ranges.is_empty() {
        let finding = Finding::new("nobody is allowed to reach the host").help(
            "list ranges such as \"203.0.113.0/24\", or leave `allow` out to be asked for one",
        );
        refuse(Place::Value(Key::Allow), finding);
    }
    let mut accepted: Vec<Cidr> = Vec::new();
    for (place, text) in ranges.iter().enumerate() {
        match Cidr::new(text) {
            Err(finding) => refuse(Place::Item(Key::Allow, place), finding),
            Ok(range) => {
                if let Some(finding) = overlap(&accepted, &range) {
                    refuse(Place::Item(Key::Allow, place), finding);
                }
                accepted.push(range);
            }
        }
    }
    let most = RULES / ports;
    let ipv4 = accepted.iter().filter(|range| range.is_ipv4()).count();
    for (count, version) in [(ipv4, "IPv4"), (accepted.len() - ipv4, "IPv6")] {
        if count > most {
            let finding = Finding::new(format!("{count} {version} ranges are too many"))
                .why(format!(
                    "each needs a rule for each of {ports} ports, and a security group holds {RULES}: at most {most} ranges"
                ))
                .help("join neighbouring ranges into larger ones");
            refuse(Place::Value(Key::Allow), finding);
        }
    }
    if refusals.is_empty() {
        Ok(AllowedSources::Ranges(accepted))
    } else {
        Err(refusals)
    }
}

fn overlap(accepted: &[Cidr], range: &Cidr) -> Option<Finding> {
    let other = accepted
        .iter()
        .find(|other| other.contains(range) || range.contains(other))?;
    Some(if other == range {
        Finding::new(format!("{range} is listed twice")).help("remove one of them")
    } else if other.contains(range) {
        Finding::new(format!("{range} is part of {other}"))
            .help(format!("remove {range}: {other} allows it already"))
    } else {
        Finding::new(format!("{range} contains {other}"))
            .help(format!("remove {other}: {range} allows it as well"))
    })
}
