//! A password for each developer, unless a provider signs them in.

use vsc_spec::team::{Login, TeamIde, Tls, User};

use super::handles::Password;
use super::parameters::Parameters;
use super::{suppressed, tags};
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::intrinsic::sub;

/// The length of a generated password of letters and digits.
pub const PASSWORD_LENGTH: i64 = 32;

/// The secrets of a team.
pub(super) struct Secrets {
    /// In the order of the users; empty if they share one, or have none.
    pub(super) passwords: Vec<Password>,
    pub(super) shared: Option<Password>,
}

/// The logical ID of the secret with the shared password.
pub(super) const SHARED: &str = "SharedPassword";

/// The logical ID of the secret with issued certificates.
pub(super) const CERTIFICATES: &str = "IssuedCertificates";

/// Adds the passwords, and the secret for issued certificates.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, parameters: &Parameters) -> Secrets {
    let secrets = match &parameters.password {
        Some(password) => Secrets {
            passwords: Vec::new(),
            shared: Some(shared(stack, ide, password)),
        },
        None => Secrets {
            passwords: match ide.login() {
                Login::Generated => generated(stack, ide),
                _ => Vec::new(),
            },
            shared: None,
        },
    };
    if matches!(ide.tls(), Tls::Acme { .. }) {
        certificates(stack, ide);
    }
    secrets
}

/// The secret with the shared password, which is never in the metadata.
fn shared(stack: &mut Stack, ide: &TeamIde, password: &Value<String>) -> Password {
    let secret = resource!(stack, (SHARED): AWS::SecretsManager::Secret {
        Name: sub("${AWS::StackName}/shared"),
        Description: "The password that all developers share",
        SecretString: password,
        Tags: tags::declared(ide),
    } with {
        Metadata: suppressed::metadata(suppressed::OWN_KEY),
    });
    Password::new((*secret).clone())
}

/// The secret with issued certificates, which outlives the host: issuers limit certificates per week.
fn certificates(stack: &mut Stack, ide: &TeamIde) {
    resource!(stack, (CERTIFICATES): AWS::SecretsManager::Secret {
        Name: sub("${AWS::StackName}/host/certificates"),
        Description: "The certificates that Let's Encrypt issued, and their keys",
        Tags: tags::declared(ide),
    } with {
        Metadata: suppressed::metadata(suppressed::OWN_KEY),
    });
}

/// The description: the user and the workspace.
fn description(user: &User) -> String {
    let name = user.name().as_str();
    let email = user.email().map(|email| format!(" ({})", email.as_str()));
    let email = email.unwrap_or_default();
    format!("The password of {name}{email} for {}", user.fqdn())
}

/// A generated secret for each user. CloudFormation generates the password, which is never in the
/// template.
fn generated(stack: &mut Stack, ide: &TeamIde) -> Vec<Password> {
    let mut passwords = Vec::new();
    for user in ide.users() {
        let name = user.name().as_str();
        let secret = resource!(stack, (user.logical_id("Password")): AWS::SecretsManager::Secret {
            Name: sub(format!("${{AWS::StackName}}/{name}")),
            Description: description(user),
            GenerateSecretString: {
                PasswordLength: PASSWORD_LENGTH,
                ExcludePunctuation: true,
            },
            Tags: tags::declared(ide),
        } with {
            Metadata: suppressed::metadata(suppressed::OWN_KEY),
        });
        passwords.push(Password::new((*secret).clone()));
    }
    passwords
}
