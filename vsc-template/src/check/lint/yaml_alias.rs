//! `yaml-alias`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// YAML aliases are not used: CloudFormation does not support them.
    ///
    /// # Why
    ///
    /// CloudFormation's guide says that aliases are not supported. `aws cloudformation package` expands them.
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
    Diagnostic::new("CloudFormation does not support YAML aliases")
        .note("`aws cloudformation package` expands them")
        .help("write out the repeated part")
}
