//! The source of the certificate.

use std::time::{SystemTime, UNIX_EPOCH};

use super::checked_text::checked_text;
use super::declaration::TlsDeclaration;
use super::domain::{self, Email};
use super::key::Key;
use super::path::{DeclarationPath, TlsPart};
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::diagnostic::Diagnostic;
use crate::json::Text;
use crate::text;

/// The source of the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From parameters of Parameter Store whose names the operator enters when the stack is deployed.
    SsmParameters,
    /// From these parameters of Parameter Store.
    Ssm {
        /// The parameter that holds the certificate with its chain.
        certificate: ParameterName,
        /// The parameter that holds the private key.
        private_key: ParameterName,
    },
    /// From Let's Encrypt, by the ACME protocol (RFC 8555) and a DNS challenge.
    Acme {
        /// The e-mail address to which the issuer sends a notice before a certificate expires.
        email: Email,
        /// The last day on which the host may answer challenges.
        until: Option<Date>,
        /// Whether it is from the issuer's staging environment, which browsers do not trust:
        /// <https://letsencrypt.org/docs/staging-environment/>.
        staging: bool,
    },
    /// No certificate: plain HTTP, for trials inside a network.
    None,
}

impl Tls {
    /// The warning about a certificate that browsers do not trust.
    pub fn untrusted(&self) -> Option<Diagnostic> {
        let Self::Acme { staging: true, .. } = self else {
            return None;
        };
        let diagnostic = Diagnostic::new("browsers do not trust the certificate")
            .note("`staging = true` gets it from the staging environment of Let's Encrypt, which is for tests")
            .help("remove `staging` before developers log in");
        Some(diagnostic)
    }
}

checked_text! {
    /// The name of a parameter in Parameter Store: AWS Systems Manager API Reference,
    /// `PutParameter`.
    ParameterName by check_parameter
}

checked_text! {
    /// A day, as `2027-01-31`: RFC 3339, `full-date`.
    Date by check_date
}

/// Validates the name of a parameter.
pub(super) const fn check_parameter(name: &str) -> Result<(), ConstDiagnostic> {
    let bytes = name.as_bytes();
    let note = if bytes.is_empty() {
        "the name is empty"
    } else if let Some(at) = odd_character(name) {
        return Err(rejected(name)
            .note("")
            .character(text::character_at(name, at))
            .text(" is not allowed: a name has letters, digits, `_`, `.`, `-` and `/`")
            .help(EXAMPLE));
    } else if bytes.len() > 1_011 {
        "the name has more than 1011 characters"
    } else if bytes[0] != b'/' && text::contains(name, b'/') {
        "a name with levels begins with a slash"
    } else {
        match problem_of_levels(name) {
            Some(note) => note,
            None => return Ok(()),
        }
    };
    Err(rejected(name).note(note).help(EXAMPLE))
}

const EXAMPLE: &str = "for example \"/vsc/certificate\"";

const fn rejected(name: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(name)
        .text(" is not a valid parameter name")
}

const fn odd_character(name: &str) -> Option<usize> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() && !matches!(bytes[at], b'_' | b'.' | b'-' | b'/') {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn problem_of_levels(name: &str) -> Option<&'static str> {
    let name = match text::strip_prefix(name, "/") {
        Some(name) => name,
        None => name,
    };
    let first = text::lower::<3>(name);
    let (mut level, mut rest) = text::next_part(name, b'/');
    let mut count = 1;
    loop {
        if level.is_empty() {
            return Some("a level of the name is empty");
        }
        match rest {
            Some(more) => (level, rest) = text::next_part(more, b'/'),
            None => break,
        }
        count += 1;
    }
    if count > 15 {
        Some("the name has more than 15 levels")
    } else if matches!(first.bytes(), b"aws" | b"ssm") {
        Some("names that begin with `aws` or `ssm` are reserved by AWS")
    } else {
        None
    }
}

