//! `mistaken-type`.

use vsc_spec::{Diagnostic, resource};

use super::declare::declare_lint;
use crate::check::report::Report;

declare_lint! {
    /// Third-party resource types do not look like misspelt types of AWS.
    ///
    /// # Why
    ///
    /// A third-party type works only where it is registered in the account. If its name is almost that of an AWS
    /// type, it is more likely a typo.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Logs: { Type: AWSS::S3::Bucket }
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
    /// - AWS CloudFormation User Guide, "Managing extensions with the CloudFormation registry"
    /// - cfn-lint E3006, as an error
    pub const MISTAKEN_TYPE: Warning = "mistaken-type";
}

fn mistaken(name: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` is not a type of AWS"))
        .note("it works only where a type of this name is registered in the account")
        .help(format!("did you mean `{meant}`?"))
}

/// Checks a resource type that may be registered in the account.
pub(in crate::check) fn check(name: &str, report: &mut Report) {
    if let Some(meant) = resource::mistaken(name) {
        let diagnostic = mistaken(name, meant);
        report.at("Type", |report| report.value(MISTAKEN_TYPE, diagnostic));
    }
}
