//! `rollback`: back to what was before.

use clap::ArgMatches;
use vsc_spec::team::TeamIde;

use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::error::CallError;
use crate::aws::event::Event;
use crate::aws::follow::Follower;
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::standing::{self, Standing, is_success};
use crate::aws::trouble::ErrorKind;
use crate::aws::{report, runtime, token};
use crate::cli::Context;
use crate::cli::stacks;
use crate::terminal::style::GOOD;

/// How to go back where CloudFormation does not.
const EARLIER: &str = "to go back to an earlier declaration, check it out and deploy it";

/// How a stack goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// An update goes on: it is cancelled.
    Cancel,
    /// A creation that failed was kept: what it made is deleted.
    Undo,
    /// An update that failed was kept: it is rolled back.
    Rollback,
    /// The rollback failed: it is continued.
    Continue,
}

impl Way {
    /// The way back from a status, if there is one.
    fn of(status: &str) -> Option<Self> {
        match (Standing::of(status), status) {
            (_, "UPDATE_IN_PROGRESS") => Some(Self::Cancel),
            (_, "CREATE_FAILED") => Some(Self::Undo),
            (Standing::Halted, _) => Some(Self::Rollback),
            (_, "UPDATE_ROLLBACK_FAILED") => Some(Self::Continue),
            _ => None,
        }
    }

    fn question(self, name: &str) -> String {
        match self {
            Self::Cancel => format!("Cancel the update of {name}, and go back to what was before?"),
            Self::Undo => {
                format!(
                    "The creation of {name} failed and was kept. Delete everything that it made?"
                )
            }
            Self::Rollback => format!("Roll {name} back to what was before it failed?"),
            Self::Continue => format!("Continue the rollback of {name}?"),
        }
    }
}

/// What the user asks for.
struct Options {
    skip: Vec<String>,
    yes: bool,
    waits: bool,
}

/// Brings the selected stack back.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected(matches)?, "to roll back")?;
    let region = stack.ide().and_then(TeamIde::region);
    let skip = matches.get_many::<String>("skip");
    let options = Options {
        skip: skip.into_iter().flatten().cloned().collect(),
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    runtime::block_on(async {
        let session =
            Session::connect(&SessionOptions::of(matches), region, context.terminal).await?;
        roll_back(&session, stack.name(), options).await
    })
}

async fn roll_back(session: &Session, name: &str, options: Options) -> Result<(), Failure> {
    let deployed = cloudformation::deployed(session, name).await?;
    let way = Way::of(&deployed.status).ok_or_else(|| no_way(name, &deployed))?;
    if way != Way::Continue && !options.skip.is_empty() {
        return Err(Failure::Usage(format!(
            "`--skip` is for a rollback that failed, and {name} is {}\n= help: leave it out",
            deployed.status
        )));
    }
    if !options.yes && !confirm(session, &way.question(name), "say yes with `--yes`").await? {
        return Err(Failure::Input(format!("{name} stays as it is")));
    }
    let known = cloudformation::newest_event(session, &deployed.id).await?;
    let token = token::unique("rollback-");
    let started = start(session, way, &deployed.id, &token, options.skip).await;
    if let Err(error) = started
        && !error.is_repeated()
    {
        return Err(not_started(name, &error));
    }
    if !options.waits {
        session.terminal.note(&format!(
            "{name} goes back; follow it with `cargo run -- events --follow {name}`"
        ));
        return Ok(());
    }
    let mut follower = Follower::new(session, &deployed.id, known.map(|event| event.id), 0);
    let settled = follower.until_settled().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the rollback of {name} goes on in AWS: `cargo run -- events --follow {name}` follows it"
        ))
    })?;
    let status = settled.map(|stack| stack.status).unwrap_or_default();
    ended(session, name, way, &status, &follower, &token)
}

