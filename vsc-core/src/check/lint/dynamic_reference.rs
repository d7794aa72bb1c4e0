//! `dynamic-reference`.

use super::declare::declare_lint;

declare_lint! {
    /// Dynamic references name a service and what it holds, where CloudFormation resolves them.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a reference of another form. `ssm-secure` is resolved only in some properties, and
    /// `secretsmanager` only in properties of resources.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: "{{resolve:ssn:/name}}" }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: "{{resolve:ssm:/name}}" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Get values stored in other services using dynamic references"
    /// - cfn-lint E1027, E1050, E1051, E1052
    pub const DYNAMIC_REFERENCE: Error = "dynamic-reference";
}
