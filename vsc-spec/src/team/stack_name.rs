//! The name and the description of a stack.

use crate::finding::Finding;

/// The name of a stack: AWS CloudFormation API Reference, `CreateStack`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackName(String);

impl StackName {
    /// The name of a stack.
    ///
    /// # Errors
    ///
    /// When it is not a letter and up to 127 letters, digits and hyphens.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let finding = || {
            Finding::new(format!("{name:?} is not the name of a stack"))
                .why("it is a letter and up to 127 letters, digits and hyphens")
        };
        let right = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && name.len() <= 128
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if right {
            return Ok(Self(name.to_owned()));
        }
        let usable: String = name
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        let usable = usable.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
        Err(if usable.is_empty() || name.len() > 128 {
            finding().help("for example \"acme-ide\"")
        } else {
            finding().help(format!("write {usable:?}"))
        })
    }

    /// The name that follows from a type's name: `AcmeIde` is `acme-ide`, `HTTPTeam` is
    /// `http-team`.
    ///
    /// # Errors
    ///
    /// When the type's name has letters that a stack's name cannot have.
    pub fn from_type(type_name: &str) -> Result<Self, Finding> {
        let letters: Vec<char> = type_name.chars().collect();
        let mut name = String::new();
        for (place, letter) in letters.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| letters[before]);
            let after = letters.get(place + 1);
            let begins = letter.is_uppercase()
                && before.is_some_and(|before| {
                    !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
                });
            if (begins || *letter == '_') && !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
            if *letter != '_' {
                name.extend(letter.to_lowercase());
            }
        }
        Self::new(name.trim_end_matches('-')).map_err(|_| {
            Finding::new(format!("the stack's name cannot follow from `{type_name}`"))
                .why("it is a letter and up to 127 letters, digits and hyphens")
                .help("add `stack_name = \"acme-ide\"`")
        })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Judges a description: AWS CloudFormation User Guide, "Template anatomy".
pub(super) fn check_description(text: &str) -> Result<String, Finding> {
    if text.trim().is_empty() {
        return Err(Finding::new("the description is blank").help("leave it out to have one made"));
    }
    if text.len() > 1_024 {
        return Err(
            Finding::new(format!("the description has {} bytes", text.len()))
                .why("a template's description has at most 1,024 bytes"),
        );
    }
    if text.chars().any(char::is_control) {
        return Err(Finding::new("the description has control characters")
            .why("it is a single line of text"));
    }
    Ok(text.to_owned())
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
        ] {
            assert_eq!(
                StackName::from_type(type_name).expect(type_name).as_str(),
                name
            );
        }
        assert!(StackName::from_type("Équipe").is_err());
    }

    #[test]
    fn names_of_stacks_have_their_form() {
        assert!(StackName::new("acme-ide").is_ok());
        for name in ["", "1acme", "acme_ide", "acme ide", &"a".repeat(129)] {
            assert!(StackName::new(name).is_err(), "{name}");
        }
    }
}
