//! The user pool of a team.

use super::super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

checked_text! {
    /// The prefix of the domain of a user pool, which is unique in its region: Amazon Cognito Developer Guide,
    /// "Configuring a user pool domain".
    DomainPrefix by check
}

/// The most accounts of a pool: Cognito invites each by an e-mail, and sends 50 a day for an account of AWS.
/// Amazon Cognito Developer Guide, "Quotas". Its clients accept 100 redirect URIs.
pub(in crate::team) const MOST_ACCOUNTS: usize = 50;

/// Validates the prefix of a domain.
pub(in crate::team) const fn check(prefix: &str) -> Result<(), ConstDiagnostic> {
    let rejected = ConstDiagnostic::new("")
        .quoted(prefix)
        .text(" is not a valid domain prefix");
    let help = "for example \"acme-ide\": it has to be unique in its region";
    let bytes = prefix.as_bytes();
    if bytes.is_empty() || bytes.len() > 63 {
        return Err(rejected.note("it has 1 to 63 characters").help(help));
    }
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9' | b'-') {
            return Err(rejected
                .note("")
                .character(text::character_at(prefix, at))
                .text(" is not allowed: it has a–z, 0–9 and hyphens")
                .help(help));
        }
        at += 1;
    }
    if bytes[0] == b'-' || bytes[bytes.len() - 1] == b'-' {
        return Err(rejected
            .note("it begins and ends with a letter or a digit")
            .help(help));
    }
    match reserved(prefix) {
        Some(word) => Err(rejected
            .note("AWS reserves the word `")
            .text(word)
            .text("`")
            .help(help)),
        None => Ok(()),
    }
}

/// The reserved word in a prefix.
const fn reserved(prefix: &str) -> Option<&'static str> {
    let words = ["aws", "amazon", "cognito"];
    let mut start = 0;
    while start < prefix.len() {
        let rest = prefix.split_at(start).1;
        let mut at = 0;
        while at < words.len() {
            if text::starts_with(rest, words[at]) {
                return Some(words[at]);
            }
            at += 1;
        }
        start += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_label_without_reserved_words() {
        let longest = "a".repeat(63);
        for prefix in ["acme-ide", "a", "4cme", &longest] {
            assert!(DomainPrefix::new(prefix.to_owned()).is_ok(), "{prefix}");
        }
        let long = "a".repeat(64);
        let ends = "it begins and ends with a letter or a digit";
        for (prefix, note) in [
            ("", "it has 1 to 63 characters"),
            (&long, "it has 1 to 63 characters"),
            ("Acme", "`A` is not allowed: it has a–z, 0–9 and hyphens"),
            (
                "acme.ide",
                "`.` is not allowed: it has a–z, 0–9 and hyphens",
            ),
            ("acme-", ends),
            ("-acme", ends),
            ("my-aws-ide", "AWS reserves the word `aws`"),
            ("amazonas", "AWS reserves the word `amazon`"),
            ("cognito", "AWS reserves the word `cognito`"),
        ] {
            let error = DomainPrefix::new(prefix.to_owned()).expect_err(prefix);
            assert_eq!(error.note.as_deref(), Some(note), "{prefix}");
        }
    }
}
