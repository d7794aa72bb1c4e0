//! The issuer of an OpenID Connect provider.

use super::super::checked_text::checked_text;
use super::super::host_name;
use crate::const_diagnostic::{ConstDiagnostic, attempt};
use crate::text;

checked_text! {
    /// The issuer of an OpenID Connect provider: OpenID Connect Core 1.0, section 2, `iss`. Its configuration is
    /// below `/.well-known/openid-configuration`: OpenID Connect Discovery 1.0, section 4.
    Issuer by check
}

impl Issuer {
    /// Whether the issuer is a single tenant of Microsoft Entra ID, which has no claim `email_verified`: its
    /// administrators set the e-mail addresses of its users.
    pub fn is_single_tenant(&self) -> bool {
        let (host, _) = host_and_path(self.as_str());
        is_entra(host) || text::equal(host, STS)
    }
}

const EXAMPLE: &str = "for example \"https://accounts.google.com\"";

/// Where the configuration of an issuer is.
const CONFIGURATION: &str = "/.well-known/openid-configuration";

/// The longest issuer, in characters.
const LONGEST: usize = 512;

/// Validates an issuer.
pub(in crate::team) const fn check(issuer: &str) -> Result<(), ConstDiagnostic> {
    if issuer.is_empty() {
        return Err(rejected(issuer).note("it is empty").help(EXAMPLE));
    }
    if issuer.len() > LONGEST {
        return Err(rejected(issuer)
            .note("it has more than ")
            .count(LONGEST)
            .text(" characters")
            .help(EXAMPLE));
    }
    if let Some(at) = odd_character(issuer) {
        let diagnostic = rejected(issuer).note("");
        let character = text::character_at(issuer, at);
        return Err(match character.as_bytes() {
            b"?" => diagnostic.text("an issuer has no query"),
            b"#" => diagnostic.text("an issuer has no fragment"),
            _ => diagnostic.character(character).text(" is not allowed there"),
        }
        .help("write the `issuer` of the provider's configuration, such as \"https://accounts.google.com\""));
    }
    if let Some(bare) = without_configuration(issuer) {
        return suggest(issuer, "an issuer is what is before `/.well-known/`", bare);
    }
    let Some(rest) = text::strip_prefix(issuer, "https://") else {
        return Err(not_https(issuer));
    };
    let (host, _) = text::next_part(rest, b'/');
    if text::contains(host, b'@') {
        return Err(rejected(issuer)
            .note("an issuer has no user name")
            .help(EXAMPLE));
    }
    let (name, port) = text::next_part(host, b':');
    if host_name::check(name).is_err() {
        return Err(rejected(issuer)
            .note("")
            .quoted(name)
            .text(" is not a valid host name")
            .help(EXAMPLE));
    }
    if let Some(port) = port
        && !matches!(text::number(port), Some(1..=65_535))
    {
        return Err(rejected(issuer)
            .note("its port is not between 1 and 65535")
            .help(EXAMPLE));
    }
    attempt!(check_provider(issuer));
    Ok(())
}

const fn rejected(issuer: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(issuer)
        .text(" is not a valid issuer")
}

/// Rejects an issuer with a suggestion.
const fn suggest(issuer: &str, note: &str, meant: &str) -> Result<(), ConstDiagnostic> {
    let diagnostic = rejected(issuer).note(note);
    Err(if check(meant).is_ok() {
        diagnostic.help("write ").quoted(meant)
    } else {
        diagnostic.help(EXAMPLE)
    })
}

const fn not_https(issuer: &str) -> ConstDiagnostic {
    let rest = match text::find(issuer, b':') {
        Some(at) if text::starts_with(issuer.split_at(at).1, "://") => issuer.split_at(at + 3).1,
        _ => issuer,
    };
    let mut https = text::Buffer::<LONGEST>::new();
    https.push("https://");
    https.push(rest);
    let diagnostic = rejected(issuer).note("an issuer is a URL that begins with `https://`");
    if issuer.len() + "https://".len() <= LONGEST
        && text::starts_with(https.as_str(), "https://")
        && !text::contains(rest, b':')
        && text::contains(rest, b'.')
        && check(https.as_str()).is_ok()
    {
        diagnostic.help("write ").quoted(https.as_str())
    } else {
        diagnostic.help(EXAMPLE)
    }
}

