//! `hardcoded-secret`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::Subject;

declare_lint! {
    /// Secrets are not hardcoded in the template.
    ///
    /// # Why
    ///
    /// A hardcoded secret is in every copy of the template, and in the history of its repository.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Secret:
    ///     Type: AWS::SecretsManager::Secret
    ///     Properties:
    ///       SecretString: hunter2
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Secret:
    ///     Type: AWS::SecretsManager::Secret
    ///     Properties:
    ///       GenerateSecretString: { PasswordLength: 32 }
    /// ```
    ///
    /// # Sources
    ///
    /// - CWE-798, "Use of Hard-coded Credentials"
    /// - AWS CloudFormation User Guide, "Get values stored in other services using dynamic references"
    pub const HARDCODED_SECRET: Warning = "hardcoded-secret";
}

fn hardcoded(name: &str) -> Diagnostic {
    Diagnostic::new(format!("the secret `{name}` is hardcoded in the template"))
        .note("it is in every copy of the template, and in the history of its repository")
        .help("let Secrets Manager generate it, and refer to it by `{{resolve:secretsmanager:…}}`")
}

/// Properties whose value is a secret.
const SECRETS: [&str; 9] = [
    "AdminPassword",
    "AuthToken",
    "ClientSecret",
    "MasterPassword",
    "MasterUserPassword",
    "OAuthToken",
    "Password",
    "SecretAccessKey",
    "SecretString",
];

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    let Some(properties) = subject.properties.as_object() else {
        return;
    };
    for (name, value) in properties.iter() {
        let Json::String(text) = value else { continue };
        if SECRETS.contains(&name) && !text.is_empty() && !text.contains("{{resolve:") {
            report.at(name, |report| {
                report.value(HARDCODED_SECRET, hardcoded(name));
            });
        }
    }
}
