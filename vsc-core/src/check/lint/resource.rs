//! `resource`.

use super::declare::declare_lint;

declare_lint! {
    /// A resource has a type, and beside its properties only resource attributes that CloudFormation knows.
    ///
    /// # Why
    ///
    /// CloudFormation rejects any other member. Most often a property stands one level too high.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     BucketName: logs
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     DeletionPolicy: Retain
    ///     Properties: { BucketName: logs }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Resources section" and "Resource attribute reference"
    /// - cfn-lint E3001
    pub const RESOURCE: Error = "resource";
}
