//! `unpackaged-local-path`.

use vsc_spec::resource::{Step, Violation};
use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;

declare_lint! {
    /// Code is where CloudFormation finds it: local paths have to be packaged first.
    ///
    /// # Why
    ///
    /// `aws cloudformation package`, `sam package` and `rain pkg` upload what a local path leads to, and write
    /// where it is into the template. CloudFormation itself rejects the path.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Function:
    ///     Type: AWS::Lambda::Function
    ///     Properties:
    ///       Role: "arn:aws:iam::123456789012:role/name"
    ///       Runtime: python3.13
    ///       Handler: app.handler
    ///       Code: ./src
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Function:
    ///     Type: AWS::Lambda::Function
    ///     Properties:
    ///       Role: "arn:aws:iam::123456789012:role/name"
    ///       Runtime: python3.13
    ///       Handler: app.handler
    ///       Code: { S3Bucket: artifacts, S3Key: app.zip }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CLI Command Reference, "cloudformation package"
    /// - cfn-lint W3002
    pub const UNPACKAGED_LOCAL_PATH: Warning = "unpackaged-local-path";
}

fn unpackaged(name: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` is a string; expected `{expected}`"))
        .note("a path works once `aws cloudformation package` has uploaded what is there")
        .help("deploy what `aws cloudformation package` makes of the template")
}

/// The properties in which `aws cloudformation package` replaces a path with an object.
const PACKAGED: [(&str, &str, &str); 4] = [
    (
        "AWS::ApiGateway::RestApi",
        "BodyS3Location",
        "{ Bucket: …, Key: … }",
    ),
    (
        "AWS::ElasticBeanstalk::ApplicationVersion",
        "SourceBundle",
        "{ S3Bucket: …, S3Key: … }",
    ),
    ("AWS::Lambda::Function", "Code", "{ ZipFile: … }"),
    (
        "AWS::Lambda::LayerVersion",
        "Content",
        "{ S3Bucket: …, S3Key: … }",
    ),
];

/// What to report instead of an error of a property that holds a path where an object is expected.
pub(in crate::check) fn instead_of(
    error: &Violation,
    type_name: &str,
    properties: &Json,
) -> Option<Diagnostic> {
    let [Step::Key(name)] = error.location.path.as_slice() else {
        return None;
    };
    let mut known = PACKAGED.iter();
    let (.., expected) =
        known.find(|(of, known, _)| (*of, *known) == (type_name, name.as_ref()))?;
    properties.get(name)?.as_str()?;
    Some(unpackaged(name, expected))
}
