//! Tags: Tagging AWS Resources User Guide, "Tag naming limits and requirements".

use super::place::{Place, Refusal};
use crate::finding::Finding;

/// How many tags a resource has at most; one of them is its name.
const MOST: usize = 49;

/// A tag of everything that the stack makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    key: String,
    value: String,
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

fn check_key(key: &str) -> Result<(), Finding> {
    let finding = || Finding::new(format!("{key:?} cannot be the key of a tag"));
    let length = key.chars().count();
    if !(1..=128).contains(&length) {
        Err(finding().why("a key has 1 to 128 characters"))
    } else if key.to_ascii_lowercase().starts_with("aws:") {
        Err(finding().why("keys that begin with `aws:` are AWS's own"))
    } else if key == "Name" {
        Err(finding().why("each resource has a name of its own, which stands there"))
    } else {
        check_characters(key).map_err(|why| finding().why(why))
    }
}

fn check_value(key: &str, value: &str) -> Result<(), Finding> {
    let finding = || Finding::new(format!("{value:?} cannot be the value of the tag {key:?}"));
    if value.chars().count() > 256 {
        Err(finding().why("a value has at most 256 characters"))
    } else {
        check_characters(value).map_err(|why| finding().why(why))
    }
}

fn check_characters(text: &str) -> Result<(), String> {
    let allowed = |letter: &char| letter.is_alphanumeric() || " +-=._:/@".contains(*letter);
    match text.chars().find(|letter| !allowed(letter)) {
        None => Ok(()),
        Some(odd) => Err(format!(
            "{odd:?} is not allowed: letters, digits, spaces and `+ - = . _ : / @` are"
        )),
    }
}

/// Judges the declared tags.
pub(super) fn check(tags: &[(String, String)]) -> Result<Vec<Tag>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut refuse = |place: Place, finding: Finding| refusals.push(Refusal { place, finding });
    for (place, (key, value)) in tags.iter().enumerate() {
        if let Err(finding) = check_key(key) {
            refuse(Place::TagKey(place), finding);
        } else if tags[..place].iter().any(|(before, _)| before == key) {
            let finding =
                Finding::new(format!("there are two tags {key:?}")).help("remove one of them");
            refuse(Place::TagKey(place), finding);
        }
        if let Err(finding) = check_value(key, value) {
            refuse(Place::TagValue(place), finding);
        }
    }
    if tags.len() > MOST {
        let finding = Finding::new(format!("{} tags are too many", tags.len())).why(format!(
            "a resource has at most 50, and one is its name: at most {MOST}"
        ));
        refuse(Place::TagKey(MOST), finding);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let tags = tags.iter().map(|(key, value)| Tag {
        key: key.clone(),
        value: value.clone(),
    });
    Ok(tags.collect())
}
