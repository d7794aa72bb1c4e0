//! How developers sign in.

mod client;
mod cognito;
mod issuer;
mod operators;

pub use client::{ClientId, ClientSecret};
pub use cognito::DomainPrefix;
pub use issuer::Issuer;
pub(super) use operators::check as check_operators;

use super::declaration::{LoginDeclaration, declared};
use super::key::Key;
use super::path::{DeclarationPath, LoginPart};
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::diagnostic::Diagnostic;
use crate::json::Text;
use crate::text;

/// How developers sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// Each has a password, which CloudFormation generates.
    Generated,
    /// All share a password, which the operator sets when the stack is deployed.
    Shared,
    /// With their accounts at an OpenID Connect provider.
    Oidc {
        /// The issuer of the provider.
        issuer: Issuer,
        /// The identifier of the team's client.
        client_id: ClientId,
        /// The secret in Secrets Manager with that of the client.
        client_secret: ClientSecret,
    },
    /// With accounts in a user pool of Amazon Cognito, which is part of the stack.
    Cognito {
        /// The prefix of the domain of its pages.
        domain_prefix: DomainPrefix,
    },
}

impl Login {
    /// Whether a provider signs developers in, by their e-mail addresses, rather than the host by passwords.
    pub fn is_by_provider(&self) -> bool {
        matches!(self, Self::Oidc { .. } | Self::Cognito { .. })
    }

    /// The login of a valid declaration.
    pub(super) fn admit(declared: Option<&LoginDeclaration>) -> Result<Self, Diagnostic> {
        Ok(match declared {
            Some(LoginDeclaration::Shared) => Self::Shared,
            Some(LoginDeclaration::Oidc {
                issuer: Some(issuer),
                client_id: Some(client_id),
                client_secret: Some(client_secret),
            }) => Self::Oidc {
                issuer: Issuer::new(issuer.clone())?,
                client_id: ClientId::new(client_id.clone())?,
                client_secret: ClientSecret::new(client_secret.clone())?,
            },
            Some(LoginDeclaration::Cognito {
                domain_prefix: Some(domain_prefix),
            }) => Self::Cognito {
                domain_prefix: DomainPrefix::new(domain_prefix.clone())?,
            },
            _ => Self::Generated,
        })
    }
}

impl LoginDeclaration {
    /// The name of the form, if a provider signs developers in.
    pub(super) const fn provider(&self) -> Option<&'static str> {
        match self {
            Self::Generated | Self::Shared => None,
            Self::Oidc { .. } => Some("oidc"),
            Self::Cognito { .. } => Some("cognito"),
        }
    }
}

const EXAMPLE: &str = "write `login = oidc(issuer = \"https://accounts.google.com\", client_id = \"…\", client_secret = \"acme/oidc\")`, with the name of the secret in Secrets Manager";

/// Validates the arguments of the form, of which none depends on another.
pub(super) const fn check(validation: &mut Validation, login: Option<&LoginDeclaration>) {
    match login {
        None | Some(LoginDeclaration::Generated | LoginDeclaration::Shared) => {}
        Some(LoginDeclaration::Oidc {
            issuer,
            client_id,
            client_secret,
        }) => {
            let parts = [
                (LoginPart::Issuer, issuer),
                (LoginPart::ClientId, client_id),
                (LoginPart::ClientSecret, client_secret),
            ];
            let mut at = 0;
            while at < parts.len() {
                let (part, value) = parts[at];
                check_part(validation, part, value.as_ref(), "`oidc` needs ", EXAMPLE);
                at += 1;
            }
        }
        Some(LoginDeclaration::Cognito { domain_prefix }) => check_part(
            validation,
            LoginPart::DomainPrefix,
            domain_prefix.as_ref(),
            "`cognito` needs ",
            "write `login = cognito(domain_prefix = \"acme-ide\")`: it has to be unique in its region",
        ),
    }
}

const fn check_part(
    validation: &mut Validation,
    part: LoginPart,
    value: Option<&Text>,
    needs: &str,
    help: &str,
) {
    let Some(value) = declared(value) else {
        let diagnostic = ConstDiagnostic::new(needs)
            .text("`")
            .text(part.name())
            .text("`")
            .note(part.meaning())
            .help(help);
        return validation.reject(DeclarationPath::Value(Key::Login), diagnostic);
    };
    let outcome = match part {
        LoginPart::Issuer => issuer::check(value),
        LoginPart::ClientId => client::check_id(value),
        LoginPart::ClientSecret => client::check_secret(value),
        LoginPart::DomainPrefix => cognito::check(value),
    };
    validation.take(DeclarationPath::Login(part), outcome);
}

