//! `logical-id`.

use super::declare::declare_lint;

declare_lint! {
    /// Logical IDs are made of letters and digits.
    ///
    /// # Why
    ///
    /// CloudFormation rejects every other character in the name of a parameter, mapping, condition, resource or
    /// output. Names of conditions may also have `&` and `_`.
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
