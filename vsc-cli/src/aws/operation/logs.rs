//! `logs`: the logs of the host and its workspaces.

use std::time::Duration;

use clap::ArgMatches;

use crate::Failure;
use crate::assembly::Team;
use crate::aws::developer;
use crate::aws::host::{self, CommandOutput, InstanceState};
use crate::aws::runtime;
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::cli::Context;
use crate::cli::stacks;
use crate::failure::Hint;

/// The interval between two queries.
const INTERVAL: Duration = Duration::from_secs(3);

/// Prints the logs of the selected stack.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stack = stacks::only(context.selected_or_named(matches)?, "whose logs to print")?;
    let name = &stack.name.to_owned();
    let query = Query::of(matches, stack.team.as_ref())?;
    runtime::block_on(async {
        let region = stack.region.as_deref();
        let session = Session::connect(&session_options, region, context.terminal).await?;
        if matches.get_flag("console") {
            let id = host::instance_id(&session, &name).await?;
            return console(&session, &name, &id).await;
        }
        show(&session, &name, &query).await
    })
}

async fn show(session: &Session, name: &str, query: &Query) -> Result<(), Failure> {
    let id = host::instance_id(session, name).await?;
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
        session.terminal.print(&output.output)
    }
}

async fn console(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    match host::console(session, id).await? {
        Some(output) if !output.is_empty() => session
            .terminal
            .print(&String::from_utf8_lossy(&output).replace('\r', "")),
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
        session.terminal.print(&lines)?;
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
struct Query {
    source: LogSource,
    /// The age of the oldest lines, in seconds.
    since: u64,
    lines: u16,
    follows: bool,
    /// The journal cursor after the known lines.
    after: Option<String>,
}

#[derive(Clone, Debug)]
enum LogSource {
    All,
    Workspace(String),
    Proxy,
    Boot,
}

impl Query {
    fn of(matches: &ArgMatches, team: Option<&Team>) -> Result<Self, Failure> {
        let source = match matches.get_one::<String>("user") {
            Some(name) => LogSource::Workspace(developer::named(name, team)?.name.clone()),
            None if matches.get_flag("proxy") => LogSource::Proxy,
            None if matches.get_flag("boot") => LogSource::Boot,
            None => LogSource::All,
        };
        let since = matches
            .get_one::<String>("since")
            .map_or("1h", String::as_str);
        Ok(Self {
            source,
            since: age(since).ok_or_else(|| {
                Failure::usage(format!("invalid `--since {since}`"))
                    .hint("write a duration: 30s, 10m, 2h or 3d")
            })?,
            lines: matches.get_one("lines").copied().unwrap_or(100),
            follows: matches.get_flag("follow"),
            after: None,
        })
    }

    /// The command on the host. The user name is one of the team's: letters, digits and hyphens.
    fn command(&self) -> String {
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

/// Parses a number with its unit into seconds.
fn age(text: &str) -> Option<u64> {
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
