//! `resource-type`.

use super::declare::declare_lint;

declare_lint! {
    /// The type of a resource exists.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a type that neither AWS nor the account has registered. `AWS::Serverless` types
    /// exist with their transform alone.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Logs: { Type: AWS::S3::Buckets }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Logs: { Type: AWS::S3::Bucket }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation Template Reference, "AWS resource and property types reference"
    /// - cfn-lint E3006
    pub const RESOURCE_TYPE: Error = "resource-type";
}
