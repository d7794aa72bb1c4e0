//! `resource`.

use vsc_spec::Diagnostic;

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

pub(in crate::check) fn not_an_object(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the resource `{id}` is an object"))
        .help("write its type: `Type: AWS::Service::Resource`")
}

pub(in crate::check) fn invalid_type() -> Diagnostic {
    Diagnostic::new("the type of a resource is a string")
}

pub(in crate::check) fn missing_type(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the resource `{id}` has no `Type`"))
        .help("add `Type: AWS::Service::Resource`")
}
