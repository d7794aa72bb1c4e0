//! Changes outside of the resources.

use vsc_spec::{Json, Object};

use super::normal::is_same;
use super::value::{ValueChange, compare};
use crate::template::Path;

/// Whether an element is added, removed or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Only in the new template.
    Added,
    /// Only in the old template.
    Removed,
    /// In both templates.
    Changed,
}

impl ChangeKind {
    /// The stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    fn of(old: Option<&Json>, new: Option<&Json>) -> Self {
        match (old, new) {
            (None, _) => Self::Added,
            (_, None) => Self::Removed,
            _ => Self::Changed,
        }
    }
}

/// A parameter, an output, or another element of a section that is not of resources.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EntryChange {
    /// The section's name, such as `Parameters`.
    pub section: String,
    /// The element's name; empty if the section is a single value, such as `Description`.
    pub name: String,
    /// The kind of change.
    pub kind: ChangeKind,
    /// The changes; the whole element if it is added or removed.
    pub changes: Vec<ValueChange>,
}

/// Sections that consist of named elements.
const NAMED: [&str; 6] = [
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Outputs",
    "Metadata",
];

/// All differences outside of `Resources`, in the order of the sections.
pub(super) fn entries(old: &Object, new: &Object) -> Vec<EntryChange> {
    let empty = Object::new();
    let mut all = Vec::new();
    let mut sections: Vec<&str> = new.names().collect();
    sections.extend(old.names().filter(|name| !new.contains(name)));
    for section in sections.into_iter().filter(|name| *name != "Resources") {
        let (before, after) = (old.get(section), new.get(section));
        let objects = |value: Option<&Json>| value.is_none_or(|value| value.as_object().is_some());
        if NAMED.contains(&section) && objects(before) && objects(after) {
            let before = before.and_then(Json::as_object).unwrap_or(&empty);
            let after = after.and_then(Json::as_object).unwrap_or(&empty);
            for name in names(before, after) {
                all.extend(entry(section, name, before.get(name), after.get(name)));
            }
        } else {
            all.extend(entry(section, "", before, after));
        }
    }
    all
}

/// The names of both, those of the new one first.
pub(super) fn names<'a>(old: &'a Object, new: &'a Object) -> Vec<&'a str> {
    let gone = old.names().filter(|name| !new.contains(name));
    new.names().chain(gone).collect()
}

fn entry(section: &str, name: &str, old: Option<&Json>, new: Option<&Json>) -> Option<EntryChange> {
    let changes = match (old, new) {
        (Some(old), Some(new)) if is_same(&listed(section, old), &listed(section, new)) => {
            return None;
        }
        (Some(old), Some(new)) => compare(&Path::root(), old, new),
        (None, None) => return None,
        (old, new) => vec![ValueChange {
            path: Path::root(),
            old: old.cloned(),
            new: new.cloned(),
            update: vsc_spec::resource::UpdateType::InPlace,
        }],
    };
    Some(EntryChange {
        section: section.to_owned(),
        name: name.to_owned(),
        kind: ChangeKind::of(old, new),
        changes,
    })
}

/// A single transform is a list of one.
fn listed(section: &str, value: &Json) -> Json {
    match value {
        Json::String(_) if section == "Transform" => Json::array([value.clone()]),
        other => other.clone(),
    }
}
