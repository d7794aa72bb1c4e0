//! `condition`.

use vsc_spec::{Diagnostic, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Conditions consist of condition functions.
    ///
    /// # Why
    ///
    /// A condition is `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` or `Condition`, with values that are known before
    /// any resource exists: parameters, mappings and pseudo parameters.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   Stage: { Type: String }
    /// Conditions:
    ///   IsProduction: !Ref Stage
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Stage: { Type: String }
    /// Conditions:
    ///   IsProduction: !Equals [!Ref Stage, production]
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic, Condition: IsProduction }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Conditions section" and "Rules section"
    /// - cfn-lint E8001
    pub const CONDITION: Error = "condition";
}

pub(in crate::check) fn not_a_function(
    functions: impl Iterator<Item = &'static str>,
) -> Diagnostic {
    Diagnostic::new("a condition is a single condition function")
        .note(format!("condition functions: {}", suggest::list(functions)))
        .help("for example `Fn::Equals: [!Ref Stage, production]`")
}

/// The function is not a condition function, or only valid in the section `Rules`.
pub(in crate::check) fn wrong_function(
    name: &str,
    is_of_rules: bool,
    functions: impl Iterator<Item = &'static str> + Clone,
) -> Diagnostic {
    let message = if is_of_rules {
        format!("`{name}` is only valid in the section `Rules`")
    } else {
        format!("`{name}` is not a condition function")
    };
    Diagnostic::new(message)
        .note(format!(
            "condition functions: {}",
            suggest::list(functions.clone())
        ))
        .maybe_help(suggest::did_you_mean(name, functions))
}

pub(in crate::check) fn object() -> Diagnostic {
    Diagnostic::new("a condition compares strings, not objects")
}

pub(in crate::check) fn list() -> Diagnostic {
    Diagnostic::new("a condition compares strings, not lists").help("join the list with `Fn::Join`")
}

pub(in crate::check) fn null() -> Diagnostic {
    Diagnostic::new("a condition compares strings, not `null`")
        .help("write \"\" for an empty string")
}

pub(in crate::check) fn wrong_operand(
    name: &str,
    operands: impl Iterator<Item = &'static str> + Clone,
) -> Diagnostic {
    Diagnostic::new(format!("`{name}` is not valid in a condition"))
        .note(format!(
            "valid functions: {}",
            suggest::list(operands.clone())
        ))
        .maybe_help(suggest::did_you_mean(name, operands))
}

pub(in crate::check) fn not_a_name() -> Diagnostic {
    Diagnostic::new("`Condition` takes the name of a condition")
}

pub(in crate::check) fn wrong_arguments(name: &str, takes: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` takes {takes}"))
}

pub(in crate::check) fn not_a_rule(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the rule `{id}` is not an object"))
        .help("write `Assertions: […]` below it")
}

pub(in crate::check) fn unknown_in_rule(name: &str) -> Diagnostic {
    const MEMBERS: [&str; 2] = ["RuleCondition", "Assertions"];
    Diagnostic::new(format!("a rule has no `{name}`"))
        .note(format!("it has {}", suggest::list(MEMBERS)))
        .maybe_help(suggest::did_you_mean(name, MEMBERS))
}

pub(in crate::check) fn missing_assertions(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the rule `{id}` has no `Assertions`"))
}