impl Date {
    /// The current day, in UTC.
    pub fn today() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let days = now.map_or(0, |now| now.as_secs() / 86_400);
        Self::of_days(i64::try_from(days).unwrap_or_default())
    }

    /// The day a number of days after 1970-01-01. The year is counted from March, so that a leap
    /// day is the last day of its year.
    fn of_days(days: i64) -> Self {
        const OF_400_YEARS: i64 = 146_097;
        let days = days + 719_468;
        let (era, of_era) = (days.div_euclid(OF_400_YEARS), days.rem_euclid(OF_400_YEARS));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self(format!("{year:04}-{month:02}-{day:02}").into())
    }

    /// Its number of days after 1970-01-01, with years counted from March.
    fn days(&self) -> i64 {
        let mut parts = self
            .as_str()
            .splitn(3, '-')
            .map(|part| part.parse().unwrap_or(0_i64));
        let mut part = || parts.next().unwrap_or_default();
        let (year, month, day) = (part(), part(), part());
        let year = year - i64::from(month <= 2);
        let from_march = (month + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + of_year - 719_468
    }

    /// The days until another day; negative if it is earlier.
    pub fn days_until(&self, other: &Self) -> i64 {
        other.days() - self.days()
    }
}

const DAY_EXAMPLE: &str = "for example \"2027-01-31\"";

/// Validates a day of the calendar.
pub(super) const fn check_date(date: &str) -> Result<(), ConstDiagnostic> {
    let (year, Some(rest)) = text::next_part(date, b'-') else {
        return Err(not_a_day(date)
            .note("dates are written as year-month-day")
            .help(DAY_EXAMPLE));
    };
    let (month, Some(day)) = text::next_part(rest, b'-') else {
        return Err(not_a_day(date)
            .note("dates are written as year-month-day")
            .help(DAY_EXAMPLE));
    };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return Err(not_a_day(date)
            .note("the year has four digits, the month and the day have two")
            .help(DAY_EXAMPLE));
    }
    let (Some(year), Some(month), Some(day)) =
        (text::number(year), text::number(month), text::number(day))
    else {
        return Err(not_a_day(date)
            .note("dates are written in digits")
            .help(DAY_EXAMPLE));
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    if day == 0 || day > days {
        return Err(not_a_day(date)
            .note("the calendar has no such day")
            .help(DAY_EXAMPLE));
    }
    Ok(())
}

const fn not_a_day(date: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(date)
        .text(" is not a valid date")
}

/// Validates the source of the certificate.
pub(super) const fn check(validation: &mut Validation, tls: Option<&TlsDeclaration>) {
    match tls {
        None | Some(TlsDeclaration::None) => {}
        Some(TlsDeclaration::Ssm {
            certificate,
            private_key,
        }) => check_ssm(validation, certificate.as_ref(), private_key.as_ref()),
        Some(TlsDeclaration::Acme { email, until, .. }) => {
            match email {
                Some(email) => {
                    validation.take(
                        DeclarationPath::Tls(TlsPart::Email),
                        domain::check_email(text::of(email)),
                    );
                }
                None => {
                    let diagnostic = ConstDiagnostic::new("`acme` needs an `email`")
                        .note("the issuer sends a notice there before a certificate expires")
                        .help("write `tls = acme(email = \"ops@x.com\")`");
                    validation.reject(DeclarationPath::Value(Key::Tls), diagnostic);
                }
            }
            if let Some(until) = until {
                validation.take(
                    DeclarationPath::Tls(TlsPart::Until),
                    check_date(text::of(until)),
                );
            }
        }
    }
}

