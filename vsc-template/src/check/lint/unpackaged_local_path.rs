//! `unpackaged-local-path`.

use vsc_spec::resource::{Step, Violation};
use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;

declare_lint! {
    /// Local paths are packaged before the template is deployed.
    ///
    /// # Why
    ///
    /// `aws cloudformation package`, `sam package` and `rain pkg` upload the files of a local path, and replace it
    /// with their location in S3. CloudFormation itself rejects the path.
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
        .note("a local path works only after `aws cloudformation package` has uploaded its files")
        .help("deploy the output of `aws cloudformation package`")
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

/// The diagnostic that replaces an error of a property with a path instead of an object.
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
