//! Tags: Tagging AWS Resources User Guide, "Tag naming limits and requirements".

use super::letters;
use super::path::DeclarationPath;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::json::Text;
use crate::text;

/// The most tags of a resource; one of them is its name.
const MOST: usize = 49;

/// A tag of every resource of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub(super) key: Text,
    pub(super) value: Text,
}

impl Tag {
    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }
}

const fn check_key(key: &str) -> Result<(), ConstDiagnostic> {
    let length = text::characters(key);
    let note = if length == 0 || length > 128 {
        "a key has 1 to 128 characters"
    } else if text::starts_with(text::lower::<4>(key).as_str(), "aws:") {
        "keys that begin with `aws:` are reserved by AWS"
    } else if text::equal(key, "Name") {
        "each resource has its own `Name`"
    } else {
        return match odd_character(key) {
            Some(character) => Err(not_allowed(rejected(key), character)),
            None => Ok(()),
        };
    };
    Err(rejected(key).note(note))
}

const fn rejected(key: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(key)
        .text(" is not a valid tag key")
}

const fn check_value(key: &str, value: &str) -> Result<(), ConstDiagnostic> {
    let odd = odd_character(value);
    let too_long = text::characters(value) > 256;
    if odd.is_none() && !too_long {
        return Ok(());
    }
    let diagnostic = ConstDiagnostic::new("")
        .quoted(value)
        .text(" is not a valid value of the tag ")
        .quoted(key);
    Err(match odd {
        Some(character) if !too_long => not_allowed(diagnostic, character),
        _ => diagnostic.note("a value has at most 256 characters"),
    })
}

/// The first character that a tag cannot have.
const fn odd_character(tag: &str) -> Option<&str> {
    let mut at = 0;
    while at < tag.len() {
        let character = text::character_at(tag, at);
        let allowed = match character.as_bytes() {
            [ascii] => ascii.is_ascii_alphanumeric() || text::contains(" +-=._:/@", *ascii),
            _ => letters::is_letter(character),
        };
        if !allowed {
            return Some(character);
        }
        at += character.len();
    }
    None
}

const fn not_allowed(diagnostic: ConstDiagnostic, character: &str) -> ConstDiagnostic {
    diagnostic
        .note("")
        .character(character)
        .text(" is not allowed: letters, digits, spaces and `+ - = . _ : / @` are")
}

/// Checks the declared tags.
pub(super) const fn check(validation: &mut Validation, tags: &[(Text, Text)]) {
    let mut at = 0;
    while at < tags.len() {
        let (key, value) = (text::of(&tags[at].0), text::of(&tags[at].1));
        if validation
            .take(DeclarationPath::TagKey(at), check_key(key))
            .is_some()
            && stands_before(tags, at)
        {
            let diagnostic = ConstDiagnostic::new("duplicate tag ")
                .quoted(key)
                .help("remove one of them");
            validation.reject(DeclarationPath::TagKey(at), diagnostic);
        }
        validation.take(DeclarationPath::TagValue(at), check_value(key, value));
        at += 1;
    }
    if tags.len() > MOST {
        let diagnostic = ConstDiagnostic::new("too many tags: ")
            .count(tags.len())
            .note("a resource has at most 50, and one is its name: at most ")
            .count(MOST);
        validation.reject(DeclarationPath::TagKey(MOST), diagnostic);
    }
}

const fn stands_before(tags: &[(Text, Text)], at: usize) -> bool {
    let mut before = 0;
    while before < at {
        if text::equal(text::of(&tags[before].0), text::of(&tags[at].0)) {
            return true;
        }
        before += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_all_scripts_are_allowed_and_symbols_are_not() {
        for value in [
            "a b",
            "Straße",
            "Ωμέγα",
            "東京",
            "1 + 2 = 3",
            "ops@x.com",
            "",
        ] {
            assert!(check_value("k", value).is_ok(), "{value}");
        }
        for value in [
            "a&b", "a\nb", "€", "→", "🦀", "§", "×", "a,b", "\u{80}", "e\u{301}", "\u{fb3}",
            "\u{2028}",
        ] {
            assert!(check_value("k", value).is_err(), "{value}");
        }
    }

    /// Every error of these tags.
    fn errors(tags: &[(String, String)]) -> Vec<(DeclarationPath, String)> {
        let tags: Vec<(Text, Text)> = tags
            .iter()
            .map(|(key, value)| (key.clone().into(), value.clone().into()))
            .collect();
        let mut validation = Validation::new();
        check(&mut validation, &tags);
        let errors = validation.errors();
        errors
            .map(|error| (error.path, error.diagnostic.to_string()))
            .collect()
    }

    #[test]
    fn keys_and_values_have_their_form() {
        let long = |length| "ü".repeat(length);
        let length = "a key has 1 to 128 characters";
        let aws = "keys that begin with `aws:` are reserved by AWS";
        let name = "each resource has its own `Name`";
        let odd = "`&` is not allowed: letters, digits, spaces and `+ - = . _ : / @` are";
        for (key, note) in [
            ("", Some(length)),
            (&long(128), None),
            (&long(129), Some(length)),
            ("aws:x", Some(aws)),
            ("AWS:x", Some(aws)),
            ("aws", None),
            ("Name", Some(name)),
            ("name", None),
            ("a&b", Some(odd)),
        ] {
            let errors = errors(&[(key.to_owned(), "v".to_owned())]);
            let expected = note.map(|note| {
                let message = format!("\"{key}\" is not a valid tag key\n{note}");
                (DeclarationPath::TagKey(0), message)
            });
            let is_long = key.len() > 160;
            match (expected, errors.as_slice()) {
                (None, []) => {}
                // A long key is truncated.
                (Some((path, message)), [(at, error)]) => {
                    assert_eq!(*at, path);
                    let note = message.lines().next_back().unwrap_or_default();
                    assert!(error.ends_with(note), "{error}");
                    assert!(is_long || *error == message, "{error}");
                }
                (expected, errors) => panic!("{key}: {expected:?} {errors:?}"),
            }
        }
        let length = "a value has at most 256 characters";
        for (value, note) in [
            (&long(256), None),
            (&long(257), Some(length)),
            (&format!("&{}", long(256)), Some(length)),
            (&"a&b".to_owned(), Some(odd)),
        ] {
            let errors = errors(&[("k".to_owned(), value.clone())]);
            match (note, errors.as_slice()) {
                (None, []) => {}
                (Some(note), [(DeclarationPath::TagValue(0), error)]) => {
                    assert!(error.contains(" is not a valid value of the tag \"k\""));
                    assert!(error.ends_with(note), "{error}");
                }
                (note, errors) => panic!("{note:?} {errors:?}"),
            }
        }
    }

    #[test]
    fn a_resource_has_so_many_tags_and_each_once() {
        let tags = |count: usize| -> Vec<_> {
            let keys = (0..count).map(|at| format!("k{at}"));
            keys.map(|key| (key, "v".to_owned())).collect()
        };
        assert_eq!(errors(&tags(49)), []);
        let message = "too many tags: 50\n\
                       a resource has at most 50, and one is its name: at most 49";
        assert_eq!(
            errors(&tags(50)),
            [(DeclarationPath::TagKey(49), message.to_owned())]
        );
        let mut twice = tags(3);
        twice[2].0 = "k0".to_owned();
        let message = "duplicate tag \"k0\"\n= help: remove one of them";
        assert_eq!(
            errors(&twice),
            [(DeclarationPath::TagKey(2), message.to_owned())]
        );
    }
}
