//! The addresses that may reach the host.

use super::cidr::{self, Cidr};
use super::declaration::{Allow, Texts};
use super::key::Key;
use super::path::DeclarationPath;
use super::ranges::Ranges;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;

/// Inbound rules of a security group for each version of IP: Amazon VPC User Guide,
/// "Quotas".
const RULES: usize = 60;

/// The addresses that may reach the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedSources {
    /// The range that the operator enters when the stack is deployed.
    Parameter,
    /// Everybody.
    Anywhere,
    /// These ranges.
    Ranges(Vec<Cidr>),
}

/// The declared ranges, those that are valid.
pub(super) struct Sources {
    ranges: Ranges,
    anywhere: bool,
}

impl Sources {
    pub(super) const fn read(allow: Option<&Allow>) -> Self {
        let texts = match allow {
            Some(Allow::Ranges(texts)) => texts,
            _ => &Texts::EMPTY,
        };
        Self {
            ranges: Ranges::read(texts),
            anywhere: matches!(allow, Some(Allow::Anywhere)),
        }
    }
}

/// Validates the declared ranges; `ports` is how many ports are open to each.
pub(super) const fn check(
    validation: &mut Validation,
    allow: Option<&Allow>,
    sources: &Sources,
    ports: usize,
) {
    let Some(Allow::Ranges(ranges)) = allow else {
        return;
    };
    if ranges.is_empty() {
        let diagnostic = ConstDiagnostic::new("no address is allowed to reach the host")
            .help("list ranges such as \"203.0.113.0/24\", or remove `allow` to be asked for one");
        validation.reject(DeclarationPath::Value(Key::Allow), diagnostic);
    }
    let (mut ipv4, mut ipv6) = (0, 0);
    let mut at = 0;
    while at < ranges.len() {
        let path = DeclarationPath::Item(Key::Allow, at);
        let range = match sources.ranges.get(at) {
            Some(range) => Some(range),
            None => validation.take(path, Cidr::new(ranges.get(at))),
        };
        if let Some(range) = range {
            validation.take(path, sources.ranges.check_overlap(at, range, "allows"));
            if range.is_ipv4() {
                ipv4 += 1;
            } else {
                ipv6 += 1;
            }
        }
        at += 1;
    }
    let path = DeclarationPath::Value(Key::Allow);
    validation.take(path, check_count(ipv4, "IPv4", ports));
    validation.take(path, check_count(ipv6, "IPv6", ports));
}

/// Validates that SSH is not open to the whole internet (CIS AWS
/// Foundations Benchmark, "Ensure no security groups allow ingress from 0.0.0.0/0 to remote server
/// administration ports"), nor to half of all addresses or more, in one range or in several.
pub(super) const fn check_ssh(sources: &Sources) -> Result<(), ConstDiagnostic> {
    let (ipv4, ipv6) = (sources.ranges.share(true), sources.ranges.share(false));
    let diagnostic = if sources.anywhere || ipv4 >= cidr::WHOLE || ipv6 >= cidr::WHOLE {
        ConstDiagnostic::new("SSH would be open to the whole internet")
            .note("`key_pair` opens port 22 to the ranges in `allow`, and they cover all addresses")
    } else if ipv4 >= cidr::WHOLE / 2 || ipv6 >= cidr::WHOLE / 2 {
        ConstDiagnostic::new("SSH would be open to most of the internet")
            .note("`key_pair` opens port 22 to the ranges in `allow`, and they cover at least half of all addresses")
    } else {
        return Ok(());
    };
    Err(diagnostic
        .help("list smaller ranges in `allow`, or remove `key_pair`: Session Manager stays open"))
}

