//! `mapping`.

use super::declare::declare_lint;

declare_lint! {
    /// Mappings have two levels of keys, and `Fn::FindInMap` names keys that exist.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a mapping of another depth, and a lookup that finds nothing.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Mappings:
    ///   Stages: { test: small }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Mappings:
    ///   Stages: { test: { size: small } }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Mappings section"
    /// - cfn-lint E7001, E1011
    pub const MAPPING: Error = "mapping";
}
