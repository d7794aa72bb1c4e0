//! `open-function-url`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::Subject;

declare_lint! {
    /// Function URLs authenticate their callers.
    ///
    /// # Why
    ///
    /// With `AuthType: NONE` anyone can call the function, and the account pays for each call.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Url:
    ///     Type: AWS::Lambda::Url
    ///     Properties:
    ///       TargetFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f"
    ///       AuthType: NONE
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Url:
    ///     Type: AWS::Lambda::Url
    ///     Properties:
    ///       TargetFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f"
    ///       AuthType: AWS_IAM
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS Lambda Developer Guide, "Control access to Lambda function URLs"
    /// - checkov CKV_AWS_258
    pub const OPEN_FUNCTION_URL: Warning = "open-function-url";
}

fn open() -> Diagnostic {
    Diagnostic::new("the function URL does not authenticate callers")
        .note("anyone can call the function, and the account pays for each call")
        .help("write `AuthType: AWS_IAM`, or authenticate callers in the function")
}

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    let kind = subject.properties.get("AuthType").and_then(Json::as_str);
    if subject.type_name == "AWS::Lambda::Url" && kind == Some("NONE") {
        report.at("AuthType", |report| report.value(OPEN_FUNCTION_URL, open()));
    }
}
