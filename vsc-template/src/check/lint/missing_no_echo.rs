//! `missing-no-echo`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::secret::Input;

declare_lint! {
    /// Parameters for secrets have `NoEcho`.
    ///
    /// # Why
    ///
    /// Anyone who may describe the stack can read the values of its parameters. A parameter is treated as a
    /// secret if its name ends in `Password`, `ApiKey`, `AccessToken` and the like.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   DbPassword: { Type: String }
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
    /// - AWS CloudFormation User Guide, "Parameters section", `NoEcho`
    /// - cfn-lint W2501
    pub const MISSING_NO_ECHO: Warning = "missing-no-echo";
}

fn missing(id: &str) -> Diagnostic {
    Diagnostic::new(format!("`{id}` looks like a secret, but is not hidden"))
        .note("anyone who may describe the stack can read the values of its parameters")
        .help("add `NoEcho: true`, or read the secret from Secrets Manager")
}

/// Checks a parameter.
pub(in crate::check) fn check(parameter: &Input<'_>, report: &mut Report) {
    if parameter.is_secret && !parameter.is_hidden {
        report.name(MISSING_NO_ECHO, missing(parameter.id));
    }
}
