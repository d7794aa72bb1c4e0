//! Records of Route 53: Amazon Route 53 Developer Guide, "Supported DNS record types"; cfn-lint
//! E3023 and E3041.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;

/// Checks the records of one name.
pub(super) fn record_set(properties: &View<'_>, found: &mut Vec<Violation>) {
    zone(properties, found);
    records(properties, found);
}

/// Checks the records of several names.
pub(super) fn record_set_group(properties: &View<'_>, found: &mut Vec<Violation>) {
    for set in properties.along(&["RecordSets", "*"]) {
        records(&set, found);
    }
}

/// Checks that a record is in its zone, whose name ends with a dot.
fn zone(set: &View<'_>, found: &mut Vec<Violation>) {
    let (Some(name), Some(zone)) = (set.only("Name"), set.only("HostedZoneName")) else {
        return;
    };
    let (Some(name_text), Some(zone_text)) = (name.text(), zone.text()) else {
        return;
    };
    if !zone_text.ends_with('.') {
        let diagnostic = Diagnostic::new(format!(
            "`HostedZoneName` {zone_text:?} does not end with a dot"
        ))
        .note("the full name of a zone ends with a dot")
        .help(format!("write {:?}", format!("{zone_text}.")));
        return found.push(zone.value_is(diagnostic));
    }
    let zone_name = zone_text.trim_end_matches('.').to_ascii_lowercase();
    let record = name_text.trim_end_matches('.').to_ascii_lowercase();
    if record != zone_name && !record.ends_with(&format!(".{zone_name}")) {
        let diagnostic = Diagnostic::new(format!("{name_text:?} is not in the zone {zone_text:?}"))
            .note("the name of a record ends with the name of its zone")
            .help(format!(
                "for example {:?}",
                format!("{name_text}.{zone_name}.")
            ));
        found.push(name.value_is(diagnostic));
    }
}

fn records(set: &View<'_>, found: &mut Vec<Violation>) {
    let Some(kind) = set.text_of("Type") else {
        return;
    };
    for list in set.values("ResourceRecords") {
        if matches!(&*kind, "CNAME" | "SOA") {
            single(&kind, &list, found);
        }
        for record in list.items() {
            let Some(text) = record.text() else { continue };
            if let Some(diagnostic) = value_error(&kind, &text) {
                found.push(record.value_is(diagnostic));
            }
        }
    }
}

/// Checks that a name has one canonical name.
fn single(kind: &str, list: &View<'_>, found: &mut Vec<Violation>) {
    let records = list.json().as_array().unwrap_or_default();
    let certain = records.iter().filter(|record| record.as_str().is_some());
    if certain.count() > 1 {
        let diagnostic = Diagnostic::new(format!(
            "a `{kind}` record has one value, not {}",
            records.len()
        ))
        .help("keep one of them");
        found.push(list.value_is(diagnostic));
    }
}

/// The error about the value of a record.
fn value_error(kind: &str, text: &str) -> Option<Diagnostic> {
    match kind {
        "A" => text.parse::<Ipv4Addr>().is_err().then(|| ipv4_error(text)),
        "AAAA" => text.parse::<Ipv6Addr>().is_err().then(|| ipv6_error(text)),
        "CNAME" | "NS" | "PTR" => (!is_domain(text)).then(|| {
            Diagnostic::new(format!("{text:?} is not a valid domain name"))
                .note(format!(
                    "the value of a `{kind}` record is one domain name, without spaces"
                ))
                .help("for example `www.example.com`")
        }),
        "MX" => parts(text, &[Part::Number, Part::Domain]).map(|note| {
            Diagnostic::new(format!("{text:?} is not a valid `MX` record"))
                .note(note)
                .help("for example `10 mail.example.com`")
        }),
        "SRV" => {
            let form = [Part::Number, Part::Number, Part::Number, Part::Domain];
            parts(text, &form).map(|note| {
                Diagnostic::new(format!("{text:?} is not a valid `SRV` record"))
                    .note(note)
                    .help("for example `10 5 443 server.example.com`")
            })
        }
        "CAA" => (!is_caa(text)).then(|| {
            Diagnostic::new(format!("{text:?} is not a valid `CAA` record"))
                .note(
                    "expected the flags 0 or 128, a tag of letters and digits, and a quoted value",
                )
                .help("for example `0 issue \"letsencrypt.org\"`")
        }),
        "TXT" | "SPF" => strings(kind, text),
        _ => None,
    }
}

