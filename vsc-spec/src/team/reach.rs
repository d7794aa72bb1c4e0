//! The private addresses that workspaces reach.

use super::cidr::{self, Cidr};
use super::declaration::Texts;
use super::key::Key;
use super::path::DeclarationPath;
use super::ranges::{MOST, Ranges};
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;

const EXAMPLE: &str = "for example \"10.0.5.0/24\"";

/// Ranges that are closed unless they are listed: private addresses (RFC 1918) and the shared address
/// space of carriers and VPCs (RFC 6598).
const PRIVATE: [Cidr; 4] = [
    known("10.0.0.0/8"),
    known("172.16.0.0/12"),
    known("192.168.0.0/16"),
    known("100.64.0.0/10"),
];

/// Ranges that stay closed, and why.
const CLOSED: [(Cidr, &str); 3] = [
    (
        known("169.254.0.0/16"),
        "the host's credentials are served at the link-local address 169.254.169.254",
    ),
    (
        known("127.0.0.0/8"),
        "these are the loopback addresses of each workspace",
    ),
    (
        known("224.0.0.0/4"),
        "a VPC carries no multicast between workspaces and others",
    ),
];

/// Validates the declared ranges.
pub(super) const fn check(validation: &mut Validation, reach: &Texts) {
    let ranges = Ranges::read(reach);
    let mut at = 0;
    while at < reach.len() {
        let path = DeclarationPath::Item(Key::Reach, at);
        let range = validation.take(path, Cidr::like(reach.get(at), EXAMPLE));
        if let Some(range) = range
            && validation.take(path, check_range(range)).is_some()
        {
            validation.take(path, ranges.check_overlap(at, range, "opens"));
        }
        at += 1;
    }
    if reach.len() > MOST {
        let diagnostic = ConstDiagnostic::new("too many ranges: ")
            .count(reach.len())
            .note("the host checks each new connection against every range: at most ")
            .count(MOST)
            .help("merge adjacent ranges into larger ones");
        validation.reject(DeclarationPath::Value(Key::Reach), diagnostic);
    }
}

/// Validates that a range can be opened and is not open already.
const fn check_range(range: Cidr) -> Result<(), ConstDiagnostic> {
    if !range.is_ipv4() {
        return Err(
            cidr::append(ConstDiagnostic::new("workspaces cannot reach "), range)
                .note("workspaces have only IPv4 addresses")
                .help("list the IPv4 addresses that they should reach"),
        );
    }
    let mut at = 0;
    while at < CLOSED.len() {
        let (closed, note) = CLOSED[at];
        if closed.contains(&range) {
            return Err(
                cidr::append(ConstDiagnostic::new("workspaces cannot reach "), range)
                    .note(note)
                    .help("remove it"),
            );
        }
        at += 1;
    }
    let mut at = 0;
    while at < PRIVATE.len() {
        let private = PRIVATE[at];
        if private.contains(&range) {
            return Ok(());
        }
        if range.contains(&private) {
            let diagnostic = cidr::append(ConstDiagnostic::new(""), range)
                .text(" includes public addresses")
                .note("workspaces can reach the internet anyway")
                .help("write only its private part, such as \"");
            return Err(cidr::append(diagnostic, private).text("\""));
        }
        at += 1;
    }
    Err(cidr::append(ConstDiagnostic::new(""), range)
        .text(" is already open")
        .note("only private addresses are closed by default: ")
        .text("10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10")
        .help("remove it"))
}

const fn known(range: &str) -> Cidr {
    match Cidr::new(range) {
        Ok(range) => range,
        Err(_) => panic!("it is a range"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(ranges: &[&str]) -> Vec<(DeclarationPath, String)> {
        let texts = ranges.iter().map(|range| (*range).to_owned()).collect();
        let mut validation = Validation::new();
        check(&mut validation, &texts);
        let errors = validation.errors();
        errors
            .map(|error| (error.path, error.diagnostic.to_string()))
            .collect()
    }

    #[test]
    fn private_addresses_can_be_opened() {
        for ranges in [
            &[][..],
            &[
                "10.0.0.0/8",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "100.64.0.0/10",
            ],
            &["10.0.5.0/24", "10.0.6.0/24", "172.31.255.255/32"],
        ] {
            assert_eq!(errors(ranges), [], "{ranges:?}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_opened_is_an_error() {
        for (range, message) in [
            (
                "10.0.5.7",
                "\"10.0.5.7\" is not an IP address range\nthe prefix length is missing\n\
                 = help: write \"10.0.5.7/32\" for this address alone",
            ),
            (
                "database",
                "\"database\" is not an IP address range\n= help: for example \"10.0.5.0/24\"",
            ),
            (
                "169.254.169.254/32",
                "workspaces cannot reach 169.254.169.254/32\n\
                 the host's credentials are served at the link-local address 169.254.169.254\n\
                 = help: remove it",
            ),
            (
                "127.0.0.0/8",
                "workspaces cannot reach 127.0.0.0/8\nthese are",
            ),
            (
                "224.0.0.251/32",
                "workspaces cannot reach 224.0.0.251/32\na VPC",
            ),
            (
                "fd00::/8",
                "workspaces cannot reach fd00::/8\nworkspaces have only IPv4 addresses",
            ),
            (
                "203.0.113.0/24",
                "203.0.113.0/24 is already open\n\
                 only private addresses are closed by default: 10.0.0.0/8, 172.16.0.0/12, \
                 192.168.0.0/16 and 100.64.0.0/10\n= help: remove it",
            ),
            ("172.32.0.0/12", "172.32.0.0/12 is already open"),
            (
                "0.0.0.0/0",
                "0.0.0.0/0 includes public addresses\n\
                 workspaces can reach the internet anyway\n\
                 = help: write only its private part, such as \"10.0.0.0/8\"",
            ),
            (
                "192.0.0.0/8",
                "192.0.0.0/8 includes public addresses\n\
                 workspaces can reach the internet anyway\n\
                 = help: write only its private part, such as \"192.168.0.0/16\"",
            ),
        ] {
            let errors = errors(&["10.9.0.0/16", range]);
            let [(path, error)] = errors.as_slice() else {
                panic!("{range}: {errors:?}");
            };
            assert_eq!(*path, DeclarationPath::Item(Key::Reach, 1), "{range}");
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn a_range_listed_twice_or_within_another_is_an_error() {
        for (range, message) in [
            ("10.0.5.0/24", "10.0.5.0/24 is listed twice"),
            (
                "10.0.5.7/32",
                "10.0.5.7/32 is part of 10.0.5.0/24\n\
                 = help: remove 10.0.5.7/32: 10.0.5.0/24 opens it already",
            ),
            (
                "10.0.0.0/8",
                "10.0.0.0/8 contains 10.0.5.0/24\n\
                 = help: remove 10.0.5.0/24: 10.0.0.0/8 opens it as well",
            ),
        ] {
            let errors = errors(&["10.0.5.0/24", range]);
            let [(DeclarationPath::Item(Key::Reach, 1), error)] = errors.as_slice() else {
                panic!("{range}: {errors:?}");
            };
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn too_many_ranges_are_an_error() {
        let ranges: Vec<String> = (0..65).map(|at| format!("10.0.{at}.0/24")).collect();
        let ranges: Vec<&str> = ranges.iter().map(String::as_str).collect();
        assert_eq!(errors(&ranges[..64]), []);
        let errors = errors(&ranges);
        let [(DeclarationPath::Value(Key::Reach), error)] = errors.as_slice() else {
            panic!("{errors:?}");
        };
        assert!(error.starts_with("too many ranges: 65"), "{error}");
    }
}
