//! Empty variables, which the SDK would take for values.

use std::env;

use crate::Failure;

/// Has this program run without the empty variables of AWS: the SDK reads the environment itself,
/// in many places, and cannot be given another one. Where there are none nothing happens.
///
/// # Errors
///
/// When the program cannot be started again.
pub(crate) fn without_empty_variables() -> Result<(), Failure> {
    let is_empty = |value: &std::ffi::OsStr| value.as_encoded_bytes().trim_ascii().is_empty();
    let empty: Vec<_> = env::vars_os()
        .filter(|(name, value)| is_read(&name.to_string_lossy()) && is_empty(value))
        .map(|(name, _)| name)
        .collect();
    if empty.is_empty() {
        return Ok(());
    }
    again(&empty)
}

/// Whether the SDK, or what it finds certificates with, reads the variable.
fn is_read(name: &str) -> bool {
    name.starts_with("AWS_") || ["SSL_CERT_FILE", "SSL_CERT_DIR"].contains(&name)
}

#[cfg(unix)]
fn again(empty: &[std::ffi::OsString]) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    let failed = |error: std::io::Error| {
        let name = empty.first().map(|name| name.to_string_lossy());
        Failure::Input(format!(
            "{}: it is empty: {error}",
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
    // The same process goes on: who waits for it notices nothing.
    Err(failed(command.exec()))
}

/// Elsewhere a variable cannot be empty.
#[cfg(not(unix))]
fn again(_: &[std::ffi::OsString]) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_read;

    #[test]
    fn only_what_the_sdk_reads_is_taken_out() {
        for name in ["AWS_REGION", "AWS_", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            assert!(is_read(name), "{name}");
        }
        for name in ["PATH", "MY_AWS_REGION", "SSL_CERT", ""] {
            assert!(!is_read(name), "{name}");
        }
    }
}