fn ipv4_error(text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid IPv4 address"));
    if text.parse::<Ipv6Addr>().is_ok() {
        return diagnostic
            .note("an `A` record has IPv4 addresses")
            .help("write `Type: \"AAAA\"` for IPv6 addresses");
    }
    if is_host(text) {
        return diagnostic
            .note("an `A` record has IPv4 addresses; a `CNAME` record has a domain name")
            .help("write `Type: \"CNAME\"`, or use `AliasTarget` for an AWS resource");
    }
    diagnostic
        .note("an `A` record has IPv4 addresses: four numbers from 0 to 255")
        .help("for example `192.0.2.44`")
}

fn ipv6_error(text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid IPv6 address"));
    if text.parse::<Ipv4Addr>().is_ok() {
        return diagnostic
            .note("an `AAAA` record has IPv6 addresses")
            .help("write `Type: \"A\"` for IPv4 addresses");
    }
    diagnostic
        .note("an `AAAA` record has IPv6 addresses: eight groups of hexadecimal digits")
        .help("for example `2001:db8::1`")
}

/// Whether a string may be meant as a host name: some part of it is not a number.
fn is_host(text: &str) -> bool {
    let labels = || text.trim_end_matches('.').split('.');
    is_domain(text)
        && labels().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
        && labels().any(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// Amazon Route 53 Developer Guide, "DNS domain name format": any printable character of ASCII.
fn is_domain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 1024 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[derive(Clone, Copy)]
enum Part {
    /// A number from 0 to 65535.
    Number,
    /// A domain name.
    Domain,
}

/// Why a string does not have these parts, separated by spaces.
fn parts(text: &str, form: &[Part]) -> Option<String> {
    let given: Vec<&str> = text.split([' ', '\t']).collect();
    if given.len() != form.len() {
        return Some(match form.len() {
            2 => "expected a priority, a space and a domain name".to_owned(),
            _ => "expected a priority, a weight, a port and a domain name, separated by spaces"
                .to_owned(),
        });
    }
    form.iter().zip(given).find_map(|(part, given)| match part {
        Part::Number if given.parse::<u16>().is_err() => {
            Some(format!("{given:?} is not a number from 0 to 65535"))
        }
        Part::Domain if !is_domain(given) => Some(format!("{given:?} is not a valid domain name")),
        _ => None,
    })
}

fn is_caa(text: &str) -> bool {
    let mut parts = text.splitn(3, ' ');
    let flags = parts
        .next()
        .is_some_and(|flags| matches!(flags, "0" | "128"));
    let tag = parts
        .next()
        .is_some_and(|tag| !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let value = parts
        .next()
        .is_some_and(|value| value.len() > 2 && value.starts_with('"') && value.ends_with('"'));
    flags && tag && value
}

/// The error about quoted strings, each of at most 255 characters.
fn strings(kind: &str, text: &str) -> Option<Diagnostic> {
    const LONGEST: usize = 255;
    let diagnostic = |message: String| {
        Diagnostic::new(message).note(format!(
            "a `{kind}` record has strings in double quotes, each of at most {LONGEST} characters"
        ))
    };
    let mut rest = text.trim();
    if !rest.contains('"') {
        let help = format!("write {:?}", format!("\"{text}\""));
        let short = text.chars().count() <= LONGEST;
        let diagnostic = diagnostic(format!("the value of a `{kind}` record is not quoted"));
        return Some(diagnostic.maybe_help(short.then_some(help)));
    }
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix('"') else {
            return Some(diagnostic(format!("{:?} is outside the quotes", cut(rest))));
        };
        let Some(end) = closing(inside) else {
            return Some(diagnostic(format!(
                "a quote in the `{kind}` record is not closed"
            )));
        };
        let length = inside[..end].chars().count();
        if length > LONGEST {
            let message = format!("a string of the `{kind}` record has {length} characters");
            let help = "split it: `\"first part\" \"second part\"`";
            return Some(diagnostic(message).help(help));
        }
        rest = inside[end + 1..].trim_start();
    }
    None
}

/// The index of the closing quote, which is not escaped.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, character)| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
