//! How developers sign in: what the host reads, and the URLs that a provider has to know.

use std::fmt::Write as _;

use vsc_spec::team::{ClientSecret, Login, Previews, TeamIde};

use super::outputs::named_url;
use super::pool;
use super::statement::Statement;
use crate::template::Value;
use crate::template::intrinsic::sub;

/// The path to which a provider sends the browser after a login.
const CALLBACK: &str = "/.login/callback";

/// The path to which a provider sends the browser after a log-out.
const SIGNED_OUT: &str = "/.login/out";

/// The URLs of one name of the host that a provider has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginUrls {
    /// The user of the workspace; `None` for the dashboard.
    pub user: Option<String>,
    /// The redirect URI: OpenID Connect Core 1.0, section 3.1.2.1.
    pub callback: String,
    /// The URI after a log-out: OpenID Connect RP-Initiated Logout 1.0, section 3.
    pub signed_out: String,
}

/// The URLs that a provider has to know, of each workspace and of the dashboard. Empty if no provider signs
/// developers in.
pub fn login_urls(ide: &TeamIde) -> Vec<LoginUrls> {
    if !ide.login().is_by_provider() {
        return Vec::new();
    }
    let urls = |user: Option<&str>, name: &str, port| LoginUrls {
        user: user.map(str::to_owned),
        callback: named_url(ide, name, port, CALLBACK),
        signed_out: named_url(ide, name, port, SIGNED_OUT),
    };
    let users = ide.users().iter().enumerate().map(|(index, user)| {
        let name = user.name().as_str();
        urls(Some(name), user.fqdn(), ide.workspace_port(index))
    });
    let domain = ide.domain().map_or("", |domain| domain.as_str());
    let dashboard = urls(None, &format!("monitor.{domain}"), ide.dashboard_port());
    users.chain([dashboard]).collect()
}

/// The lines of the host's environment file: durations are in seconds.
pub(super) fn environment(ide: &TeamIde) -> String {
    let is_by_provider = ide.login().is_by_provider();
    let mut text = format!(
        "LOGIN={login}\nSESSION={session}\nIDLE={idle}\n",
        login = if is_by_provider { "oidc" } else { "form" },
        session = ide.session().seconds(),
        idle = ide.idle().seconds(),
    );
    // Writing into a string cannot fail.
    if let Some(operators) = ide.operators() {
        _ = writeln!(text, "OPERATORS=\"{}\"", operators.join(" "));
    }
    if ide.previews() == Previews::Subdomains {
        text.push_str("PREVIEWS=1\n");
    }
    match ide.login() {
        Login::Generated | Login::Shared => {}
        Login::Oidc {
            issuer,
            client_id,
            client_secret,
        } => {
            let verified = if issuer.is_single_tenant() {
                ""
            } else {
                VERIFIED
            };
            _ = write!(
                text,
                "OIDC_ISSUER={issuer}\nOIDC_CLIENT_ID={id}\nOIDC_CLIENT_SECRET={secret}\n{verified}",
                issuer = issuer.as_str(),
                id = client_id.as_str(),
                secret = client_secret.as_str(),
            );
        }
        Login::Cognito { .. } => {
            _ = write!(
                text,
                "OIDC_ISSUER={issuer}\nOIDC_CLIENT_ID=${{{client}}}\nOIDC_CLIENT_SECRET=${{{secret}}}\n{VERIFIED}",
                issuer = pool::ISSUER,
                client = pool::CLIENT,
                secret = pool::CLIENT_SECRET,
            );
        }
    }
    text
}

/// The host lets in only e-mail addresses of which the provider says that they are verified.
const VERIFIED: &str = "OIDC_VERIFIED=1\n";

/// The permission to read the secret of a client. That of a pool is a secret of the stack.
pub(super) fn read_client_secret(ide: &TeamIde) -> Option<Statement> {
    let Login::Oidc { client_secret, .. } = ide.login() else {
        return None;
    };
    let statement = Statement::allow(
        ["secretsmanager:GetSecretValue"],
        [secret_arn(client_secret)],
    );
    Some(statement.sid("ReadClientSecret"))
}

/// The ARN of a secret, which ends with six random characters.
fn secret_arn(secret: &ClientSecret) -> Value<String> {
    let secret = secret.as_str();
    if secret.starts_with("arn:") {
        return Value::from_json(secret.to_owned().into());
    }
    sub(format!(
        "arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:{secret}-??????"
    ))
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::{TeamIdeBuilder, UserBuilder};

    use super::*;

    fn team() -> TeamIdeBuilder {
        TeamIde::builder()
            .domain("code.x.com")
            .user(UserBuilder::new("alice").email("alice@x.com"))
            .user(UserBuilder::new("bob").email("bob@x.com"))
    }

    fn built(team: TeamIdeBuilder) -> TeamIde {
        team.build().expect("it is right")
    }

    #[test]
    fn a_provider_knows_every_name() {
        let google =
            |team: TeamIdeBuilder| team.login_oidc("https://accounts.google.com", "a", "acme/oidc");
        assert_eq!(login_urls(&built(team())), []);
        let urls = login_urls(&built(google(team()).dashboard_port(443).port(8443)));
        let shown: Vec<String> = urls
            .into_iter()
            .map(|it| format!("{:?} {} {}", it.user, it.callback, it.signed_out))
            .collect();
        assert_eq!(
            shown,
            [
                "Some(\"alice\") https://alice.code.x.com:8443/.login/callback https://alice.code.x.com:8443/.login/out",
                "Some(\"bob\") https://bob.code.x.com:8443/.login/callback https://bob.code.x.com:8443/.login/out",
                "None https://monitor.code.x.com/.login/callback https://monitor.code.x.com/.login/out",
            ]
        );
    }

    #[test]
    fn the_host_reads_how_developers_sign_in() {
        let plain = built(TeamIde::builder().users(1).tls_none());
        assert_eq!(
            environment(&plain),
            "LOGIN=form\nSESSION=43200\nIDLE=7200\n"
        );
        let operated = built(team().session("1 h").operators(["bob", "alice@x.com"]));
        assert_eq!(
            environment(&operated),
            "LOGIN=form\nSESSION=3600\nIDLE=3600\nOPERATORS=\"alice bob\"\nPREVIEWS=1\n"
        );
        let of = |issuer: &'static str| {
            let team = team().login_oidc(issuer, "id", "acme/oidc");
            environment(&built(team.previews(Previews::Paths)))
        };
        let lines = |issuer: &str| {
            format!(
                "LOGIN=oidc\nSESSION=43200\nIDLE=7200\nOIDC_ISSUER={issuer}\nOIDC_CLIENT_ID=id\nOIDC_CLIENT_SECRET=acme/oidc\n"
            )
        };
        let google = "https://accounts.google.com";
        assert_eq!(of(google), format!("{}OIDC_VERIFIED=1\n", lines(google)));
        let entra = "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0";
        assert_eq!(of(entra), lines(entra));
    }
}
