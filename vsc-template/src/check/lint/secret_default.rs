//! `secret-default`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::secret::Input;

declare_lint! {
    /// Parameters for secrets have no default.
    ///
    /// # Why
    ///
    /// The default is in every copy of the template, and applies wherever the parameter is not set.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   DbPassword: { Type: String, NoEcho: true, Default: hunter2 }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   DbPassword: { Type: String, NoEcho: true }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - CWE-1392, "Use of Default Credentials"
    /// - AWS CloudFormation User Guide, "Security best practices for CloudFormation": do not embed credentials
    pub const SECRET_DEFAULT: Warning = "secret-default";
}

fn default(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the secret `{id}` has a default"))
        .note("it is in every copy of the template, and applies wherever the parameter is not set")
        .help("remove `Default`")
}

/// Checks a parameter.
pub(in crate::check) fn check(parameter: &Input<'_>, report: &mut Report) {
    let is_written = match parameter.default {
        Some(Json::String(text)) => !text.trim().is_empty() && !text.contains("{{resolve:"),
        Some(Json::Integer(_)) => true,
        _ => false,
    };
    if is_written && parameter.is_secret {
        report.at("Default", |report| {
            report.value(SECRET_DEFAULT, default(parameter.id));
        });
    }
}