/// How it ended.
fn ended(
    session: &Session,
    name: &str,
    way: Way,
    status: &str,
    follower: &Follower<'_>,
    token: &str,
) -> Result<(), Failure> {
    let then = match status {
        "UPDATE_ROLLBACK_COMPLETE" => "it is as it was before".to_owned(),
        "ROLLBACK_COMPLETE" => {
            format!("only its name is left; `cargo run -- deploy {name}` creates it again")
        }
        "" | "DELETE_COMPLETE" => {
            session
                .terminal
                .note(&format!("{GOOD}{name} is deleted{GOOD:#}"));
            return Ok(());
        }
        _ if way == Way::Cancel && is_success(status) => {
            return Err(Failure::Input(format!(
                "the update of {name} was over before it could be cancelled ({status})\n= help: {EARLIER}"
            )));
        }
        _ => {
            return Err(report::failed(
                &format!("the rollback of {name} failed"),
                follower.events(),
                Some(token),
                &format!("{name} is in the state {status}"),
                &after_failure(name, status, follower.events()),
            ));
        }
    };
    session.terminal.note(&format!(
        "{GOOD}{name} is rolled back{GOOD:#} ({status}): {then}"
    ));
    Ok(())
}

/// What to do about a rollback that failed.
fn after_failure(name: &str, status: &str, events: &[Event]) -> String {
    if Standing::of(status) == Standing::Stillborn {
        return format!("`cargo run -- destroy {name}` deletes what is left");
    }
    let mut stuck: Vec<&str> = events
        .iter()
        .filter(|event| event.status == "UPDATE_FAILED" && !event.is_of_the_stack())
        .map(|event| event.logical_id.as_str())
        .collect();
    stuck.sort_unstable();
    stuck.dedup();
    if stuck.is_empty() {
        stuck.push("LOGICAL_ID");
    }
    format!(
        "`cargo run -- rollback {name}` tries again when the cause is gone; `--skip {}` leaves out what cannot go back",
        stuck.join(" --skip ")
    )
}

/// CloudFormation did not begin, or nobody knows.
fn not_started(name: &str, error: &CallError) -> Failure {
    error.failure(&match error.kind() {
        ErrorKind::Network => {
            format!("the rollback of {name} may have begun: `cargo run -- status {name}` shows it")
        }
        _ => format!("{name} is not rolled back: `cargo run -- status {name}` shows how it stands"),
    })
}

/// An import whose rollback failed: CloudFormation has no call that goes on with it.
pub(super) fn import_is_stuck(name: &str) -> String {
    format!(
        "{name} could not take resources in, and could not be brought back (IMPORT_ROLLBACK_FAILED)\n= help: `cargo run -- diagnose {name}` says why; only AWS support brings such a stack back"
    )
}

async fn start(
    session: &Session,
    way: Way,
    stack: &str,
    token: &str,
    skip: Vec<String>,
) -> Result<(), Box<CallError>> {
    let client = &session.cloudformation;
    match way {
        Way::Cancel => {
            let call = client
                .cancel_update_stack()
                .stack_name(stack)
                .client_request_token(token);
            session
                .call_anyway("CancelUpdateStack", call.send())
                .await
                .map(drop)
        }
        Way::Undo | Way::Rollback => {
            let call = client
                .rollback_stack()
                .stack_name(stack)
                .client_request_token(token);
            session
                .call_anyway("RollbackStack", call.send())
                .await
                .map(drop)
        }
        Way::Continue => {
            let call = client
                .continue_update_rollback()
                .stack_name(stack)
                .client_request_token(token)
                .set_resources_to_skip((!skip.is_empty()).then_some(skip));
            session
                .call_anyway("ContinueUpdateRollback", call.send())
                .await
                .map(drop)
        }
    }
}

fn no_way(name: &str, deployed: &Deployed) -> Failure {
    let status = &deployed.status;
    if status == "IMPORT_ROLLBACK_FAILED" {
        return Failure::Input(import_is_stuck(name));
    }
    let help = match deployed.standing() {
        Standing::Busy if status == "CREATE_IN_PROGRESS" => {
            format!("it is being created: `cargo run -- destroy {name}` takes it back")
        }
        Standing::Busy => format!(
            "it {}: `cargo run -- events --follow {name}` follows it",
            standing::activity(status)
        ),
        Standing::Stillborn => {
            format!("its creation failed: `cargo run -- deploy {name}` creates it again")
        }
        Standing::Undead => format!("`cargo run -- destroy {name}` deletes the rest"),
        _ => EARLIER.to_owned(),
    };
    Failure::Input(format!(
        "nothing of {name} can be rolled back ({status})\n= help: {help}"
    ))
}

#[cfg(test)]
mod tests;