/// The first character that no issuer has, or that the host's files would have to escape.
const fn odd_character(issuer: &str) -> Option<usize> {
    let bytes = issuer.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if !byte.is_ascii_alphanumeric() && !text::contains("-._~:/@%+=,", byte) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The issuer without the path of its configuration.
const fn without_configuration(issuer: &str) -> Option<&str> {
    let end = issuer.len();
    if end <= CONFIGURATION.len() {
        return None;
    }
    let (bare, path) = issuer.split_at(end - CONFIGURATION.len());
    if text::equal(path, CONFIGURATION) {
        Some(bare)
    } else {
        None
    }
}

const fn host_and_path(issuer: &str) -> (&str, &str) {
    let rest = match text::strip_prefix(issuer, "https://") {
        Some(rest) => rest,
        None => issuer,
    };
    match text::split_once(rest, b'/') {
        Some(parts) => parts,
        None => (rest, ""),
    }
}

/// The issuer of version 1 of Microsoft's tokens.
const STS: &str = "sts.windows.net";

/// Whether it is the host of Microsoft Entra ID, in one of its clouds: Microsoft identity platform, "National
/// clouds".
const fn is_entra(host: &str) -> bool {
    matches!(
        host.as_bytes(),
        b"login.microsoftonline.com"
            | b"login.microsoftonline.us"
            | b"login.partner.microsoftonline.cn"
    )
}

/// The tenant of all personal accounts of Microsoft: Microsoft identity platform, "ID token claims
/// reference", `tid`.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

const ENTRA_HELP: &str = "write the ID of your tenant, from the Overview of the Entra admin center: https://login.microsoftonline.com/TENANT-ID/v2.0";

/// Rejects issuers that are no OpenID Connect providers, and those that let in users of any tenant, whose
/// administrators choose the e-mail addresses of their users: nobody but the owner of a mailbox is to be let in.
const fn check_provider(issuer: &str) -> Result<(), ConstDiagnostic> {
    let (host, path) = host_and_path(issuer);
    let (tenant, rest) = text::next_part(path, b'/');
    if is_entra(host) {
        return check_entra(issuer, tenant, rest);
    }
    let (message, note, help) = match host.as_bytes() {
        b"sts.windows.net" => {
            if is_guid(tenant) && !text::equal(tenant, PERSONAL) {
                return Ok(());
            }
            (ANY_TENANT, ANY_TENANT_NOTE, ENTRA_HELP)
        }
        b"login.windows.net" | b"login.microsoft.com" | b"login.live.com" => (
            " is not the issuer of Microsoft's tokens",
            "they are issued by `login.microsoftonline.com`",
            ENTRA_HELP,
        ),
        b"login.salesforce.com" | b"test.salesforce.com" => (
            ANY_TENANT,
            ANY_TENANT_NOTE,
            "write the My Domain of your organization, such as \"https://acme.my.salesforce.com\"",
        ),
        b"login.okta.com" | b"www.okta.com" => (
            " is not the issuer of an organization",
            "each organization of Okta has a domain of its own",
            "write it, such as \"https://acme.okta.com\"",
        ),
        b"github.com" | b"www.github.com" | b"api.github.com" => (
            " is not an OpenID Connect provider",
            "GitHub signs users in by OAuth alone, without ID tokens",
            "run Dex with its connector for GitHub and write its issuer, or write `login = cognito(domain_prefix = \"acme-ide\")`",
        ),
        b"token.actions.githubusercontent.com" => (
            " does not sign people in",
            "it issues tokens for jobs of GitHub Actions",
            "write the issuer of the provider that your developers sign in with",
        ),
        b"bitbucket.org" => (
            " is not an OpenID Connect provider",
            "Bitbucket signs users in by OAuth alone, without ID tokens",
            "run Dex or Keycloak before it and write its issuer, or write `login = cognito(domain_prefix = \"acme-ide\")`",
        ),
        _ if ends_with(host, ".awsapps.com") || text::starts_with(host, "portal.sso.") => (
            " is not an OpenID Connect provider",
            "IAM Identity Center signs users in to applications by SAML",
            "add it to a Cognito user pool as a SAML provider, and write the issuer of the pool",
        ),
        _ => return Ok(()),
    };
    Err(ConstDiagnostic::new("")
        .quoted(issuer)
        .text(message)
        .note(note)
        .help(help))
}

const ANY_TENANT: &str = " lets in users of any tenant";
const ANY_TENANT_NOTE: &str = "the administrators of another tenant can give one of their users the e-mail address of a developer";

/// Microsoft identity platform, "OpenID Connect": the tenant of an issuer is its ID, or one of three words for
/// many tenants.
const fn check_entra(
    issuer: &str,
    tenant: &str,
    rest: Option<&str>,
) -> Result<(), ConstDiagnostic> {
    let lower = text::lower::<64>(tenant);
    let shared = matches!(lower.bytes(), b"common" | b"organizations" | b"consumers")
        || text::equal(lower.as_str(), PERSONAL);
    let diagnostic = ConstDiagnostic::new("").quoted(issuer);
    if shared {
        return Err(diagnostic
            .text(ANY_TENANT)
            .note(ANY_TENANT_NOTE)
            .help(ENTRA_HELP));
    }
    if !is_guid(tenant) {
        return Err(diagnostic
            .text(" is not the issuer of a tenant")
            .note("Microsoft's tokens name a tenant by its ID, such as `8eaef023-2b34-4da1-9baa-8bc8c9d6a490`")
            .help(ENTRA_HELP));
    }
    match rest {
        Some(rest) if text::equal(rest, "v2.0") => Ok(()),
        _ => Err(diagnostic
            .text(" is not the issuer of a tenant")
            .note("the issuer of version 2 ends with `/v2.0`")
            .help("write \"https://login.microsoftonline.com/")
            .text(tenant)
            .text("/v2.0\"")),
    }
}

const fn ends_with(text: &str, end: &str) -> bool {
    text.len() > end.len()
        && text.is_ascii()
        && text::equal(text.split_at(text.len() - end.len()).1, end)
}

/// Whether it is a GUID in lowercase, as issuers have them.
const fn is_guid(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 36 {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        let right = match at {
            8 | 13 | 18 | 23 => bytes[at] == b'-',
            _ => matches!(bytes[at], b'0'..=b'9' | b'a'..=b'f'),
        };
        if !right {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    fn error(issuer: &str) -> String {
        Issuer::new(issuer.to_owned())
            .expect_err(issuer)
            .to_string()
    }

    #[test]
    fn issuers_of_known_providers_are_valid() {
        let entra = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
        let sts = format!("https://sts.windows.net/{TENANT}/");
        for (issuer, single) in [
            ("https://accounts.google.com", false),
            ("https://acme.okta.com/oauth2/default", false),
            ("https://acme.eu.auth0.com/", false),
            ("https://id.x.com:8443/realms/acme", false),
            (
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a1b2C3d4E",
                false,
            ),
            ("https://gitlab.com", false),
            (&entra, true),
            (&sts, true),
        ] {
            let known = Issuer::new(issuer.to_owned()).expect(issuer);
            assert_eq!(known.is_single_tenant(), single, "{issuer}");
        }
    }

    #[test]
    fn a_url_that_is_no_issuer_is_an_error() {
        let example = "for example \"https://accounts.google.com\"";
        let configuration = "write the `issuer` of the provider's configuration, such as \"https://accounts.google.com\"";
        for (issuer, note, help) in [
            ("", "it is empty", example),
            (
                "http://id.x.com",
                "an issuer is a URL that begins with `https://`",
                "write \"https://id.x.com\"",
            ),
            (
                "id.x.com/realms/acme",
                "an issuer is a URL that begins with `https://`",
                "write \"https://id.x.com/realms/acme\"",
            ),
            (
                "google",
                "an issuer is a URL that begins with `https://`",
                example,
            ),
            (
                "https://id.x.com/.well-known/openid-configuration",
                "an issuer is what is before `/.well-known/`",
                "write \"https://id.x.com\"",
            ),
            (
                "https://id.x.com?a=b",
                "an issuer has no query",
                configuration,
            ),
            (
                "https://id.x.com/#a",
                "an issuer has no fragment",
                configuration,
            ),
            (
                "https://id.x.com ",
                "` ` is not allowed there",
                configuration,
            ),
            (
                "https://id.x.com/$(a)",
                "`$` is not allowed there",
                configuration,
            ),
            (
                "https://a:b@id.x.com",
                "an issuer has no user name",
                example,
            ),
            (
                "https://10.0.0.1",
                "\"10.0.0.1\" is not a valid host name",
                example,
            ),
            (
                "https://ID.x.com",
                "\"ID.x.com\" is not a valid host name",
                example,
            ),
            (
                "https://id.x.com:0",
                "its port is not between 1 and 65535",
                example,
            ),
            (
                "https://id.x.com:443x",
                "its port is not between 1 and 65535",
                example,
            ),
        ] {
            let expected = format!("{issuer:?} is not a valid issuer\n{note}\n= help: {help}");
            assert_eq!(error(issuer), expected);
        }
        let long = format!("https://id.x.com/{}", "a".repeat(512));
        assert!(error(&long).contains("it has more than 512 characters"));
    }

    #[test]
    fn an_issuer_of_any_tenant_is_an_error() {
        let personal = format!("https://login.microsoftonline.com/{PERSONAL}/v2.0");
        let personal_sts = format!("https://sts.windows.net/{PERSONAL}/");
        for issuer in [
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com/Organizations/v2.0",
            "https://login.microsoftonline.com/consumers/v2.0",
            "https://login.microsoftonline.us/common",
            "https://login.partner.microsoftonline.cn/common/v2.0",
            "https://sts.windows.net/common/",
            "https://sts.windows.net",
            &personal,
            &personal_sts,
        ] {
            let expected =
                format!("{issuer:?}{ANY_TENANT}\n{ANY_TENANT_NOTE}\n= help: {ENTRA_HELP}");
            assert_eq!(error(issuer), expected);
        }
        assert!(error("https://login.salesforce.com").contains(ANY_TENANT));
        for issuer in [
            "https://login.microsoftonline.com",
            "https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0",
        ] {
            assert!(
                error(issuer).contains("name a tenant by its ID"),
                "{issuer}"
            );
        }
        for rest in ["", "/", "/v2.0/", "/v1.0"] {
            let issuer = format!("https://login.microsoftonline.com/{TENANT}{rest}");
            let help = format!("write \"https://login.microsoftonline.com/{TENANT}/v2.0\"");
            assert!(error(&issuer).ends_with(&help), "{issuer}");
        }
    }

    #[test]
    fn what_signs_nobody_in_is_an_error() {
        for (issuer, part) in [
            ("https://github.com", "Dex"),
            ("https://github.com/login/oauth", "cognito"),
            (
                "https://token.actions.githubusercontent.com",
                "GitHub Actions",
            ),
            ("https://bitbucket.org", "OAuth alone"),
            ("https://d-1234567890.awsapps.com/start", "SAML"),
            ("https://portal.sso.eu-west-1.amazonaws.com", "SAML"),
            (
                "https://login.windows.net/common",
                "login.microsoftonline.com",
            ),
            ("https://login.okta.com", "https://acme.okta.com"),
        ] {
            let error = error(issuer);
            assert!(error.contains(part), "{issuer}: {error}");
        }
    }
}
