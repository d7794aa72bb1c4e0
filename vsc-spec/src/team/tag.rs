//! Tags: Tagging AWS Resources User Guide, "Tag naming limits and requirements".

use super::judgement::Judgement;
use super::letters;
use super::place::Place;
use crate::const_finding::ConstFinding;
use crate::json::Text;
use crate::text;

/// How many tags a resource has at most; one of them is its name.
const MOST: usize = 49;

/// A tag of everything that the stack makes.
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

const fn check_key(key: &str) -> Result<(), ConstFinding> {
    let length = text::characters(key);
    let why = if length == 0 || length > 128 {
        "a key has 1 to 128 characters"
    } else if text::starts_with(text::lower::<4>(key).as_str(), "aws:") {
        "keys that begin with `aws:` are AWS's own"
    } else if text::equal(key, "Name") {
        "each resource has a name of its own, which stands there"
    } else {
        return match odd_character(key) {
            Some(character) => Err(not_allowed(refused(key), character)),
            None => Ok(()),
        };
    };
    Err(refused(key).why(why))
}

const fn refused(key: &str) -> ConstFinding {
    ConstFinding::new("")
        .quoted(key)
        .text(" cannot be the key of a tag")
}

const fn check_value(key: &str, value: &str) -> Result<(), ConstFinding> {
    let odd = odd_character(value);
    let too_long = text::characters(value) > 256;
    if odd.is_none() && !too_long {
        return Ok(());
    }
    let finding = ConstFinding::new("")
        .quoted(value)
        .text(" cannot be the value of the tag ")
        .quoted(key);
    Err(match odd {
        Some(character) if !too_long => not_allowed(finding, character),
        _ => finding.why("a value has at most 256 characters"),
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

const fn not_allowed(finding: ConstFinding, character: &str) -> ConstFinding {
    finding
        .why("")
        .character(character)
        .text(" is not allowed: letters, digits, spaces and `+ - = . _ : / @` are")
}

/// Judges the declared tags.
pub(super) const fn check(judgement: &mut Judgement, tags: &[(Text, Text)]) {
    let mut at = 0;
    while at < tags.len() {
        let (key, value) = (text::of(&tags[at].0), text::of(&tags[at].1));
        if judgement.take(Place::TagKey(at), check_key(key)).is_some() && stands_before(tags, at) {
            let finding = ConstFinding::new("there are two tags ")
                .quoted(key)
                .help("remove one of them");
            judgement.refuse(Place::TagKey(at), finding);
        }
        judgement.take(Place::TagValue(at), check_value(key, value));
        at += 1;
    }
    if tags.len() > MOST {
        let finding = ConstFinding::new("")
            .count(tags.len())
            .text(" tags are too many")
            .why("a resource has at most 50, and one is its name: at most ")
            .count(MOST);
        judgement.refuse(Place::TagKey(MOST), finding);
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
}
