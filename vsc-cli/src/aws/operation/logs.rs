//! `logs`: what the host and its workspaces say.

use std::time::Duration;

use clap::ArgMatches;
use vsc_spec::team::TeamIde;

use crate::Failure;
use crate::aws::developer;
use crate::aws::host::{self, Said, State};
use crate::aws::runtime;
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::cli::Context;
use crate::cli::stacks;

/// How often the host is asked for more.
const INTERVAL: Duration = Duration::from_secs(3);

/// Prints the logs of the one stack that is selected.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stack = stacks::only(context.selected(matches)?, "whose logs are printed")?;
    let name = stack.name().to_owned();
    let query = Query::of(matches, stack.ide())?;
    runtime::block_on(async {
        let region = stack.ide().and_then(TeamIde::region);
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
    let state = instance.map_or(State::Terminated, |instance| instance.state);
    if state != State::Running {
        return Err(Failure::Input(format!(
            "the host of {name} ({id}) is {}: it can be asked nothing\n= help: `cargo run -- logs {name} --console` shows what EC2 keeps of its console",
            state.name()
        )));
    }
    if query.follows {
        follow(session, &id, query).await
    } else {
        let said = ask(session, &id, &query.command()).await?;
        session.terminal.print(&said.output)
    }
}

async fn console(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    match host::console(session, id).await? {
        Some(output) if !output.is_empty() => session
            .terminal
            .print(&String::from_utf8_lossy(&output).replace('\r', "")),
        _ => Err(Failure::Input(format!(
            "EC2 keeps nothing of the console of {name} ({id}) yet\n= help: it is there some minutes after the boot"
        ))),
    }
}

/// Asks again and again; an interruption is the good end.
async fn follow(session: &Session, id: &str, query: &Query) -> Result<(), Failure> {
    let mut query = query.clone();
    loop {
        let said = match host::run(session, id, &query.command()).await {
            Err(Stopped::Interrupted) => return Ok(()),
            said => checked(said?)?,
        };
        let (lines, cursor) = with_cursor(&said.output);
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

async fn ask(session: &Session, id: &str, command: &str) -> Result<Said, Failure> {
    checked(host::run(session, id, command).await?)
}

fn checked(said: Said) -> Result<Said, Failure> {
    if said.status == "Success" {
        return Ok(said);
    }
    let errors = said.errors.trim();
    let reason = if errors.is_empty() {
        &said.status
    } else {
        errors
    };
    Err(Failure::Input(format!(
        "the host could not report: {reason}\n= help: it answers when its agent of Systems Manager runs and reaches AWS"
    )))
}

/// The lines, and the place in the journal behind the last of them: journalctl prints it at the
/// end with `--show-cursor`.
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

/// What the host is asked for.
#[derive(Clone, Debug)]
struct Query {
    what: LogSource,
    /// In seconds.
    since: u64,
    lines: u16,
    follows: bool,
    /// The place in the journal behind what is known.
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
    fn of(matches: &ArgMatches, ide: Option<&TeamIde>) -> Result<Self, Failure> {
        let what = match matches.get_one::<String>("user") {
            Some(name) => {
                LogSource::Workspace(developer::named(name, ide)?.name().as_str().to_owned())
            }
            None if matches.get_flag("proxy") => LogSource::Proxy,
            None if matches.get_flag("boot") => LogSource::Boot,
            None => LogSource::All,
        };
        let since = matches
            .get_one::<String>("since")
            .map_or("1h", String::as_str);
        Ok(Self {
            what,
            since: age(since).ok_or_else(|| {
                Failure::Usage(format!(
                    "`--since {since}` is no age\n= help: write a number and its unit: 30s, 10m, 2h or 3d"
                ))
            })?,
            lines: matches.get_one("lines").copied().unwrap_or(100),
            follows: matches.get_flag("follow"),
            after: None,
        })
    }

    /// The command on the host. The user's name is one of the team's: letters, digits and hyphens.
    fn command(&self) -> String {
        let units = match &self.what {
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

/// A number and its unit, in seconds.
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
