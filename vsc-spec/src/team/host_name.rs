//! Host names: RFC 1123, section 2.1, and RFC 1035, section 2.3.4.

use super::address;
use super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The longest host name, in characters.
pub(super) const LONGEST_NAME: usize = 253;

/// The longest label of a host name, in characters.
const LONGEST_LABEL: usize = 63;

checked_text! {
    /// A host name with at least two labels, in lowercase: that of a mail server, or of a Git server.
    HostName by check
}

/// Validates a host name; messages call it a domain.
pub(super) const fn check(domain: &str) -> Result<(), ConstDiagnostic> {
    if domain.is_empty() {
        return reject(domain, "it is empty");
    }
    if let Some(at) = text::find(domain, b':')
        && text::starts_with(domain.split_at(at).1, "://")
    {
        let rest = domain.split_at(at + 3).1;
        let host = text::before(text::before(rest, b'/'), b':');
        return suggest(domain, "a domain has no scheme", host);
    }
    if text::contains(domain, b'/') {
        let host = text::before(domain, b'/');
        return suggest(domain, "a domain has no path", host);
    }
    if address::parse(domain).is_some() {
        return reject(domain, "an IP address has no subdomains");
    }
    if text::contains(domain, b':') {
        return suggest(domain, "a domain has no port", text::before(domain, b':'));
    }
    if let Some(host) = text::strip_last(domain, b'.') {
        return suggest(domain, "a domain has no trailing dot", host);
    }
    if !domain.is_ascii() {
        return reject(
            domain,
            "a name with non-ASCII characters is written in its `xn--` form (RFC 5891)",
        );
    }
    let lower = text::lower::<LONGEST_NAME>(domain);
    if domain.len() <= LONGEST_NAME && !text::equal(lower.as_str(), domain) {
        return suggest(domain, "domains are written in lowercase", lower.as_str());
    }
    if domain.len() > LONGEST_NAME {
        return Err(ConstDiagnostic::new("")
            .quoted(domain)
            .text(" is not a valid domain")
            .note("it has ")
            .count(domain.len())
            .text(" characters, and a name has at most ")
            .count(LONGEST_NAME)
            .help(EXAMPLE));
    }
    let (mut label, mut rest) = text::next_part(domain, b'.');
    loop {
        if let Some(problem) = problem_of_label(label) {
            let diagnostic = rejected(domain).note("");
            return Err(problem.report(diagnostic, label).help(EXAMPLE));
        }
        match rest {
            Some(more) => (label, rest) = text::next_part(more, b'.'),
            None => break,
        }
    }
    if !text::contains(domain, b'.') {
        return reject(domain, "a domain has at least two labels");
    }
    if text::is_number(label) {
        return reject(domain, "its last label is a number");
    }
    Ok(())
}

const EXAMPLE: &str = "for example \"code.x.com\"";

const fn rejected(domain: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(domain)
        .text(" is not a valid domain")
}

const fn reject(domain: &str, note: &str) -> Result<(), ConstDiagnostic> {
    Err(rejected(domain).note(note).help(EXAMPLE))
}

/// Rejects a domain with a suggestion.
const fn suggest(domain: &str, note: &str, meant: &str) -> Result<(), ConstDiagnostic> {
    if check(meant).is_ok() {
        Err(rejected(domain).note(note).help("write ").quoted(meant))
    } else {
        reject(domain, note)
    }
}

/// Why a string is not a label of a host name.
#[derive(Clone, Copy)]
pub(super) enum LabelProblem {
    Empty,
    TooLong,
    /// The character at this byte is not allowed.
    Character(usize),
    Hyphen,
}

impl LabelProblem {
    /// Adds the problem to a diagnostic.
    pub(super) const fn report(self, diagnostic: ConstDiagnostic, label: &str) -> ConstDiagnostic {
        match self {
            Self::Empty => diagnostic.text("a label is empty"),
            Self::TooLong => diagnostic
                .text("the label `")
                .text(label)
                .text("` has ")
                .count(text::characters(label))
                .text(" characters, and a label has at most ")
                .count(LONGEST_LABEL),
            Self::Character(at) => diagnostic
                .character(text::character_at(label, at))
                .text(" is not allowed: a label has a–z, 0–9 and hyphens"),
            Self::Hyphen => diagnostic
                .text("the label `")
                .text(label)
                .text("` begins or ends with a hyphen"),
        }
    }
}

/// The problem with a label of a host name.
pub(super) const fn problem_of_label(label: &str) -> Option<LabelProblem> {
    let bytes = label.as_bytes();
    if bytes.is_empty() {
        return Some(LabelProblem::Empty);
    }
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9' | b'-') {
            return Some(LabelProblem::Character(at));
        }
        at += 1;
    }
    if bytes.len() > LONGEST_LABEL {
        Some(LabelProblem::TooLong)
    } else if bytes[0] == b'-' || bytes[bytes.len() - 1] == b'-' {
        Some(LabelProblem::Hyphen)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_name_may_be_longer_than_a_domain() {
        let long = format!("{}b", "a".repeat(62) + ".");
        assert!(HostName::new(long).is_ok());
        let longest = [["a".repeat(63).as_str(); 3].join("."), "b".repeat(61)].join(".");
        assert_eq!(longest.len(), LONGEST_NAME);
        assert!(HostName::new(longest.clone()).is_ok());
        assert!(super::super::Domain::new(longest).is_err());
        for name in [
            "",
            "com",
            "Git.X.com",
            "10.0.0.1",
            "git.x.com:22",
            "a_b.com",
        ] {
            assert!(HostName::new(name).is_err(), "{name}");
        }
    }
}