impl LoginPart {
    /// What it is, as a note.
    const fn meaning(self) -> &'static str {
        match self {
            Self::Issuer => {
                "it identifies the provider, which publishes its configuration below it"
            }
            Self::ClientId => "the provider shows it where the team is registered",
            Self::ClientSecret => {
                "it is the name of a secret in Secrets Manager, from which the host reads it"
            }
            Self::DomainPrefix => "the pages of the user pool are below it",
        }
    }
}

/// Validates that a login by a provider is served over HTTPS, and that a pool holds the team.
pub(super) const fn check_form(
    validation: &mut Validation,
    login: &LoginDeclaration,
    is_plain: bool,
    accounts: usize,
) {
    let Some(provider) = login.provider() else {
        return;
    };
    let path = DeclarationPath::Value(Key::Login);
    if is_plain {
        let diagnostic = ConstDiagnostic::new("`")
            .text(provider)
            .text("` needs HTTPS")
            .note("`tls = none` would show the provider's codes and the sessions to the network")
            .help(
                "write `tls = ssm` or `tls = acme(email = \"ops@x.com\")`, or `login = generated`",
            );
        validation.reject(path, diagnostic);
    }
    if matches!(login, LoginDeclaration::Cognito { .. }) && accounts > cognito::MOST_ACCOUNTS {
        let diagnostic = ConstDiagnostic::new("")
            .count(accounts)
            .text(" accounts do not fit into a user pool of the stack")
            .note("Cognito invites each by an e-mail, and sends ")
            .count(cognito::MOST_ACCOUNTS)
            .text(" a day")
            .help("write `login = oidc(…)` with a pool of your own that sends them by Amazon SES, or with another provider");
        validation.reject(path, diagnostic);
    }
}

/// Validates the e-mail address by which a provider's account is known. It is in files of the host, so that it
/// has no characters with a meaning there.
pub(super) const fn check_email(email: &str) -> Result<(), ConstDiagnostic> {
    let bytes = email.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("@._+-'", bytes[at]) {
            return Err(ConstDiagnostic::new("")
                .quoted(email)
                .text(" cannot sign in")
                .note("an address that a provider signs in has letters, digits and `.`, `_`, `+`, `-`, `'`, not ")
                .character(text::character_at(email, at))
                .help("write another address of the account"));
        }
        at += 1;
    }
    Ok(())
}

/// Whether two e-mail addresses are those of one account: providers ignore case.
pub(super) const fn same_email(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.eq_ignore_ascii_case(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(login: &LoginDeclaration) -> Vec<(DeclarationPath, String)> {
        let mut validation = super::super::validation::Reports::new();
        check(&mut validation, Some(login));
        let errors = validation.errors();
        errors
            .map(|error| (error.path, error.diagnostic.message))
            .collect()
    }

    #[test]
    fn each_argument_is_needed() {
        let text = |text: &'static str| Some(Text::Borrowed(text));
        let login = DeclarationPath::Value(Key::Login);
        let none = LoginDeclaration::Oidc {
            issuer: None,
            client_id: None,
            client_secret: None,
        };
        let needs = |part: &str| (login, format!("`oidc` needs `{part}`"));
        assert_eq!(
            errors(&none),
            ["issuer", "client_id", "client_secret"].map(needs)
        );
        let right = LoginDeclaration::Oidc {
            issuer: text("https://accounts.google.com"),
            client_id: text("a"),
            client_secret: text("acme/oidc"),
        };
        assert_eq!(errors(&right), []);
        let wrong = LoginDeclaration::Oidc {
            issuer: text("http://x"),
            client_id: text(" "),
            client_secret: text("$"),
        };
        let paths: Vec<DeclarationPath> = errors(&wrong).iter().map(|(path, _)| *path).collect();
        let parts = [
            LoginPart::Issuer,
            LoginPart::ClientId,
            LoginPart::ClientSecret,
        ];
        assert_eq!(paths, parts.map(DeclarationPath::Login));
        let pool = |domain_prefix| errors(&LoginDeclaration::Cognito { domain_prefix });
        assert_eq!(
            pool(None),
            [(login, "`cognito` needs `domain_prefix`".to_owned())]
        );
        assert_eq!(pool(text("acme-ide")), []);
        let part = DeclarationPath::Login(LoginPart::DomainPrefix);
        assert_eq!(pool(text("aws"))[0].0, part);
    }

    #[test]
    fn addresses_that_files_would_escape_do_not_sign_in() {
        for email in ["alice@x.com", "o'brien+ide@x.com", "A_b.c-d@X.com"] {
            assert!(check_email(email).is_ok(), "{email}");
        }
        for email in ["a$b@x.com", "a`b@x.com", "a*@x.com", "a&b@x.com"] {
            assert!(check_email(email).is_err(), "{email}");
        }
        assert!(same_email("Alice@X.com", "alice@x.com") && !same_email("a@x", "ab@x"));
    }
}