const fn check_ssm(
    validation: &mut Validation,
    certificate: Option<&Text>,
    private_key: Option<&Text>,
) {
    let (certificate, private_key) = match (certificate, private_key) {
        (None, None) => return,
        (Some(certificate), None) => {
            let path = DeclarationPath::Tls(TlsPart::Certificate);
            validation.take(path, check_parameter(text::of(certificate)));
            let help = "add `private_key = \"/vsc/private-key\"`, or write `tls = ssm` to be asked for both";
            let diagnostic = ConstDiagnostic::new("`ssm` needs `private_key` as well").help(help);
            return validation.reject(DeclarationPath::Value(Key::Tls), diagnostic);
        }
        (None, Some(private_key)) => {
            let path = DeclarationPath::Tls(TlsPart::PrivateKey);
            validation.take(path, check_parameter(text::of(private_key)));
            let help = "add `certificate = \"/vsc/certificate\"`, or write `tls = ssm` to be asked for both";
            let diagnostic = ConstDiagnostic::new("`ssm` needs `certificate` as well").help(help);
            return validation.reject(DeclarationPath::Value(Key::Tls), diagnostic);
        }
        (Some(certificate), Some(private_key)) => (text::of(certificate), text::of(private_key)),
    };
    let first = validation.take(
        DeclarationPath::Tls(TlsPart::Certificate),
        check_parameter(certificate),
    );
    let second = validation.take(
        DeclarationPath::Tls(TlsPart::PrivateKey),
        check_parameter(private_key),
    );
    let same = text::equal(without_slash(certificate), without_slash(private_key));
    if first.is_some() && second.is_some() && same {
        let diagnostic = ConstDiagnostic::new(
            "the certificate and its private key cannot be in the same parameter",
        )
        .note("both are ")
        .quoted(private_key)
        .help("keep the private key in a SecureString parameter of its own");
        validation.reject(DeclarationPath::Tls(TlsPart::PrivateKey), diagnostic);
    }
}

