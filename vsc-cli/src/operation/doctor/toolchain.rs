//! The programs on this machine: those that build the crate, and those that some commands need.

use std::process::Command;

use vsc_spec::Diagnostic;

use super::check::Check;

/// The oldest Rust that builds vsc.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

pub(super) fn checks() -> Vec<Check> {
    vec![rust(), git(), docker()]
}

fn rust() -> Check {
    const SUBJECT: &str = "Rust";
    let help = "install Rust from https://rustup.rs, or run `rustup update`";
    let Some(version) = output_of("rustc", &["--version"]) else {
        let diagnostic =
            Diagnostic::new("`rustc` is not installed, or reports no version").help(help);
        return Check::bad(SUBJECT, diagnostic);
    };
    match version.split_whitespace().nth(1).map(numbers) {
        Some(found) if found < numbers(RUST) => Check::bad(
            SUBJECT,
            Diagnostic::new(format!("{version} is too old"))
                .note(format!("vsc needs {RUST} or newer"))
                .help(help),
        ),
        _ => Check::good(SUBJECT, version),
    }
}

fn git() -> Check {
    const SUBJECT: &str = "git";
    match output_of("git", &["--version"]) {
        Some(version) => Check::good(SUBJECT, version),
        None => Check::doubtful(
            SUBJECT,
            Diagnostic::new("`git` is not installed").note("`diff --revision` needs it"),
        ),
    }
}

fn docker() -> Check {
    const SUBJECT: &str = "Docker";
    match output_of("docker", &["info", "--format", "{{.ServerVersion}}"]) {
        Some(version) if !version.is_empty() => Check::good(SUBJECT, format!("engine {version}")),
        _ => Check::doubtful(
            SUBJECT,
            Diagnostic::new("the Docker engine does not answer")
                .note("`preview` needs one; a deployment does not"),
        ),
    }
}

/// The output of a program, if it is installed and succeeds.
fn output_of(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The numbers of a version, without a pre-release suffix.
fn numbers(version: &str) -> Vec<u32> {
    let version = version.split('-').next().unwrap_or_default();
    version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("1.100.0") > numbers("1.90"));
        assert!(numbers("1.90.0-beta.2") >= numbers("1.90"));
        assert!(numbers("1.89.9") < numbers("1.90"));
    }
}
