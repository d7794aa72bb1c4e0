//! Host names: RFC 1123, section 2.1, and RFC 1035, section 2.3.4.

use std::net::IpAddr;

use crate::finding::Finding;

/// The longest host name, in characters.
pub(super) const LONGEST_NAME: usize = 253;

/// The longest label of a host name, in characters.
const LONGEST_LABEL: usize = 63;

/// A domain below which hosts have names: `code.x.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

impl Domain {
    /// A domain in its normal form.
    ///
    /// # Errors
    ///
    /// When it is not the name of a host with at least two labels, in lower case.
    pub fn new(domain: &str) -> Result<Self, Finding> {
        let refused = |why: &str, help: Option<String>| {
            let finding = Finding::new(format!("{domain:?} is not a domain")).why(why);
            Err(match help {
                Some(help) => finding.help(format!("write {help:?}")),
                None => finding.help("for example \"code.x.com\""),
            })
        };
        let acceptable = |candidate: &str| Self::new(candidate).ok().map(|domain| domain.0);
        if domain.is_empty() {
            return refused("it is empty", None);
        }
        if let Some((_, rest)) = domain.split_once("://") {
            let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
            return refused("a domain has no scheme", acceptable(host));
        }
        if let Some((host, _)) = domain.split_once('/') {
            return refused("a domain has no path", acceptable(host));
        }
        if domain.parse::<IpAddr>().is_ok() {
            return refused("an IP address has no names below it", None);
        }
        if let Some((host, _)) = domain.split_once(':') {
            return refused("a domain has no port", acceptable(host));
        }
        if let Some(host) = domain.strip_suffix('.') {
            return refused("it ends with a dot", acceptable(host));
        }
        if !domain.is_ascii() {
            return refused(
                "a name outside of ASCII is written in its `xn--` form (RFC 5891)",
                None,
            );
        }
        if domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return refused(
                "names are written in lower case",
                acceptable(&domain.to_ascii_lowercase()),
            );
        }
        if domain.len() > LONGEST_NAME {
            let why = format!(
                "it has {} characters, and a name has at most {LONGEST_NAME}",
                domain.len()
            );
            return refused(&why, None);
        }
        for label in domain.split('.') {
            if let Err(why) = check_label(label) {
                return refused(&why, None);
            }
        }
        let Some((_, last)) = domain.rsplit_once('.') else {
            return refused("it has a single label, and nothing above it", None);
        };
        if last.bytes().all(|byte| byte.is_ascii_digit()) {
            return refused("its last label is a number", None);
        }
        Ok(Self(domain.to_owned()))
    }

    /// The domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Says why a text is no label of a host name.
pub(super) fn check_label(label: &str) -> Result<(), String> {
    let odd = |byte: &u8| !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if label.is_empty() {
        Err("a label is empty".to_owned())
    } else if label.len() > LONGEST_LABEL {
        Err(format!(
            "the label `{label}` has {} characters, and a label has at most {LONGEST_LABEL}",
            label.len()
        ))
    } else if let Some(byte) = label.bytes().find(odd) {
        Err(format!(
            "`{}` is not allowed: a label is made of a–z, 0–9 and hyphens",
            char::from(byte)
        ))
    } else if label.starts_with('-') || label.ends_with('-') {
        Err(format!("the label `{label}` begins or ends with a hyphen"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(domain: &str) -> String {
        Domain::new(domain).expect_err(domain).to_string()
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
    fn a_near_miss_is_told_with_the_normal_form() {
        assert_eq!(
            refusal("https://code.x.com/a"),
            "\"https://code.x.com/a\" is not a domain\na domain has no scheme\n= help: write \"code.x.com\""
        );
        assert!(refusal("Code.X.com").ends_with("write \"code.x.com\""));
        assert!(refusal("code.x.com.").ends_with("write \"code.x.com\""));
        assert!(refusal("code.x.com:443").ends_with("write \"code.x.com\""));
        assert!(refusal("code.x.com/ide").ends_with("write \"code.x.com\""));
    }

    #[test]
    fn what_is_no_host_name_is_refused() {
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
        ] {
            refusal(domain);
        }
        assert!(refusal(&format!("{}.com", "a".repeat(64))).contains("64 characters"));
        assert!(Domain::new(&format!("{}.com", "a".repeat(63))).is_ok());
        refusal(&["a".repeat(60).as_str(); 5].join("."));
    }
}
