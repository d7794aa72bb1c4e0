//! `parameter`.

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
