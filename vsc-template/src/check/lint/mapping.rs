//! `mapping`.

use vsc_spec::{Diagnostic, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Mappings have two levels of keys, and `Fn::FindInMap` uses keys that exist.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a mapping of another depth, and a lookup that finds nothing.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Mappings:
    ///   Stages: { test: small }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Mappings:
    ///   Stages: { test: { size: small } }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Mappings section"
    /// - cfn-lint E7001, E1011
    pub const MAPPING: Error = "mapping";
}

pub(in crate::check) fn too_few_levels(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the mapping `{id}` has too few levels"))
        .note("a mapping has top-level keys, and below each of them second-level keys with values")
}

pub(in crate::check) fn invalid_value() -> Diagnostic {
    Diagnostic::new("a value of a mapping is a string, a number, or a list of them")
        .note("mappings cannot contain functions")
}

pub(in crate::check) fn invalid_length(longest: usize) -> Diagnostic {
    Diagnostic::new(format!("a key of a mapping has 1 to {longest} characters"))
}

pub(in crate::check) fn invalid_key(key: &str, valid: &str) -> Diagnostic {
    Diagnostic::new(format!("`{key}` is not a valid key of a mapping"))
        .note("a key consists of ASCII letters, digits, `-` and `.`")
        .help(format!("write `{valid}`"))
}

/// `Fn::FindInMap` uses a key that the mapping does not have.
pub(in crate::check) fn missing_key(map: &str, key: &str, mut known: Vec<&str>) -> Diagnostic {
    known.sort_unstable();
    known.dedup();
    let diagnostic = Diagnostic::new(format!("the mapping `{map}` has no key `{key}`"));
    match suggest::did_you_mean(key, known.iter().copied()) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.note(format!("it has {}", suggest::list(known))),
    }
}
