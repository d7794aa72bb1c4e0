//! `yaml-alias`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// There are no YAML aliases, which only `aws cloudformation package` is sure to follow.
    ///
    /// # Why
    ///
    /// CloudFormation's guide says that aliases are not supported. `aws cloudformation package` writes out what
    /// they repeat.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Mappings:
    ///   Defaults:
    ///     Topic: &defaults { Name: alarms }
    ///     Other: *defaults
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Mappings:
    ///   Defaults:
    ///     Topic: { Name: alarms }
    ///     Other: { Name: alarms }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "CloudFormation template format", YAML
    pub const YAML_ALIAS: Warning = "yaml-alias";
}

pub(in crate::check) fn unsupported() -> Diagnostic {
    Diagnostic::new("CloudFormation's guide says that aliases are not supported")
        .note("`aws cloudformation package` writes out what they repeat")
        .help("write out what is repeated")
}
