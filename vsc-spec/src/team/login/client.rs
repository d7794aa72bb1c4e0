//! The client of a team at its provider.

use super::super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

checked_text! {
    /// The identifier of a client: RFC 6749, section 2.2.
    ClientId by check_id
}

checked_text! {
    /// The name or the ARN of the secret in Secrets Manager with a client's secret: AWS Secrets Manager API
    /// Reference, `CreateSecret`.
    ClientSecret by check_secret
}

impl ClientSecret {
    /// Whether it is an ARN.
    pub fn is_arn(&self) -> bool {
        text::starts_with(self.as_str(), "arn:")
    }
}

/// Validates the identifier of a client. RFC 6749 allows every printable character of ASCII; providers use
/// those that need no escapes, also in the files of the host.
pub(in crate::team) const fn check_id(id: &str) -> Result<(), ConstDiagnostic> {
    const EXAMPLE: &str = "copy it from the provider, such as \"0oa1b2c3d4\"";
    let rejected = ConstDiagnostic::new("")
        .quoted(id)
        .text(" is not a valid client ID");
    if id.is_empty() || id.len() > 255 {
        return Err(rejected.note("it has 1 to 255 characters").help(EXAMPLE));
    }
    let bytes = id.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("-._~:/@+=", bytes[at]) {
            return Err(rejected
                .note("")
                .character(text::character_at(id, at))
                .text(" is not allowed there")
                .help(EXAMPLE));
        }
        at += 1;
    }
    Ok(())
}

const EXAMPLE: &str = "write the name of the secret in Secrets Manager, such as \"acme/oidc\"";

/// Validates the name or the ARN of a secret.
pub(in crate::team) const fn check_secret(secret: &str) -> Result<(), ConstDiagnostic> {
    if text::starts_with(secret, "arn:") {
        return check_arn(secret);
    }
    if looks_random(secret) {
        // The value is not repeated: the message may be in a log.
        return Err(ConstDiagnostic::new("`client_secret` looks like the secret itself")
            .note("it would be in the source and in the template; the host reads it from Secrets Manager")
            .help("run `aws secretsmanager create-secret --name acme/oidc --secret-string file:///dev/stdin`, paste the secret there, and write `client_secret = \"acme/oidc\"`"));
    }
    check_name(secret, secret)
}

const fn rejected(secret: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(secret)
        .text(" is not the name or the ARN of a secret")
}

/// Validates a name, which may be the last part of an ARN.
const fn check_name(whole: &str, name: &str) -> Result<(), ConstDiagnostic> {
    if name.is_empty() || name.len() > 512 {
        return Err(rejected(whole)
            .note("a name has 1 to 512 characters")
            .help(EXAMPLE));
    }
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("/_+=.@-", bytes[at]) {
            return Err(rejected(whole)
                .note("")
                .character(text::character_at(name, at))
                .text(" is not allowed in a name")
                .help(EXAMPLE));
        }
        at += 1;
    }
    Ok(())
}

const ARN_EXAMPLE: &str =
    "for example \"arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme/oidc-a1b2c3\"";

/// AWS Secrets Manager User Guide, "What's in a Secrets Manager secret": an ARN ends with a hyphen and six
/// random characters.
const fn check_arn(arn: &str) -> Result<(), ConstDiagnostic> {
    let mut parts = [""; 7];
    let (mut count, mut rest) = (0, Some(arn));
    while let Some(more) = rest
        && count < parts.len()
    {
        (parts[count], rest) = text::next_part(more, b':');
        count += 1;
    }
    let [_, partition, service, region, account, resource, name] = parts;
    let note = if !text::equal(service, "secretsmanager") {
        "it is the ARN of another service than `secretsmanager`"
    } else if rest.is_some() || count < parts.len() || !text::equal(resource, "secret") {
        "after the account, it has `secret` and the name"
    } else if !is_part(partition) || !is_part(region) {
        "its partition or its region is missing"
    } else if account.len() != 12 || !text::is_number(account) {
        "an account has twelve digits"
    } else if !ends_randomly(name) {
        "the ARN of a secret ends with a hyphen and six characters"
    } else {
        return check_name(arn, name);
    };
    Err(rejected(arn).note(note).help(ARN_EXAMPLE))
}

/// Whether it has only lowercase letters, digits and hyphens.
const fn is_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9' | b'-') {
            return false;
        }
        at += 1;
    }
    at > 0
}

const fn ends_randomly(name: &str) -> bool {
    let bytes = name.as_bytes();
    let Some(hyphen) = bytes.len().checked_sub(7) else {
        return false;
    };
    let mut at = hyphen + 1;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            return false;
        }
        at += 1;
    }
    hyphen > 0 && bytes[hyphen] == b'-'
}

