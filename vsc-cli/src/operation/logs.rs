//! `logs`: the logs of the host and its workspaces.

use std::time::Duration;

use super::each::Target;
use crate::Failure;
use crate::assembly::{Stack, Team};
use crate::aws::developer;
use crate::aws::host::{self, CommandOutput, InstanceState};
use crate::aws::io::Item;
use crate::aws::session::{Session, Stopped};
use crate::failure::Hint;

/// The interval between two queries.
const INTERVAL: Duration = Duration::from_secs(3);

/// Gives the lines of a query.
///
/// # Errors
///
/// When the host cannot be queried, or its stack does not exist.
pub(crate) fn query(target: &Target, stack: &Stack, query: &Query) -> Result<(), Failure> {
    target.on(stack, async |session| show(session, stack, query).await)
}

/// Gives the console output that EC2 keeps.
///
/// # Errors
///
/// When there is none, or the stack does not exist.
pub(crate) fn console(target: &Target, stack: &Stack) -> Result<(), Failure> {
    target.on(stack, async |session| {
        let id = host::instance_id(session, stack).await?;
        console_of(session, &stack.name, &id).await
    })
}

async fn show(session: &Session, stack: &Stack, query: &Query) -> Result<(), Failure> {
    let name = stack.name.as_str();
    let id = host::instance_id(session, stack).await?;
    let instance = host::describe(session, &id).await?;
    let state = instance.map_or(InstanceState::Terminated, |instance| instance.state);
    if state != InstanceState::Running {
        return Err(Failure::input(format!(
            "the host of {name} ({id}) is {}: it cannot be queried",
            state.name()
        ))
        .hint(Hint::run(
            "read its console output with",
            &["logs", name, "--console"],
        )));
    }
    if query.follows {
        follow(session, &id, query).await
    } else {
        let output = ask(session, &id, &query.command()).await?;
        session.io.give(Item::Lines(&output.output))
    }
}

async fn console_of(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    match host::console(session, id).await? {
        Some(output) if !output.is_empty() => {
            let text = String::from_utf8_lossy(&output).replace('\r', "");
            session.io.give(Item::Lines(&text))
        }
        _ => Err(
            Failure::input(format!("EC2 has no console output of {name} ({id}) yet"))
                .hint("try again some minutes after the boot"),
        ),
    }
}

/// Queries the host repeatedly; an interruption ends it successfully.
async fn follow(session: &Session, id: &str, query: &Query) -> Result<(), Failure> {
    let mut query = query.clone();
    loop {
        let output = match host::run(session, id, &query.command()).await {
            Err(Stopped::Interrupted) => return Ok(()),
            output => checked(output?)?,
        };
        let (lines, cursor) = with_cursor(&output.output);
        session.io.give(Item::Lines(&lines))?;
        if let Some(cursor) = cursor {
            query.after = Some(cursor);
        }
        match session.pause(INTERVAL).await {
            Err(Stopped::Interrupted) => return Ok(()),
            paused => paused?,
        }
    }
}

async fn ask(session: &Session, id: &str, command: &str) -> Result<CommandOutput, Failure> {
    checked(host::run(session, id, command).await?)
}

fn checked(output: CommandOutput) -> Result<CommandOutput, Failure> {
    if output.status == "Success" {
        return Ok(output);
    }
    let errors = output.errors.trim();
    let reason = if errors.is_empty() {
        &output.status
    } else {
        errors
    };
    Err(
        Failure::input(format!("the host cannot be queried: {reason}"))
            .hint("check that its Systems Manager agent runs and reaches AWS"),
    )
}

/// The lines, and the journal cursor after the last of them: journalctl prints it at the end with
/// `--show-cursor`.
fn with_cursor(output: &str) -> (String, Option<String>) {
    let mut cursor = None;
    let mut lines = String::new();
    for line in output.lines() {
        match line.strip_prefix("-- cursor: ") {
            Some(text) => cursor = Some(text.trim().to_owned()),
            None if line == "-- No entries --" => {}
            None => {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    (lines, cursor)
}

/// A query for logs.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) source: LogSource,
    /// The age of the oldest lines, in seconds.
    pub(crate) since: u64,
    pub(crate) lines: u16,
    /// Whether new lines are followed.
    pub(crate) follows: bool,
    /// The journal cursor after the known lines.
    pub(crate) after: Option<String>,
}

/// Where lines come from.
#[derive(Clone, Debug)]
pub(crate) enum LogSource {
    All,
    Workspace(String),
    Proxy,
    Boot,
}

impl Query {
    /// The command on the host. The user name is one of the team's: letters, digits and hyphens.
    pub(crate) fn command(&self) -> String {
        let units = match &self.source {
            LogSource::Boot => {
                return format!(
                    "cat /run/vsc/failure 2>/dev/null; tail -n {0} /var/log/cfn-init.log /var/log/cfn-init-cmd.log",
                    self.lines
                );
            }
            LogSource::All => "-u 'vsc-*'".to_owned(),
            LogSource::Workspace(name) => format!("-u 'vsc-workspace@{name}.service'"),
            LogSource::Proxy => "-u vsc-proxy.service".to_owned(),
        };
        let from = match &self.after {
            Some(cursor) => format!("--after-cursor='{}'", cursor.replace('\'', "")),
            None => format!("--since=-{}s -n {}", self.since, self.lines),
        };
        let cursor = if self.follows { " --show-cursor" } else { "" };
        format!(
            "journalctl --namespace='*' --no-pager -o short-iso --no-hostname {units} {from}{cursor}"
        )
    }
}

/// The name of a developer for the journal of a workspace.
///
/// # Errors
///
/// When the team has no such user.
pub(crate) fn workspace(name: &str, team: Option<&Team>) -> Result<LogSource, Failure> {
    let user = developer::named(name, team)?;
    Ok(LogSource::Workspace(user.name.clone()))
}

/// Parses a number with its unit into seconds.
pub(crate) fn age(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests;
