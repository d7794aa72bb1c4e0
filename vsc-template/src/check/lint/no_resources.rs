//! `no-resources`.

use super::declare::declare_lint;

declare_lint! {
    /// A template has at least one resource.
    ///
    /// # Why
    ///
    /// CloudFormation creates no stack without resources.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources: {}
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
    /// - AWS CloudFormation User Guide, "Resources section"
    pub const NO_RESOURCES: Warning = "no-resources";
}
