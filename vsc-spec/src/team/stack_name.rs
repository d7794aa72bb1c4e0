//! The name and the description of a stack.

use super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::diagnostic::Diagnostic;
use crate::text::{self, Buffer};

checked_text! {
    /// The name of a stack: AWS CloudFormation API Reference, `CreateStack`.
    StackName by check
}

/// The longest name of a stack.
const LONGEST: usize = 128;

impl StackName {
    /// The name that follows from a type's name: `AcmeIde` is `acme-ide`, `HTTPTeam` is
    /// `http-team`.
    ///
    /// # Errors
    ///
    /// When the type's name has letters that a stack's name cannot have.
    pub fn from_type(type_name: &str) -> Result<Self, Diagnostic> {
        check_type(type_name)?;
        Self::new(follow(type_name).as_str().to_owned())
    }
}

/// Checks the name of a stack.
pub(super) const fn check(name: &str) -> Result<(), ConstDiagnostic> {
    if is_name(name) {
        return Ok(());
    }
    let diagnostic = ConstDiagnostic::new("")
        .quoted(name)
        .text(" is not the name of a stack")
        .note("it is a letter and up to 127 letters, digits and hyphens");
    let usable = usable(name);
    Err(if name.len() <= LONGEST && is_name(usable.as_str()) {
        diagnostic.help("write ").quoted(usable.as_str())
    } else {
        diagnostic.help("for example \"acme-ide\"")
    })
}

const fn is_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() && bytes[at] != b'-' {
            return false;
        }
        at += 1;
    }
    at > 0 && at <= LONGEST && bytes[0].is_ascii_alphabetic()
}

/// The name with hyphens for what is not allowed, from its first letter on.
const fn usable(name: &str) -> Buffer<LONGEST> {
    let bytes = name.as_bytes();
    let mut start = 0;
    while start < bytes.len() && !bytes[start].is_ascii_alphabetic() {
        start += 1;
    }
    // What stands before the first letter may be a part of a longer character.
    match str::from_utf8(bytes.split_at(start).1) {
        Ok(rest) => text::hyphenated(rest),
        Err(_) => Buffer::new(),
    }
}

/// Checks whether the name of a stack follows from that of a type.
pub(super) const fn check_type(type_name: &str) -> Result<(), ConstDiagnostic> {
    let name = follow(type_name);
    if type_name.is_ascii() && name.len() < LONGEST && is_name(name.as_str()) {
        return Ok(());
    }
    Err(
        ConstDiagnostic::new("the stack's name cannot follow from `")
            .text(type_name)
            .text("`")
            .note("it is a letter and up to 127 letters, digits and hyphens")
            .help("add `stack_name = \"acme-ide\"`"),
    )
}

/// The words of a type's name in lower case, with hyphens between them.
const fn follow(type_name: &str) -> Buffer<LONGEST> {
    let bytes = type_name.as_bytes();
    let mut name = Buffer::new();
    let (mut at, mut hyphen) = (0, false);
    while at < bytes.len() {
        let byte = bytes[at];
        let after_small = at > 0 && !bytes[at - 1].is_ascii_uppercase();
        let before_small = at + 1 < bytes.len() && bytes[at + 1].is_ascii_lowercase();
        if byte == b'_' || (byte.is_ascii_uppercase() && (after_small || before_small)) {
            hyphen = name.len() > 0;
        }
        if byte != b'_' {
            if hyphen {
                name.push_ascii(b'-');
            }
            hyphen = false;
            name.push_ascii(byte.to_ascii_lowercase());
        }
        at += 1;
    }
    name
}

/// Checks a description: AWS CloudFormation User Guide, "Template anatomy".
pub(super) const fn check_description(description: &str) -> Result<(), ConstDiagnostic> {
    if text::trim(description).is_empty() {
        return Err(
            ConstDiagnostic::new("the description is blank").help("leave it out to have one made")
        );
    }
    if description.len() > 1_024 {
        return Err(ConstDiagnostic::new("the description has ")
            .count(description.len())
            .text(" bytes")
            .note("a template's description has at most 1,024 bytes"));
    }
    if text::has_placeholder(description) {
        return Err(ConstDiagnostic::new("the description has a placeholder")
            .note(text::PLACEHOLDER)
            .help("write what is meant, without `${`"));
    }
    let bytes = description.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // The controls of Latin-1, U+0080 to U+009F, begin with C2 in UTF-8.
        let of_latin_1 = matches!(bytes.split_at(at).1, [0xc2, 0x80..=0x9f, ..]);
        if bytes[at].is_ascii_control() || of_latin_1 {
            return Err(
                ConstDiagnostic::new("the description has control characters")
                    .note("it is a single line of text"),
            );
        }
        at += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_called_after_its_type() {
        for (type_name, name) in [
            ("AcmeIde", "acme-ide"),
            ("HTTPTeam", "http-team"),
            ("Team2", "team2"),
            ("Acme_Ide", "acme-ide"),
            ("_Acme__Ide_", "acme-ide"),
            ("MyIDE", "my-ide"),
            ("X1A", "x1-a"),
            ("acmeIde", "acme-ide"),
        ] {
            assert_eq!(
                StackName::from_type(type_name).expect(type_name).as_str(),
                name
            );
        }
        assert!(StackName::from_type("Équipe").is_err());
        assert!(StackName::from_type("__").is_err());
        assert!(StackName::from_type(&"Ab".repeat(60)).is_err());
    }

    #[test]
    fn names_of_stacks_have_their_form() {
        assert!(StackName::new("acme-ide").is_ok());
        for name in ["", "1acme", "acme_ide", "acme ide", &"a".repeat(129)] {
            assert!(StackName::new(name.to_owned()).is_err(), "{name}");
        }
        let reported = check("acme_ide!").expect_err("no name").to_string();
        assert!(reported.ends_with("write \"acme-ide\""));
        for (name, help) in [
            ("1acme", "write \"acme\""),
            ("--acme", "write \"acme\""),
            ("123", "for example \"acme-ide\""),
            (&"a".repeat(129), "for example \"acme-ide\""),
            (
                &format!("1{}", "a".repeat(127)),
                &format!("write \"{}\"", "a".repeat(127)),
            ),
            (&format!("1{}", "a".repeat(128)), "for example \"acme-ide\""),
        ] {
            let message = check(name).expect_err(name).to_string();
            assert!(message.ends_with(&format!("= help: {help}")), "{message}");
        }
        assert!(check(&"a".repeat(128)).is_ok());
    }

    #[test]
    fn a_description_is_one_line() {
        for text in [
            "Die IDEs für Köln",
            "© Acme",
            "Āda",
            "a\u{a0}b",
            &"a".repeat(1_024),
        ] {
            assert!(check_description(text).is_ok(), "{text:?}");
        }
        for text in [
            "",
            " ",
            "of ${AWS::Region}",
            "$${",
            "a\nb",
            "a\u{80}b",
            "a\u{9f}",
            &"a".repeat(1_025),
        ] {
            assert!(check_description(text).is_err(), "{text:?}");
        }
    }
}
