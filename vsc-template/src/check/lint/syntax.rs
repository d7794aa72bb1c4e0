//! `syntax`.

use super::declare::declare_lint;

declare_lint! {
    /// The template is valid YAML or JSON.
    ///
    /// # Why
    ///
    /// A template that cannot be parsed is not checked any further, so this lint cannot be suppressed.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources: [
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "CloudFormation template format"
    /// - cfn-lint E0000
    pub const SYNTAX: Error = "syntax";
}
