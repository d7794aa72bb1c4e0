//! `merge-key`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// There are no merge keys, which CloudFormation does not know.
    ///
    /// # Why
    ///
    /// CloudFormation takes `<<` for the name of a property.
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
    Diagnostic::new("CloudFormation knows no merge key `<<`")
        .note("it takes `<<` for the name of a property")
        .help("write out what is repeated")
}
