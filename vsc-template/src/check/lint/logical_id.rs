//! `logical-id`.

use super::declare::declare_lint;

declare_lint! {
    /// Logical IDs consist of letters and digits.
    ///
    /// # Why
    ///
    /// CloudFormation rejects all other characters in the logical ID of a parameter, mapping, condition, resource or
    /// output. Those of conditions may also contain `&` and `_`.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   My-Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   MyTopic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Resources section", logical ID
    /// - cfn-lint E3001
    pub const LOGICAL_ID: Error = "logical-id";
}
