//! `resource`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// A resource has a type, and only known resource attributes.
    ///
    /// # Why
    ///
    /// CloudFormation rejects any other member. Most often it is a property, one level too high.
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
    Diagnostic::new(format!("the resource `{id}` is not an object"))
        .help("write `Type: AWS::Service::Resource` below it")
}

pub(in crate::check) fn invalid_type() -> Diagnostic {
    Diagnostic::new("the type of a resource is a string")
}

pub(in crate::check) fn missing_type(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the resource `{id}` has no `Type`"))
        .help("add `Type: AWS::Service::Resource`")
}
