//! Scripts on the host of a team, which Systems Manager runs.

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::host::{self, CommandOutput, Instance, InstanceState};
use crate::aws::session::{Session, Stopped};
use crate::failure::Hint;

/// The folder of the scripts on the host: `team_ide/boot/files`.
pub(super) const SCRIPTS: &str = "/usr/local/libexec/vsc";

/// The host of a stack, which must run.
///
/// # Errors
///
/// When the stack has none, or it is in another state.
pub(super) async fn running(session: &Session, stack: &Stack) -> Result<Instance, Failure> {
    let name = stack.name.as_str();
    let id = host::instance_id(session, stack).await?;
    match host::describe(session, &id).await? {
        Some(instance) if instance.state == InstanceState::Running => Ok(instance),
        Some(instance) if instance.state != InstanceState::Terminated => {
            Err(Failure::input(format!(
                "the host of {name} ({id}) is {}: it cannot be reached",
                instance.state.name()
            ))
            .hint(Hint::run("start it with", &["start", name])))
        }
        _ => Err(
            Failure::input(format!("the host of {name} ({id}) no longer exists"))
                .hint(Hint::run("see its state with", &["status", name])),
        ),
    }
}

/// The output of a script that succeeded. `what` is what failed otherwise: `the homes of team cannot be
/// listed`.
///
/// # Errors
///
/// When the script failed, the host could not be reached, or the user interrupted.
pub(super) fn succeeded(
    stack: &Stack,
    output: Result<CommandOutput, Stopped>,
    what: &str,
) -> Result<CommandOutput, Failure> {
    let name = stack.name.as_str();
    match output {
        Ok(output) if output.status == "Success" => Ok(output),
        Ok(output) if is_missing(&output) => Err(Failure::input(format!(
            "{what}: the host has no such script yet"
        ))
        .hint(Hint::run("bring it up to date with", &["deploy", name]))),
        Ok(output) => Err(Failure::input(format!("{what}: {}", output.reason()))),
        Err(Stopped::Failed(error)) if error.code() == "InvalidInstanceId" => Err(Failure::input(
            format!("{what}: {}", host::unreached(&error)),
        )
        .hint(Hint::run("see whether it responds with", &["status", name]))),
        Err(stopped) => Err(stopped.into()),
    }
}

/// Whether the script does not exist, as on a host of an earlier version.
fn is_missing(output: &CommandOutput) -> bool {
    let reason = output.reason();
    reason.contains(SCRIPTS) && reason.ends_with("No such file or directory")
}

/// The value of a key in the output of a script: words or lines `KEY=VALUE`.
pub(super) fn value<'a>(output: &'a str, key: &str) -> Option<&'a str> {
    let mut words = output.split_whitespace();
    words.find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}

/// The rest of the line of a key, of a value with spaces.
pub(super) fn line<'a>(output: &'a str, key: &str) -> Option<&'a str> {
    let mut lines = output.lines();
    let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.map(str::trim).filter(|value| !value.is_empty())
}

/// A number in the output of a script.
pub(super) fn number(output: &str, key: &str) -> Option<u64> {
    value(output, key)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_keys() {
        let output = "working\nbytes=12 sha256=ab\nreason=the kernel is new\nempty=\n";
        assert_eq!(number(output, "bytes"), Some(12));
        assert_eq!(value(output, "sha256"), Some("ab"));
        assert_eq!(line(output, "reason"), Some("the kernel is new"));
        for key in ["byte", "ytes", "working", "nothing"] {
            assert_eq!(value(output, key), None, "{key}");
        }
        assert_eq!(
            (line(output, "empty"), number(output, "sha256")),
            (None, None)
        );
    }
}
