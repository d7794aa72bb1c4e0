//! `property`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Properties match the schema of their resource type.
    ///
    /// # Why
    ///
    /// The service rejects an unknown property, a value of another type, out of range or not among the allowed
    /// values, a missing required property, and a reference to something else than the property accepts.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     Properties: { BuketName: logs }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     Properties: { BucketName: logs }
    /// ```
    ///
    /// # Sources
    ///
    /// - The resource provider schemas of AWS CloudFormation; `vsc schema TYPE` prints them
    /// - cfn-lint E3002, E3003, E3012, E3030, E3031
    pub const PROPERTY: Error = "property";
}

pub(in crate::check) fn not_an_object() -> Diagnostic {
    Diagnostic::new("`Properties` is not an object")
}
