//! The login: checks the provider, the secret of the client, and the names of previews.

use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use vsc_spec::{Diagnostic, Json, Object};

use super::account::{Account, Outcome};
use super::check::Check;
use super::needs;
use crate::assembly::{Provider, Team};
use crate::aws::call::{self, SECRETS_MANAGER};
use crate::aws::session::Stopped;

/// Where a provider has its configuration: OpenID Connect Discovery 1.0, section 4.
const CONFIGURATION: &str = "/.well-known/openid-configuration";

impl Account<'_> {
    /// The checks of a provider that is not part of the stack.
    pub(super) async fn provider_checks(&self, provider: &Provider) -> [Check; 2] {
        [
            self.issuer(&provider.issuer).await,
            Self::found(
                needs::CLIENT_SECRET,
                self.client_secret(&provider.client_secret).await,
            ),
        ]
    }

    /// Whether the provider has a configuration, and is the issuer that is declared. It may be reachable for the
    /// host alone.
    async fn issuer(&self, issuer: &str) -> Check {
        const SUBJECT: &str = needs::PROVIDER;
        let url = issuer.trim_end_matches('/');
        let call = call::document(self.session.config(), url, CONFIGURATION);
        let found = match self.session.call("GetConfiguration", call).await {
            Ok(found) => found,
            Err(Stopped::Interrupted) => {
                return Check::doubtful(SUBJECT, Diagnostic::new("interrupted"));
            }
            Err(Stopped::Failed(error)) => {
                let diagnostic =
                    Diagnostic::new(format!("{url}{CONFIGURATION}: {}", error.cause()))
                        .note("the host reads the configuration of the provider there")
                        .help("check `issuer`, and that the host reaches the provider");
                return Check::doubtful(SUBJECT, diagnostic);
            }
        };
        compared(issuer, &found)
    }

    async fn client_secret(&self, name: &str) -> Outcome {
        const SUBJECT: &str = needs::CLIENT_SECRET;
        let body = Json::Object(Object::new().with("SecretId", name.to_owned()));
        let config = self.session.config();
        let call = call::json(config, &SECRETS_MANAGER, "DescribeSecret", &body);
        match self.session.call("DescribeSecret", call).await {
            Ok(found) if found.get("DeletedDate").is_some() => {
                let diagnostic = Diagnostic::new(format!("the secret {name} is being deleted"))
                    .help(format!(
                        "run `aws secretsmanager restore-secret --secret-id {name}`"
                    ));
                Ok(Check::bad(SUBJECT, diagnostic))
            }
            Ok(_) => Ok(Check::good(SUBJECT, name)),
            Err(Stopped::Failed(error)) if error.code() == "ResourceNotFoundException" => {
                let diagnostic = Diagnostic::new(format!("there is no secret {name}"))
                    .note("the host reads the secret of its client from it")
                    .help(format!(
                        "run `aws secretsmanager create-secret --name {name} --secret-string file:///dev/stdin`, and paste the secret there"
                    ));
                Ok(Check::bad(SUBJECT, diagnostic))
            }
            Err(stopped) => Err(stopped),
        }
    }
}

fn compared(issuer: &str, configuration: &Json) -> Check {
    const SUBJECT: &str = needs::PROVIDER;
    match configuration.get("issuer").and_then(Json::as_str) {
        Some(found) if found == issuer => Check::good(SUBJECT, issuer),
        Some(found) => {
            let diagnostic = Diagnostic::new(format!("the provider calls itself {found}"))
                .note(format!("its tokens are not those of {issuer}"))
                .help(format!("write `issuer = {found:?}`"));
            Check::bad(SUBJECT, diagnostic)
        }
        None => {
            let diagnostic = Diagnostic::new(format!("{issuer} has no configuration"))
                .note("an OpenID Connect provider publishes its issuer there")
                .help("check `issuer`");
            Check::bad(SUBJECT, diagnostic)
        }
    }
}

