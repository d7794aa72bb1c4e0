//! `condition`.

use super::declare::declare_lint;

declare_lint! {
    /// Conditions are made of the functions that give a condition.
    ///
    /// # Why
    ///
    /// A condition is `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` or `Condition`, of values that are known before
    /// any resource exists: parameters, mappings and pseudo parameters.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   Stage: { Type: String }
    /// Conditions:
    ///   IsProduction: !Ref Stage
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Stage: { Type: String }
    /// Conditions:
    ///   IsProduction: !Equals [!Ref Stage, production]
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic, Condition: IsProduction }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Conditions section" and "Rules section"
    /// - cfn-lint E8001
    pub const CONDITION: Error = "condition";
}
