//! Key pairs.

use super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

checked_text! {
    /// The name of a key pair: Amazon EC2 API Reference, `CreateKeyPair`.
    KeyPair by check
}

/// Checks the name of a key pair: 1 to 255 ASCII characters without spaces around them.
pub(super) const fn check(name: &str) -> Result<(), ConstDiagnostic> {
    let trimmed = text::trim(name);
    if trimmed.is_empty() {
        return Err(rejected(name)
            .note("the name is blank")
            .help("remove `key_pair` to close SSH; Session Manager stays open"));
    }
    if trimmed.len() != name.len() {
        return Err(rejected(name)
            .note("the name begins or ends with a space")
            .help("write ")
            .quoted(trimmed));
    }
    if name.len() > 255 {
        return Err(rejected(name)
            .note("it has ")
            .count(name.len())
            .text(" characters, and a name has at most 255"));
    }
    if text::has_placeholder(name) {
        return Err(rejected(name).note(text::PLACEHOLDER));
    }
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < b' ' || bytes[at] > b'~' {
            return Err(rejected(name).note("a name has only printable ASCII characters"));
        }
        at += 1;
    }
    Ok(())
}

const fn rejected(name: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(name)
        .text(" is not a valid key pair name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pair_name_is_printable_ascii() {
        let long = |length| "k".repeat(length);
        for name in ["ops", "ops of x", "$ {x}", "~!", "a", &long(255)] {
            assert!(check(name).is_ok(), "{name}");
        }
        for (name, note) in [
            (" ", "the name is blank"),
            ("", "the name is blank"),
            (" ops", "the name begins or ends with a space"),
            ("ops\n", "the name begins or ends with a space"),
            (
                &long(256),
                "it has 256 characters, and a name has at most 255",
            ),
            (
                "${AWS::StackName}",
                "it has `${`, and CloudFormation would substitute nothing there",
            ),
            ("o\u{1f}s", "a name has only printable ASCII characters"),
            ("o\u{7f}", "a name has only printable ASCII characters"),
            ("schlüssel", "a name has only printable ASCII characters"),
        ] {
            let error = KeyPair::new(name.to_owned()).expect_err(name);
            assert_eq!(error.note.as_deref(), Some(note), "{name:?}");
        }
        let message = check(" ops ").expect_err("spaces").to_string();
        assert!(message.ends_with("= help: write \"ops\""), "{message}");
    }
}
