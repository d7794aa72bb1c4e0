//! What stands in a template as it is.

use vsc_spec::{Json, Object, Text};

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The template itself.
    Template,
    /// `Parameters`.
    Parameters,
    /// `Rules`.
    Rules,
    /// `Mappings`.
    Mappings,
    /// `Conditions`.
    Conditions,
    /// `Resources`.
    Resources,
    /// `Outputs`.
    Outputs,
}

impl Section {
    /// What it is called in a template; nothing for the template itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Template => "",
            Self::Parameters => "Parameters",
            Self::Rules => "Rules",
            Self::Mappings => "Mappings",
            Self::Conditions => "Conditions",
            Self::Resources => "Resources",
            Self::Outputs => "Outputs",
        }
    }
}

/// What the model has no form for, as it stands in its section: `Fn::ForEach::Name` and
/// `Fn::Transform`, which a transform carries out, or a section such as `Hooks` and `Globals`.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Where it stands.
    pub section: Section,
    /// What it is called there.
    pub name: Text,
    /// What it says.
    pub value: Json,
}

/// The entries of a section and its elements, which come last.
pub(super) fn with(elements: &[Element], section: Section, mut entries: Object) -> Object {
    for element in elements.iter().filter(|element| element.section == section) {
        entries.insert(element.name.clone(), element.value.clone());
    }
    entries
}