const fn check_count(count: usize, version: &str, ports: usize) -> Result<(), ConstDiagnostic> {
    let most = RULES / ports;
    if count <= most {
        return Ok(());
    }
    Err(ConstDiagnostic::new("too many ")
        .text(version)
        .text(" ranges: ")
        .count(count)
        .note("each needs a rule for each of ")
        .count(ports)
        .text(" ports, and a security group has at most ")
        .count(RULES)
        .text(" rules: at most ")
        .count(most)
        .text(" ranges")
        .help("merge adjacent ranges into larger ones"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ssh(ranges: &[&str]) -> String {
        let ranges = Allow::Ranges(ranges.iter().map(|range| (*range).to_owned()).collect());
        match check_ssh(&Sources::read(Some(&ranges))) {
            Ok(()) => String::new(),
            Err(diagnostic) => diagnostic.to_string(),
        }
    }

    #[test]
    fn ssh_open_to_most_of_the_internet_is_an_error() {
        let quarters = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"];
        for ranges in [
            &["0.0.0.0/0"][..],
            &["::/0"],
            &["0:0:0:0:0:0:0:0/0"],
            &["2000::/3"],
            &["0.0.0.0/1", "128.0.0.0/1"],
            &["128.0.0.0/1", "10.0.0.0/8", "0.0.0.0/1"],
            &["2000::/4", "3000::/4"],
            &quarters,
        ] {
            assert!(
                ssh(ranges).starts_with("SSH would be open to the whole internet"),
                "{ranges:?}"
            );
        }
        for ranges in [
            &["0.0.0.0/1"][..],
            &quarters[..3],
            &["2000::/4"],
            &["8000::/1", "2000::/4"],
            // Half of each version is not all of one.
            &["0.0.0.0/1", "2000::/4"],
            // A range within another one counts once.
            &["0.0.0.0/2", "0.0.0.0/1", "128.0.0.0/2"],
        ] {
            let message = ssh(ranges);
            assert!(
                message.starts_with("SSH would be open to most"),
                "{ranges:?}: {message}"
            );
        }
        for ranges in [
            &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"][..],
            &["64.0.0.0/2", "64.0.0.0/2"],
            &["2001:db8::/32", "fd00::/8"],
            &["8000::/1"],
            &["8000::/3"],
            &["::/3"],
        ] {
            assert_eq!(ssh(ranges), "", "{ranges:?}");
        }
    }

    /// All errors of `allow` with this number of open ports.
    fn errors(ranges: &[String], ports: usize) -> Vec<(DeclarationPath, String)> {
        let allow = Allow::Ranges(ranges.iter().cloned().collect());
        let mut validation = Validation::new();
        let sources = Sources::read(Some(&allow));
        check(&mut validation, Some(&allow), &sources, ports);
        let errors = validation.errors();
        errors
            .map(|error| (error.path, error.diagnostic.to_string()))
            .collect()
    }

    #[test]
    fn a_range_listed_twice_or_within_another_is_an_error() {
        for (ranges, at, message) in [
            (&[][..], None, "no address is allowed to reach the host"),
            (
                &["10.0.0.0/8", "office"],
                Some(1),
                "\"office\" is not an IP address range",
            ),
            (
                &["10.0.0.0/8", "192.168.0.0/16", "10.0.0.0/8"],
                Some(2),
                "10.0.0.0/8 is listed twice\n= help: remove one of them",
            ),
            (
                &["10.0.0.0/8", "10.1.0.0/16"],
                Some(1),
                "10.1.0.0/16 is part of 10.0.0.0/8\n\
                 = help: remove 10.1.0.0/16: 10.0.0.0/8 allows it already",
            ),
            (
                &["192.168.0.0/16", "10.1.0.0/16", "10.0.0.0/8"],
                Some(2),
                "10.0.0.0/8 contains 10.1.0.0/16\n\
                 = help: remove 10.1.0.0/16: 10.0.0.0/8 allows it as well",
            ),
        ] {
            let texts: Vec<String> = ranges.iter().map(|range| (*range).to_owned()).collect();
            let errors = errors(&texts, 3);
            let [(path, error)] = errors.as_slice() else {
                panic!("{ranges:?}: {errors:?}");
            };
            let expected = at.map_or(DeclarationPath::Value(Key::Allow), |at| {
                DeclarationPath::Item(Key::Allow, at)
            });
            assert_eq!(*path, expected, "{ranges:?}");
            assert!(error.starts_with(message), "{error}");
        }
        let apart = ["10.0.0.0/8", "11.0.0.0/8", "::/0", "0.0.0.0/32"].map(str::to_owned);
        assert_eq!(errors(&apart, 3), []);
    }

    #[test]
    fn more_ranges_than_a_security_group_holds_are_an_error() {
        let ipv4 = |count: usize| (0..count).map(|at| format!("10.0.{at}.0/24"));
        let ipv6 = |count: usize| (0..count).map(|at| format!("2001:db8:{at:x}::/48"));
        for (ports, most) in [(2, 30), (3, 20), (4, 15)] {
            let both: Vec<String> = ipv4(most).chain(ipv6(most)).collect();
            assert_eq!(errors(&both, ports), [], "{ports}");
            for (version, ranges) in [
                ("IPv4", ipv4(most + 1).chain(ipv6(most)).collect::<Vec<_>>()),
                ("IPv6", ipv4(most).chain(ipv6(most + 1)).collect()),
            ] {
                let message = format!(
                    "too many {version} ranges: {}\n\
                     each needs a rule for each of {ports} ports, and a security group has at most 60 rules: at most {most} ranges\n\
                     = help: merge adjacent ranges into larger ones",
                    most + 1
                );
                let path = DeclarationPath::Value(Key::Allow);
                assert_eq!(errors(&ranges, ports), [(path, message)]);
            }
        }
        // Ranges beyond the limit are validated as well.
        let mut many: Vec<String> = ipv4(70).collect();
        many[66] = "office".to_owned();
        let errors = errors(&many, 3);
        let paths: Vec<DeclarationPath> = errors.iter().map(|(path, _)| *path).collect();
        let expected = [
            DeclarationPath::Item(Key::Allow, 66),
            DeclarationPath::Value(Key::Allow),
        ];
        assert_eq!(paths, expected);
        assert!(errors[1].1.starts_with("too many IPv4 ranges: 69"));
    }
}
