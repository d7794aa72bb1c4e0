//! What is wrong with a value, and where.

use super::Step;
use crate::diagnostic::Diagnostic;

/// What a violation points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The name of the member, or a value as a whole.
    Key,
    /// The value.
    Value,
}

/// The location of a violation in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The path; empty for the properties as a whole.
    pub path: Vec<Step>,
    /// Whether it is about the name at the end of the path, or about the value.
    pub target: Target,
}

/// What distinguishes violations that some callers handle differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// Something that has to be there is missing.
    Missing,
    /// A template sets a value that only AWS sets.
    ReadOnly,
    /// A string does not match its pattern, and only the pattern itself says why.
    Pattern,
    /// Anything else.
    Other,
}

/// A diagnostic and its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The location.
    pub location: Location,
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// The kind, for callers that handle some violations differently: no message is parsed.
    pub kind: ViolationKind,
}

impl Violation {
    /// A violation of no particular kind.
    pub const fn new(location: Location, diagnostic: Diagnostic) -> Self {
        Self {
            location,
            diagnostic,
            kind: ViolationKind::Other,
        }
    }

    /// The violation, of this kind.
    #[must_use]
    pub const fn of_kind(mut self, kind: ViolationKind) -> Self {
        self.kind = kind;
        self
    }
}