/// The warning about a certificate that lacks names of previews. A parameter that is encrypted is not read.
pub(super) fn names_of_previews(team: &Team, certificate: &str) -> Option<Diagnostic> {
    if team.login.previews.as_deref() != Some("subdomains") {
        return None;
    }
    let der = CertificateDer::from_pem_slice(certificate.as_bytes()).ok()?;
    let certificate = ParsedCertificate::try_from(&der).ok()?;
    let domain = &team.needs.hosted_zone.as_ref()?.domain;
    let names = team
        .users
        .iter()
        .map(|user| format!("{}.{domain}", user.name));
    let lacks = |name: &String| {
        let preview = ServerName::try_from(format!("3000.{name}"));
        preview.is_ok_and(|preview| verify_server_name(&certificate, &preview).is_err())
    };
    let missing: Vec<String> = names
        .filter(lacks)
        .map(|name| format!("*.{name}"))
        .collect();
    let first = missing.first()?.replacen('*', "3000", 1);
    let diagnostic = Diagnostic::new(format!(
        "the certificate lacks names of previews: {}",
        missing.join(", ")
    ))
    .note(format!(
        "browsers warn about previews such as https://{first}"
    ))
    .help("get a certificate with these names, or write `previews = paths`");
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use vsc_spec::team::{Previews, TeamIde};

    use super::*;
    use crate::assembly::Stack;
    use crate::assembly::written::{declared, team};
    use crate::aws::scripted::{Answer, Aws, bad, good};
    use crate::operation::doctor::Outcome;
    use crate::view::doctor::text;

    /// A certificate of OpenSSL for `*.code.example.com` and `*.alice.code.example.com`.
    const CERTIFICATE: &str = include_str!("previews.pem");

    #[test]
    fn a_certificate_without_names_of_previews_is_reported() {
        let lacking = |stack: Stack, certificate| {
            let team = stack.team.expect("it is a team");
            names_of_previews(&team, certificate).map(|diagnostic| diagnostic.to_string())
        };
        let lacks = lacking(team(|team| team), CERTIFICATE);
        assert_eq!(
            lacks.as_deref(),
            Some(
                "the certificate lacks names of previews: *.bob.code.example.com\n\
                 browsers warn about previews such as https://3000.bob.code.example.com\n\
                 = help: get a certificate with these names, or write `previews = paths`"
            )
        );
        let paths = team(|team| team.previews(Previews::Paths));
        assert_eq!(lacking(paths, CERTIFICATE), None);
        let alone = TeamIde::builder().user("alice").domain("code.example.com");
        assert_eq!(lacking(declared(alone.declaration()), CERTIFICATE), None);
        // An encrypted parameter.
        assert_eq!(lacking(team(|team| team), "AQICAHh4"), None);
    }

    /// What `doctor` prints about a provider that answers this, and about the secret of its client.
    fn checked(configuration: Answer, secret: Answer) -> (String, [String; 2]) {
        let aws = Aws::default()
            .answers("GET", [configuration])
            .answers("DescribeSecret", [secret]);
        let provider = Provider {
            issuer: "https://id.x.com/realms/acme/".to_owned(),
            client_secret: "acme/oidc".to_owned(),
        };
        let answers = BTreeMap::new();
        let checks = aws.run(async |session| {
            let account = Account {
                session,
                answers: &answers,
            };
            account.provider_checks(&provider).await
        });
        let call = aws.last("GET");
        let signed = call.headers.iter().any(|(name, _)| name == "authorization");
        assert!(!signed, "{call:?}");
        (call.url, checks.map(|check| text(&check)))
    }

    #[test]
    fn a_provider_and_its_secret_are_looked_at() {
        let issuer = "{\"issuer\": \"https://id.x.com/realms/acme/\"}";
        let (url, [provider, secret]) = checked(good(issuer), good("{}"));
        assert_eq!(
            url,
            "https://id.x.com/realms/acme/.well-known/openid-configuration"
        );
        assert!(
            provider.contains("https://id.x.com/realms/acme/"),
            "{provider}"
        );
        assert!(
            secret.contains("acme/oidc") && !secret.contains("help"),
            "{secret}"
        );
        let missing = || bad("ResourceNotFoundException", "no");
        let (_, [provider, secret]) = checked(good("<html>"), missing());
        assert!(provider.contains("has no configuration"), "{provider}");
        assert!(secret.contains("there is no secret acme/oidc"), "{secret}");
        let (_, [provider, secret]) = checked(bad("NotFound", "no"), good("{\"DeletedDate\": 1}"));
        assert!(provider.contains("check `issuer`"), "{provider}");
        assert!(secret.contains("is being deleted"), "{secret}");
    }

    #[test]
    fn a_provider_is_the_declared_issuer() {
        let issuer = "https://id.x.com";
        let of = |issuer: &str| Json::object([("issuer", issuer.to_owned())]);
        let good = |configuration: &Json| {
            matches!(compared(issuer, configuration).outcome, Outcome::Good(_))
        };
        assert!(good(&of(issuer)));
        assert!(!good(&of("https://id.x.com/")) && !good(&Json::Null));
        let shown = text(&compared(issuer, &of("https://id.x.com/")));
        assert!(
            shown.contains("write `issuer = \"https://id.x.com/\"`"),
            "{shown}"
        );
    }
}
