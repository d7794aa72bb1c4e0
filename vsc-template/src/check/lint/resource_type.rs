//! `resource-type`.

use vsc_spec::{Diagnostic, resource};

use super::declare::declare_lint;

declare_lint! {
    /// The type of a resource exists.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a type that neither AWS nor the account has registered. `AWS::Serverless` types need
    /// their transform.
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
    /// - cfn-lint E3006, E3038
    pub const RESOURCE_TYPE: Error = "resource-type";
}

/// No type has this name. With `suggests`, the help suggests the nearest one.
pub(in crate::check) fn unknown(name: &str, suggests: bool) -> Diagnostic {
    let diagnostic = if suggests {
        resource::unknown(name)
    } else {
        Diagnostic::new(format!("there is no resource type `{name}`"))
    };
    match diagnostic.help {
        None if !name.contains("::") => diagnostic.help("for example `AWS::S3::Bucket`"),
        _ => diagnostic,
    }
}

/// The type of a transform that the template does not have.
pub(in crate::check) fn missing_transform(name: &str) -> Diagnostic {
    Diagnostic::new(format!(
        "`{name}` needs the transform `AWS::Serverless-2016-10-31`"
    ))
    .help("add `Transform: AWS::Serverless-2016-10-31` to the template")
}
