//! `public-policy`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::items;
use crate::check::report::Report;

declare_lint! {
    /// Resource-based policies name the principals that may use the resource.
    ///
    /// # Why
    ///
    /// The principal `*` is every account and anonymous users. A `Condition`, or for a Lambda permission a property
    /// such as `SourceArn`, restricts it.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::S3::BucketPolicy
    ///     Properties:
    ///       Bucket: logs
    ///       PolicyDocument:
    ///         Version: "2012-10-17"
    ///         Statement:
    ///           - Effect: Allow
    ///             Action: s3:GetObject
    ///             Resource: "arn:aws:s3:::logs/*"
    ///             Principal: "*"
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::S3::BucketPolicy
    ///     Properties:
    ///       Bucket: logs
    ///       PolicyDocument:
    ///         Version: "2012-10-17"
    ///         Statement:
    ///           - Effect: Allow
    ///             Action: s3:GetObject
    ///             Resource: "arn:aws:s3:::logs/*"
    ///             Principal: { Service: logging.s3.amazonaws.com }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS IAM User Guide, "AWS JSON policy elements: Principal"
    /// - AWS Lambda Developer Guide, "Viewing resource-based IAM policies in Lambda"
    pub const PUBLIC_POLICY: Warning = "public-policy";
}

fn everybody() -> Diagnostic {
    Diagnostic::new("the policy allows everyone")
        .note("the principal `*` is every account and anonymous users")
        .help("name the accounts, or add a `Condition` such as `aws:SourceArn`")
}

fn everybody_calls() -> Diagnostic {
    Diagnostic::new("the permission allows everyone to call the function")
        .note("the principal `*` is every account")
        .help("name the service or the account, and add `SourceArn`")
}

/// Checks the principal of a statement.
pub(in crate::check) fn check(statement: &Json, report: &mut Report) {
    let Some(principal) = statement.get("Principal") else {
        return;
    };
    let anybody = |value: &Json| items(value).iter().any(|item| item.as_str() == Some("*"));
    let is_public = anybody(principal) || principal.get("AWS").is_some_and(anybody);
    if is_public && statement.get("Condition").is_none() {
        report.at("Principal", |report| {
            report.value(PUBLIC_POLICY, everybody());
        });
    }
}

/// Checks the principal of a Lambda permission.
pub(in crate::check) fn check_permission(properties: &Json, principal: &Json, report: &mut Report) {
    let narrowed = [
        "SourceArn",
        "SourceAccount",
        "PrincipalOrgID",
        "EventSourceToken",
        "FunctionUrlAuthType",
    ]
    .iter()
    .any(|name| properties.get(name).is_some());
    if principal.as_str() == Some("*") && !narrowed {
        report.value(PUBLIC_POLICY, everybody_calls());
    }
}
