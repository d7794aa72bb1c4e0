//! `mistaken-type`.

use vsc_spec::{Diagnostic, resource};

use super::declare::declare_lint;
use crate::check::report::Report;

declare_lint! {
    /// Types that others registered are not named almost as AWS's own.
    ///
    /// # Why
    ///
    /// A type of this name works only where it is registered in the account. If it reads like one of AWS's
    /// types, it is more often a typing mistake.
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
    Diagnostic::new(format!("`{name}` is not one of AWS's types"))
        .note("it works only where a type of this name is registered in the account")
        .help(format!("did you mean `{meant}`?"))
}

/// Checks the type of a resource that somebody may have registered.
pub(in crate::check) fn check(name: &str, report: &mut Report) {
    if let Some(meant) = resource::mistaken(name) {
        let diagnostic = mistaken(name, meant);
        report.at("Type", |report| report.value(MISTAKEN_TYPE, diagnostic));
    }
}
