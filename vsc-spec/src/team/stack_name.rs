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
    /// The name that is derived from a type's name: `AcmeIde` becomes `acme-ide`, `HTTPTeam`
    /// becomes `http-team`.
    ///
    /// # Errors
    ///
    /// When the type's name has characters that a stack name cannot have.
    pub fn from_type(type_name: &str) -> Result<Self, Diagnostic> {
        check_type(type_name)?;
        Self::new(derive(type_name).as_str().to_owned())
    }
}

/// Checks the name of a stack.
pub(super) const fn check(name: &str) -> Result<(), ConstDiagnostic> {
    if is_name(name) {
        return Ok(());
    }
    let diagnostic = ConstDiagnostic::new("")
        .quoted(name)
        .text(" is not a valid stack name")
        .note("a stack name is a letter and up to 127 letters, digits and hyphens");
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

/// The name from its first letter on, with hyphens for characters that are not allowed.
const fn usable(name: &str) -> Buffer<LONGEST> {
    let bytes = name.as_bytes();
    let mut start = 0;
    while start < bytes.len() && !bytes[start].is_ascii_alphabetic() {
        start += 1;
    }
    // The bytes before the first letter may end within a character.
    match str::from_utf8(bytes.split_at(start).1) {
        Ok(rest) => text::hyphenated(rest),
        Err(_) => Buffer::new(),
    }
}

/// Validates that a stack name can be derived from a type's name.
pub(super) const fn check_type(type_name: &str) -> Result<(), ConstDiagnostic> {
    let name = derive(type_name);
    if type_name.is_ascii() && name.len() < LONGEST && is_name(name.as_str()) {
        return Ok(());
    }
    Err(ConstDiagnostic::new("cannot derive a stack name from `")
        .text(type_name)
        .text("`")
        .note("a stack name is a letter and up to 127 letters, digits and hyphens")
        .help("add `stack_name = \"acme-ide\"`"))
}

/// The words of a type's name in lower case, with hyphens between them.
const fn derive(type_name: &str) -> Buffer<LONGEST> {
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
        return Err(ConstDiagnostic::new("the description is blank")
            .help("remove it to have one generated"));
    }
    if description.len() > 1_024 {
        return Err(ConstDiagnostic::new("the description has ")
            .count(description.len())
            .text(" bytes")
            .note("the description of a template has at most 1,024 bytes"));
    }
    if text::has_placeholder(description) {
        return Err(ConstDiagnostic::new("the description has a placeholder")
            .note(text::PLACEHOLDER)
            .help("write the value itself instead of `${…}`"));
    }
    let bytes = description.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // The controls of Latin-1, U+0080 to U+009F, begin with C2 in UTF-8.
        let of_latin_1 = matches!(bytes.split_at(at).1, [0xc2, 0x80..=0x9f, ..]);
        if bytes[at].is_ascii_control() || of_latin_1 {
            return Err(
                ConstDiagnostic::new("the description has control characters")
                    .note("a description is a single line"),
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
    fn a_stack_name_is_derived_from_the_type() {
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
    fn invalid_stack_names_are_errors() {
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
