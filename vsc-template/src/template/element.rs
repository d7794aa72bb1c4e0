//! Unchecked elements of a template.

use vsc_spec::{Json, Text};

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
    /// Its name in a template; empty for the template itself.
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

/// An element that the model does not support, as in its section: `Fn::ForEach::Name` and
/// `Fn::Transform`, which a transform processes, or a section such as `Hooks` and `Globals`.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its section.
    pub section: Section,
    /// Its name.
    pub name: Text,
    /// Its value.
    pub value: Json,
}