/// A name without levels is the same with and without a leading slash.
const fn without_slash(name: &str) -> &str {
    match text::strip_prefix(name, "/") {
        Some(name) => name,
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_785, "2026-11-28"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Date::of_days(days).as_str(), text);
        }
        // Four hundred years, after which the calendar repeats.
        for days in 0..146_097 {
            let date = Date::of_days(days);
            assert_eq!(date.days(), days, "{date:?}");
            assert!(check_date(date.as_str()).is_ok(), "{date:?}");
        }
    }

    #[test]
    fn days_are_counted_between_dates() {
        let date = |text: &'static str| Date::new(text).expect("it is a day");
        let first = date("2026-11-29");
        assert_eq!(first.days_until(&date("2027-02-27")), 90);
        assert_eq!(first.days_until(&first), 0);
        assert_eq!(first.days_until(&date("2026-11-01")), -28);
    }

    #[test]
    fn parameters_have_names() {
        for name in ["/vsc/certificate", "certificate", "/a/b.c/d_e"] {
            assert!(check_parameter(name).is_ok(), "{name}");
        }
        let deep = "/a".repeat(16);
        for name in [
            "", "a b", "a/b", "/a//b", "/", "/aws/x", "ssm-x", "/a/", &deep,
        ] {
            assert!(check_parameter(name).is_err(), "{name}");
        }
        let deep = |levels| "/a".repeat(levels);
        let long = |length| "a".repeat(length);
        assert!(check_parameter(&deep(15)).is_ok() && check_parameter(&long(1_011)).is_ok());
        for (name, note) in [
            (deep(16), "the name has more than 15 levels"),
            (long(1_012), "the name has more than 1011 characters"),
            ("a/b".to_owned(), "a name with levels begins with a slash"),
            ("/a//b".to_owned(), "a level of the name is empty"),
            (
                "/AWS-x".to_owned(),
                "names that begin with `aws` or `ssm` are reserved by AWS",
            ),
        ] {
            let error = ParameterName::new(name).expect_err(note);
            assert_eq!(error.note.as_deref(), Some(note));
        }
    }

    /// All errors of the source of a certificate.
    fn errors(tls: &TlsDeclaration) -> Vec<(DeclarationPath, String)> {
        let mut validation = Validation::new();
        check(&mut validation, Some(tls));
        let errors = validation.errors();
        errors
            .map(|error| (error.path, error.diagnostic.message))
            .collect()
    }

    #[test]
    fn a_certificate_comes_with_its_key() {
        let text = |text: Option<&'static str>| text.map(Text::Borrowed);
        let ssm = |certificate, private_key| {
            let errors = errors(&TlsDeclaration::Ssm {
                certificate: text(certificate),
                private_key: text(private_key),
            });
            let paths: Vec<DeclarationPath> = errors.iter().map(|(path, _)| *path).collect();
            let messages: Vec<String> = errors.into_iter().map(|(_, message)| message).collect();
            (paths, messages.join("; "))
        };
        let (tls, certificate, private_key) = (
            DeclarationPath::Value(Key::Tls),
            DeclarationPath::Tls(TlsPart::Certificate),
            DeclarationPath::Tls(TlsPart::PrivateKey),
        );
        let same = "the certificate and its private key cannot be in the same parameter";
        for (parts, paths, message) in [
            ((None, None), &[][..], ""),
            ((Some("/a"), Some("/b")), &[], ""),
            (
                (Some("/a"), None),
                &[tls],
                "`ssm` needs `private_key` as well",
            ),
            (
                (Some("/a "), None),
                &[certificate, tls],
                "\"/a \" is not a valid parameter name; `ssm` needs `private_key` as well",
            ),
            (
                (None, Some("/b")),
                &[tls],
                "`ssm` needs `certificate` as well",
            ),
            (
                (None, Some("/b ")),
                &[private_key, tls],
                "\"/b \" is not a valid parameter name; `ssm` needs `certificate` as well",
            ),
            ((Some("/a"), Some("/a")), &[private_key], same),
            ((Some("a"), Some("/a")), &[private_key], same),
            // An invalid name is not compared.
            (
                (Some("a/b"), Some("/a/b")),
                &[certificate],
                "\"a/b\" is not a valid parameter name",
            ),
            (
                (Some("/a "), Some("/a ")),
                &[certificate, private_key],
                "\"/a \" is not a valid parameter name; \"/a \" is not a valid parameter name",
            ),
            (
                (Some("/a/"), Some("a")),
                &[certificate],
                "\"/a/\" is not a valid parameter name",
            ),
        ] {
            assert_eq!(ssm(parts.0, parts.1), (paths.to_vec(), message.to_owned()));
        }
    }

    #[test]
    fn an_issuer_needs_an_email_address() {
        let acme = |email: Option<&'static str>, until: Option<&'static str>| {
            errors(&TlsDeclaration::Acme {
                email: email.map(Text::Borrowed),
                until: until.map(Text::Borrowed),
                staging: false,
            })
        };
        assert_eq!(acme(Some("ops@x.com"), Some("2027-01-31")), []);
        let message = "`acme` needs an `email`".to_owned();
        assert_eq!(
            acme(None, None),
            [(DeclarationPath::Value(Key::Tls), message)]
        );
        let paths: Vec<DeclarationPath> = acme(Some("ops"), Some("soon"))
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(
            paths,
            [
                DeclarationPath::Tls(TlsPart::Email),
                DeclarationPath::Tls(TlsPart::Until)
            ]
        );
        assert_eq!(errors(&TlsDeclaration::None), []);
    }

    #[test]
    fn days_are_in_the_calendar() {
        for day in [
            "2027-01-31",
            "2028-02-29",
            "2400-02-29",
            "2027-12-31",
            "2027-04-30",
            "2027-02-28",
        ] {
            assert!(check_date(day).is_ok(), "{day}");
        }
        for day in [
            "",
            "2027",
            "2027-02-29",
            "2100-02-29",
            "2028-02-30",
            "2027-04-31",
            "2027-01-00",
            "2027-01-32",
            "2027-13-01",
            "2027-00-10",
            "27-01-01",
            "2027-1-1",
            "2027-01-0x",
        ] {
            assert!(check_date(day).is_err(), "{day}");
        }
    }
}
