//! Checks that several settings share.

use std::fs;

use super::{Found, variable, wrong};
use crate::Failure;
use crate::text::shown;

/// Whether the string can be a region: new ones are not known here (botocore,
/// `validate_region_name`).
pub(super) fn is_region(name: &str) -> bool {
    let is_label = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (1..=63).contains(&name.len())
        && name.chars().all(is_label)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.bytes().all(|letter| letter.is_ascii_digit())
}

/// Whether the string is an HTTP URL with a host.
pub(super) fn is_url(text: &str) -> bool {
    let Ok(url) = text.parse::<http::Uri>() else {
        return false;
    };
    let scheme = url.scheme_str().unwrap_or_default();
    let has_host = url.host().is_some_and(|host| !host.is_empty());
    // The parser accepts a port that is not a 16-bit number, and ignores it.
    let has_port = url.authority().is_some_and(|authority| {
        let text = authority.as_str();
        let behind = text.rsplit_once(':').map(|(_, port)| port);
        let is_ipv6 = behind.is_some_and(|port| port.ends_with(']'));
        behind.is_none() || is_ipv6 || url.port_u16().is_some()
    });
    ["http", "https"].contains(&scheme) && has_host && has_port
}

/// Checks the endpoint of a service.
///
/// # Errors
///
/// When it is not a valid URL; the message names the setting.
pub(crate) fn url(found: &Found) -> Result<(), Failure> {
    if is_url(&found.value) {
        return Ok(());
    }
    Err(wrong(found, "a URL such as http://localhost:4566"))
}

/// Whether the string is a valid HTTP header value.
pub(super) fn is_header(text: &str) -> bool {
    text.bytes().all(|letter| matches!(letter, b' '..=b'~'))
}

/// Checks the variables that hold or name credentials. Their values are not shown.
///
/// # Errors
///
/// When one of a pair is missing, or a value is invalid.
pub(super) fn credentials() -> Result<(), Failure> {
    let pair = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    let missing: Vec<&str> = pair
        .into_iter()
        .filter(|name| variable(name).is_none())
        .collect();
    if let [missing] = missing.as_slice() {
        let set = pair.iter().find(|name| *name != missing).unwrap_or(missing);
        return Err(Failure::input(format!(
            "{missing} is not set, although {set} is"
        )));
    }
    for name in [pair[0], pair[1], "AWS_SESSION_TOKEN"] {
        let is_key = |value: String| value.bytes().all(|letter| letter.is_ascii_graphic());
        if !variable(name).is_none_or(is_key) {
            return Err(Failure::input(format!(
                "{name}: the value is not valid; expected printable ASCII characters without spaces"
            )));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    credential_sources()
}

/// Checks the variables that locate credentials, used only without credentials in the environment.
fn credential_sources() -> Result<(), Failure> {
    if let Some(file) = variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
        readable("AWS_WEB_IDENTITY_TOKEN_FILE", &file)?;
        if variable("AWS_ROLE_ARN").is_none() {
            return Err(Failure::input(
                "AWS_ROLE_ARN is not set, although AWS_WEB_IDENTITY_TOKEN_FILE is",
            ));
        }
    }
    let found = |name: &str| {
        Some(Found {
            value: variable(name)?,
            origin: name.to_owned(),
        })
    };
    if let Some(relative) = found("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        let is_path =
            relative.value.starts_with('/') && relative.value.parse::<http::Uri>().is_ok();
        if !is_path {
            return Err(wrong(&relative, "a path that begins with `/`"));
        }
    } else if let Some(full) = found("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
        url(&full)?;
    } else {
        return Ok(());
    }
    match variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
        Some(file) => readable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &file),
        None => Ok(()),
    }
}

fn readable(name: &str, file: &str) -> Result<(), Failure> {
    match fs::read_to_string(file) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::input(format!("{name}: {}: {error}", shown(file)))),
    }
}

/// Checks the proxies, whose scheme is optional.
///
/// # Errors
///
/// When one has no host. The value may hold a password, and is not shown.
pub(super) fn proxies() -> Result<(), Failure> {
    let names = [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    for name in names {
        let is_right = |value: String| {
            let value = value.trim();
            let uri = if value.contains("://") {
                value.parse::<http::Uri>()
            } else {
                format!("http://{value}").parse()
            };
            uri.is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()))
        };
        if !variable(name).is_none_or(is_right) {
            return Err(Failure::input(format!(
                "{name}: the value is not valid; expected a URL such as http://proxy.example.com:3128"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_a_scheme_and_a_host() {
        for right in [
            "http://localhost:4566",
            "https://vpce-1.cloudformation.eu-west-1.vpce.amazonaws.com",
            "http://[::1]:5000/path",
            "http://127.0.0.1:1",
        ] {
            assert!(is_url(right), "{right}");
        }
        for wrong in [
            "localhost:4566",
            "localhost",
            "://x",
            "http://",
            "http:///path",
            "ftp://localhost",
            "http://local host",
            "http://localhost:",
            "http://localhost:99999999",
            "/path",
            "http:/localhost",
        ] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_region_may_be_new() {
        for right in ["eu-west-1", "ap-mars-7", "us-iso-east-1", "local"] {
            assert!(is_region(right), "{right}");
        }
        for wrong in [
            "",
            "eu west 1",
            "eu-west-1\n",
            "-eu",
            "eu-",
            "123",
            "eu_west_1",
            "eu.west",
        ] {
            assert!(!is_region(wrong), "{wrong}");
        }
    }
}
