//! `syntax`.

use super::declare::declare_lint;

declare_lint! {
    /// The template is valid YAML or JSON.
    ///
    /// # Why
    ///
    /// Nothing is checked in a template that cannot be read, so that this lint cannot be suppressed.
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
