//! The domain of a team, and e-mail addresses.

use super::checked_text::checked_text;
use super::host_name::{self, LONGEST_NAME};
use crate::const_diagnostic::{ConstDiagnostic, attempt};
use crate::text;

checked_text! {
    /// A domain below which hosts have names: `code.x.com`.
    Domain by check
}

/// Validates the length of a name below a domain.
pub(super) const fn check_length(
    label: usize,
    name: &str,
    domain: &str,
) -> Result<(), ConstDiagnostic> {
    let length = label + 1 + domain.len();
    if length <= LONGEST_NAME {
        return Ok(());
    }
    Err(ConstDiagnostic::new("the host name of ")
        .quoted(name)
        .text(" is too long")
        .note("below ")
        .text(domain)
        .text(" it has ")
        .count(length)
        .text(" characters, and a host name has at most ")
        .count(LONGEST_NAME))
}

/// Validates a domain: it is a host name, and the host's own names fit below it.
pub(super) const fn check(domain: &str) -> Result<(), ConstDiagnostic> {
    attempt!(host_name::check(domain));
    // The longest of them is that of the host: an instance ID.
    let longest = "i-0123456789abcdef0".len();
    check_length(longest, "the host", domain)
}

checked_text! {
    /// An e-mail address: RFC 5321, section 4.1.2, in its unquoted form.
    Email by check_email
}

const EMAIL_EXAMPLE: &str = "for example \"ops@x.com\"";

/// Checks an e-mail address.
pub(super) const fn check_email(email: &str) -> Result<(), ConstDiagnostic> {
    let Some((local, domain)) = text::split_once(email, b'@') else {
        return Err(not_an_email(email)
            .note("the `@` is missing")
            .help(EMAIL_EXAMPLE));
    };
    let bytes = local.as_bytes();
    if bytes.is_empty() || bytes.len() > 64 {
        return Err(not_an_email(email)
            .note("the part before the `@` has 1 to 64 characters")
            .help(EMAIL_EXAMPLE));
    }
    let mut at = 0;
    while at < bytes.len() {
        let dot_at_end =
            bytes[at] == b'.' && (at == 0 || at + 1 == bytes.len() || bytes[at - 1] == b'.');
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("!#$%&'*+-/=?^_`{|}~.", bytes[at])
            || dot_at_end
        {
            return Err(not_an_email(email)
                .note("")
                .character(text::character_at(local, at))
                .text(" is not allowed there")
                .help(EMAIL_EXAMPLE));
        }
        at += 1;
    }
    if text::has_placeholder(local) {
        return Err(not_an_email(email)
            .note(text::PLACEHOLDER)
            .help(EMAIL_EXAMPLE));
    }
    let lower = text::lower::<LONGEST_NAME>(domain);
    if domain.len() > LONGEST_NAME {
        return Err(not_an_email(email)
            .note("its domain is too long")
            .help(EMAIL_EXAMPLE));
    }
    match host_name::check(lower.as_str()) {
        Ok(()) => Ok(()),
        Err(_) => Err(not_an_email(email)
            .note("")
            .quoted(domain)
            .text(" is not a valid domain")
            .help(EMAIL_EXAMPLE)),
    }
}

const fn not_an_email(email: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(email)
        .text(" is not a valid e-mail address")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(domain: &str) -> String {
        Domain::new(domain.to_owned())
            .expect_err(domain)
            .to_string()
    }

    #[test]
    fn host_names_are_domains() {
        for domain in [
            "code.x.com",
            "x.io",
            "a-b.example",
            "xn--bcher-kva.example",
            "1.2.3.x4",
        ] {
            assert!(Domain::new(domain).is_ok(), "{domain}");
        }
    }

    #[test]
    fn a_near_miss_is_an_error_with_the_normal_form() {
        assert_eq!(
            error("https://code.x.com/a"),
            "\"https://code.x.com/a\" is not a valid domain\na domain has no scheme\n= help: write \"code.x.com\""
        );
        assert!(error("Code.X.com").ends_with("write \"code.x.com\""));
        assert!(error("code.x.com.").ends_with("write \"code.x.com\""));
        assert!(error("code.x.com:443").ends_with("write \"code.x.com\""));
        assert!(error("code.x.com/ide").ends_with("write \"code.x.com\""));
    }

    #[test]
    fn invalid_host_names_are_errors() {
        for domain in [
            "",
            "not a domain!",
            "code_x.com",
            "10.0.0.1",
            "::1",
            "com",
            "a..b",
            "-a.com",
            "1.2.3.4.5",
            "bücher.example",
            "a\n.com",
        ] {
            error(domain);
        }
        assert!(error(&format!("{}.com", "a".repeat(64))).contains("64 characters"));
        assert!(Domain::new(format!("{}.com", "a".repeat(63))).is_ok());
        error(&["a".repeat(60).as_str(); 5].join("."));
        error(&["A".repeat(60).as_str(); 5].join("."));
    }

    /// A domain of this length.
    fn long(length: usize) -> String {
        let label = format!("{}.", "a".repeat(63));
        let mut domain = label.repeat(length / 64);
        domain.push_str(&"b".repeat(length % 64));
        domain
    }

    #[test]
    fn a_name_has_at_most_253_characters() {
        assert!(host_name::check(&long(253)).is_ok());
        let message = host_name::check(&long(254))
            .expect_err("too long")
            .to_string();
        assert!(message.contains("it has 254 characters, and a name has at most 253"));
        // The longest of the host's own names has 19 characters and a dot before the domain.
        assert!(check(&long(233)).is_ok());
        assert!(Domain::new(long(233)).is_ok() && Domain::new(long(234)).is_err());
        let domain = long(234);
        let message = check(&domain).expect_err("too long");
        assert_eq!(
            message.to_string(),
            format!(
                "the host name of \"the host\" is too long\n\
                 below {domain} it has 254 characters, and a host name has at most 253"
            )
        );
        let message = check("a b").expect_err("no domain");
        assert!(
            message
                .to_string()
                .starts_with("\"a b\" is not a valid domain")
        );
        let email = |length| format!("ops@{}", long(length));
        assert!(check_email(&email(253)).is_ok());
        let message = check_email(&email(254)).expect_err("too long").to_string();
        assert!(message.contains("its domain is too long"), "{message}");
    }

    #[test]
    fn e_mail_addresses_have_two_parts() {
        let local = |length| format!("{}@x.com", "a".repeat(length));
        for email in ["ops@x.com", "a.b+c@X.com", "x_y@code.x.com", &local(64)] {
            assert!(Email::new(email.to_owned()).is_ok(), "{email}");
        }
        let length = "the part before the `@` has 1 to 64 characters";
        for (email, note) in [
            ("ops", "the `@` is missing"),
            ("@x.com", length),
            (&local(65), length),
            ("ops@", "\"\" is not a valid domain"),
            ("a b@x.com", "` ` is not allowed there"),
            (
                "${x}@x.com",
                "it has `${`, and CloudFormation would substitute nothing there",
            ),
            (".a@x.com", "`.` is not allowed there"),
            ("a.@x.com", "`.` is not allowed there"),
            ("a..b@x.com", "`.` is not allowed there"),
            ("a@@x.com", "\"@x.com\" is not a valid domain"),
            ("a@x", "\"x\" is not a valid domain"),
        ] {
            let error = Email::new(email.to_owned()).expect_err(email);
            assert_eq!(error.note.as_deref(), Some(note), "{email}");
            assert_eq!(
                error.message,
                format!("\"{email}\" is not a valid e-mail address")
            );
        }
    }
}
