//! Empty variables, which the SDK would treat as values.

use std::env;

use crate::Failure;

/// Restarts this program without its empty AWS variables, if there are any: the SDK reads the
/// environment itself, and cannot be given another one.
///
/// # Errors
///
/// When the program cannot be restarted.
pub(crate) fn without_empty_variables() -> Result<(), Failure> {
    let is_empty = |value: &std::ffi::OsStr| value.as_encoded_bytes().trim_ascii().is_empty();
    let empty: Vec<_> = env::vars_os()
        .filter(|(name, value)| is_read(&name.to_string_lossy()) && is_empty(value))
        .map(|(name, _)| name)
        .collect();
    if empty.is_empty() {
        return Ok(());
    }
    restart(&empty)
}

/// Whether the SDK, or its lookup of certificates, reads the variable.
fn is_read(name: &str) -> bool {
    name.starts_with("AWS_") || ["SSL_CERT_FILE", "SSL_CERT_DIR"].contains(&name)
}

#[cfg(unix)]
fn restart(empty: &[std::ffi::OsString]) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    let failed = |error: std::io::Error| {
        let name = empty.first().map(|name| name.to_string_lossy());
        Failure::input(format!(
            "{}: the variable is empty, and the program cannot be restarted without it: {error}",
            name.unwrap_or_default()
        ))
    };
    let mut arguments = env::args_os();
    let called = arguments.next().unwrap_or_default();
    let mut command = std::process::Command::new(env::current_exe().map_err(failed)?);
    command.arg0(called).args(arguments);
    for name in empty {
        command.env_remove(name);
    }
    // The process stays the same, so its parent notices nothing.
    Err(failed(command.exec()))
}

/// On other systems a variable cannot be empty.
#[cfg(not(unix))]
fn restart(_: &[std::ffi::OsString]) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_read;

    #[test]
    fn only_variables_of_the_sdk_are_removed() {
        for name in ["AWS_REGION", "AWS_", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            assert!(is_read(name), "{name}");
        }
        for name in ["PATH", "MY_AWS_REGION", "SSL_CERT", ""] {
            assert!(!is_read(name), "{name}");
        }
    }
}
