//! `parameter`.

use vsc_spec::{Diagnostic, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Parameters have a type, and a default that meets their own constraints.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a parameter with an unknown attribute, and a default that is not among
    /// `AllowedValues`, does not match `AllowedPattern`, or is out of range.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   Port: { Type: Number, Default: 80, MinValue: 1024 }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Port: { Type: Number, Default: 8080, MinValue: 1024 }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Parameters section"
    /// - cfn-lint E2001, E2015
    pub const PARAMETER: Error = "parameter";
}

pub(in crate::check) fn not_an_object(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the parameter `{id}` is not an object"))
        .help("write `Type: String` below it")
}

pub(in crate::check) fn missing_type(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the parameter `{id}` has no `Type`")).help("add `Type: String`")
}

pub(in crate::check) fn empty_range(least: &str, most: &str) -> Diagnostic {
    Diagnostic::new(format!("`{least}` is larger than `{most}`")).note("no value can be valid")
}

pub(in crate::check) fn unknown_member(name: &str, members: &[&str]) -> Diagnostic {
    Diagnostic::new(format!("a parameter has no `{name}`"))
        .note(format!("it has {}", suggest::list(members.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, members.iter().copied()))
}

/// A constraint that parameters of the type cannot have.
pub(in crate::check) fn misplaced_constraint(
    name: &str,
    kind: &str,
    belongs_to: &str,
    instead: &str,
) -> Diagnostic {
    Diagnostic::new(format!("a parameter of type `{kind}` has no `{name}`"))
        .note(format!("`{name}` is for parameters of type {belongs_to}"))
        .help(format!("remove it, or use {instead}"))
}

pub(in crate::check) fn not_a_number(default: &str) -> Diagnostic {
    Diagnostic::new(format!("the default {default:?} is not a number"))
}

/// The default is not among `AllowedValues`.
pub(in crate::check) fn not_allowed(default: &str, allowed: &[String]) -> Diagnostic {
    let allowed = || allowed.iter().map(String::as_str);
    Diagnostic::new(format!("the default cannot be `{default}`"))
        .note(format!("allowed: {}", suggest::list(allowed())))
        .maybe_help(suggest::did_you_mean(default, allowed()))
}

/// The default does not match `AllowedPattern`.
pub(in crate::check) fn unlike_pattern(default: &str, pattern: &str) -> Diagnostic {
    Diagnostic::new(format!("the default cannot be {default:?}"))
        .note(format!("it has to match `AllowedPattern`: {pattern}"))
}

/// The default is below or above the constraint of this name.
pub(in crate::check) fn out_of_range(default: &str, name: &str, limit: &str) -> Diagnostic {
    Diagnostic::new(format!("the default {default:?} violates `{name}`"))
        .note(format!("`{name}` is {limit}"))
}

/// No type has this name; `known` are the documented types.
pub(in crate::check) fn unknown_type(
    name: &str,
    meant: Option<String>,
    known: &[&str],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("unknown parameter type `{name}`"));
    match meant {
        Some(help) => diagnostic.help(help),
        None => diagnostic.note(format!(
            "known types: {}",
            suggest::list(known.iter().copied())
        )),
    }
}
