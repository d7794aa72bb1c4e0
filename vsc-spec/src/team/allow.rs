//! Who may reach the host.

use super::cidr::{self, Cidr};
use super::declaration::{Allow, Texts};
use super::judgement::Judgement;
use super::key::Key;
use super::place::Place;
use crate::const_finding::ConstFinding;

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
pub(super) const fn check(judgement: &mut Judgement, allow: Option<&Allow>, ports: usize) {
    let Some(Allow::Ranges(ranges)) = allow else {
        return;
    };
    if ranges.is_empty() {
        let finding = ConstFinding::new("nobody is allowed to reach the host").help(
            "list ranges such as \"203.0.113.0/24\", or leave `allow` out to be asked for one",
        );
        judgement.refuse(Place::Value(Key::Allow), finding);
    }
    let (mut ipv4, mut ipv6) = (0, 0);
    let mut at = 0;
    while at < ranges.len() {
        let place = Place::Item(Key::Allow, at);
        if let Some(range) = judgement.take(place, Cidr::new(ranges.get(at))) {
            judgement.take(place, check_overlap(ranges, at, range));
            if range.is_ipv4() {
                ipv4 += 1;
            } else {
                ipv6 += 1;
            }
        }
        at += 1;
    }
    let place = Place::Value(Key::Allow);
    judgement.take(place, check_count(ipv4, "IPv4", ports));
    judgement.take(place, check_count(ipv6, "IPv6", ports));
}

/// Judges whether SSH may be open to those who are allowed: it may not to everybody (CIS AWS
/// Foundations Benchmark, "Ensure no security groups allow ingress from 0.0.0.0/0 to remote server
/// administration ports").
pub(super) const fn check_ssh(allow: Option<&Allow>) -> Result<(), ConstFinding> {
    let open = match allow {
        Some(Allow::Anywhere) => true,
        Some(Allow::Ranges(ranges)) => holds_everybody(ranges),
        None => false,
    };
    if !open {
        return Ok(());
    }
    Err(ConstFinding::new("SSH would be open to everybody")
        .why("`key_pair` opens port 22 to whom `allow` names, and it names all addresses")
        .help("list ranges in `allow`, or remove `key_pair`: Session Manager stays open"))
}

const fn holds_everybody(ranges: &Texts) -> bool {
    let mut at = 0;
    while at < ranges.len() {
        if let Ok(range) = Cidr::new(ranges.get(at))
            && range.is_everything()
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Judges a range against those before it.
const fn check_overlap(ranges: &Texts, at: usize, range: Cidr) -> Result<(), ConstFinding> {
    let mut before = 0;
    while before < at {
        if let Ok(other) = Cidr::new(ranges.get(before)) {
            let (inside, around) = (other.contains(&range), range.contains(&other));
            let finding = cidr::tell(ConstFinding::new(""), range);
            if inside && around {
                return Err(finding.text(" is listed twice").help("remove one of them"));
            }
            if inside {
                let finding = cidr::tell(finding.text(" is part of "), other).help("remove ");
                let finding = cidr::tell(finding, range).text(": ");
                return Err(cidr::tell(finding, other).text(" allows it already"));
            }
            if around {
                let finding = cidr::tell(finding.text(" contains "), other).help("remove ");
                let finding = cidr::tell(finding, other).text(": ");
                return Err(cidr::tell(finding, range).text(" allows it as well"));
            }
        }
        before += 1;
    }
    Ok(())
}

const fn check_count(count: usize, version: &str, ports: usize) -> Result<(), ConstFinding> {
    let most = RULES / ports;
    if count <= most {
        return Ok(());
    }
    Err(ConstFinding::new("")
        .count(count)
        .text(" ")
        .text(version)
        .text(" ranges are too many")
        .why("each needs a rule for each of ")
        .count(ports)
        .text(" ports, and a security group holds ")
        .count(RULES)
        .text(": at most ")
        .count(most)
        .text(" ranges")
        .help("join neighbouring ranges into larger ones"))
}
