//! `merge-key`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// YAML merge keys are not used: CloudFormation does not support them.
    ///
    /// # Why
    ///
    /// CloudFormation reads `<<` as the name of a property.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Mappings:
    ///   Defaults:
    ///     Topic: &defaults { Name: alarms }
    ///     Other: { <<: *defaults }
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
    /// - cfn-lint W1100
    pub const MERGE_KEY: Error = "merge-key";
}

pub(in crate::check) fn unknown() -> Diagnostic {
    Diagnostic::new("CloudFormation does not support the merge key `<<`")
        .note("it reads `<<` as the name of a property")
        .help("write out the repeated part")
}
