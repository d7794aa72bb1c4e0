//! `reference`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// References have existing targets, and no circular dependencies.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a reference to a missing parameter, resource, attribute, condition or mapping, and
    /// resources that depend on each other.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: !Ref Name }
    /// ```
    ///
    /// ```yaml
    /// Resources:
    ///   A: { Type: AWS::SNS::Topic, DependsOn: B }
    ///   B: { Type: AWS::SNS::Topic, DependsOn: A }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Name: { Type: String }
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: !Ref Name }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Troubleshooting CloudFormation", dependency errors
    /// - cfn-lint E1010, E1020, E3004, E3005
    pub const REFERENCE: Error = "reference";
}

/// A circular dependency, in order.
pub(in crate::check) fn circular(names: &[&str]) -> Diagnostic {
    match names {
        [only] => Diagnostic::new(format!("`{only}` depends on itself")),
        names => {
            let cycle: Vec<&str> = names.iter().chain(names.first()).copied().collect();
            Diagnostic::new(format!("circular dependency: `{}`", cycle.join(" → ")))
        }
    }
}

/// A circular dependency of resources.
pub(in crate::check) fn circular_resources(names: &[&str]) -> Diagnostic {
    circular(names)
        .help("remove one of these references, for example by moving it to a separate resource")
}