/// A part of so many letters and digits, without a separator, is not a name that somebody chose.
const RANDOM: usize = 20;

/// Whether it looks like a generated secret: a long run of letters and digits, one of Google's (`GOCSPX-`) or
/// one of Microsoft's, which have a `~`.
const fn looks_random(secret: &str) -> bool {
    let google = text::starts_with(secret, "GOCSPX-");
    let microsoft = secret.len() > 30 && text::contains(secret, b'~');
    google || microsoft || has_random_part(secret)
}

const fn has_random_part(secret: &str) -> bool {
    let bytes = secret.as_bytes();
    let (mut at, mut letters, mut digits) = (0, 0, 0);
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            letters += 1;
        } else if bytes[at].is_ascii_digit() {
            digits += 1;
        } else {
            (letters, digits) = (0, 0);
        }
        if letters + digits >= RANDOM && letters > 1 && digits > 1 {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_ids_need_no_escapes() {
        let longest = "a".repeat(255);
        for id in [
            "1234-abc.apps.googleusercontent.com",
            "0oa1b2c3d4",
            "6731de76-14a6-49ae-97bc-6eba6914391e",
            "vsc",
            &longest,
        ] {
            assert!(ClientId::new(id.to_owned()).is_ok(), "{id}");
        }
        let long = "a".repeat(256);
        for (id, note) in [
            ("", "it has 1 to 255 characters"),
            (&long, "it has 1 to 255 characters"),
            ("a b", "` ` is not allowed there"),
            ("a\"b", "`\"` is not allowed there"),
            ("$a", "`$` is not allowed there"),
        ] {
            let error = ClientId::new(id.to_owned()).expect_err(id);
            assert_eq!(error.note.as_deref(), Some(note), "{id}");
        }
    }

    #[test]
    fn a_secret_has_a_name_or_an_arn() {
        let longest = "a".repeat(512);
        for (secret, is_arn) in [
            ("acme/oidc", false),
            ("acme-ide-oidc-client-secret-2026", false),
            ("Prod/IDE/Client_Secret.v2@x+y=z", false),
            (&longest, false),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme/oidc-a1B2c3",
                true,
            ),
            (
                "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:o-a1b2c3",
                true,
            ),
        ] {
            let named = ClientSecret::new(secret.to_owned()).expect(secret);
            assert_eq!(named.is_arn(), is_arn, "{secret}");
        }
        let long = "a".repeat(513);
        let arn = |rest: &str| format!("arn:aws:secretsmanager:eu-west-1:{rest}");
        for (secret, note) in [
            (String::new(), "a name has 1 to 512 characters"),
            (long, "a name has 1 to 512 characters"),
            ("a b".to_owned(), "` ` is not allowed in a name"),
            ("${a}".to_owned(), "`$` is not allowed in a name"),
            (arn("1"), "after the account, it has `secret` and the name"),
            (
                arn("111122223333:secret:a-b1c2d3:x"),
                "after the account, it has `secret` and the name",
            ),
            (
                arn("1111222233:secret:a-b1c2d3"),
                "an account has twelve digits",
            ),
            (
                arn("111122223333:secret:acme"),
                "the ARN of a secret ends with a hyphen and six characters",
            ),
            (
                arn("111122223333:secret:-b1c2d3"),
                "the ARN of a secret ends with a hyphen and six characters",
            ),
            (
                arn("111122223333:secret:a b-b1c2d3"),
                "` ` is not allowed in a name",
            ),
            (
                "arn:aws:ssm:eu-west-1:111122223333:secret:a-b1c2d3".to_owned(),
                "it is the ARN of another service than `secretsmanager`",
            ),
            (
                arn("111122223333:key:a-b1c2d3"),
                "after the account, it has `secret` and the name",
            ),
            (
                "arn:aws:secretsmanager::111122223333:secret:a-b1c2d3".to_owned(),
                "its partition or its region is missing",
            ),
        ] {
            let error = ClientSecret::new(secret.clone()).expect_err(&secret);
            assert_eq!(error.note.as_deref(), Some(note), "{secret}");
        }
    }

    #[test]
    fn the_secret_itself_is_an_error_that_does_not_repeat_it() {
        for secret in [
            "GOCSPX-abc_def-ghi_jkl",
            "abc8Q~dE-fGhIjKlMn.OpQrStUvWxYz_0123456",
            "k3J9x2mP0qR7sT4uV8wY",
            "1ab2cd3ef4gh5ij6kl7mn8op9qr0st1uv2wx3yz4ab5cd6ef7gh",
            "acme/1ab2cd3ef4gh5ij6kl7mn8",
        ] {
            let error = ClientSecret::new(secret).expect_err(secret).to_string();
            assert!(error.contains("looks like the secret itself"), "{error}");
            assert!(!error.contains(secret), "{error}");
        }
    }
}
