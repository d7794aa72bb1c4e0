//! `output`.

use super::declare::declare_lint;

declare_lint! {
    /// Outputs have a value that is a string.
    ///
    /// # Why
    ///
    /// CloudFormation rejects an output without a value, with a list or object as its value, or with an unknown
    /// member.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Topic: { Valu: !Ref Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Topic: { Value: !Ref Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Outputs section"
    /// - cfn-lint E6001, E6101
    pub const OUTPUT: Error = "output";
}
