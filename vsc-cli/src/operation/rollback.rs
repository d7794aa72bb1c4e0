//! `rollback`: returns a stack to its previous state.

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::error::CallError;
use crate::aws::event::Event as StackEvent;
use crate::aws::follow::Follower;
use crate::aws::io::{Event, Question, StackOperation};
use crate::aws::question::confirm;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::Session;
use crate::aws::stack_state::{self, StackState, is_success};
use crate::aws::{report, token};
use crate::failure::Hint;
use crate::markup::RUN;

/// The help if CloudFormation cannot roll back.
const EARLIER: &str = "to return to an earlier version, check it out and deploy it";

/// The call that rolls a stack back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RollbackAction {
    /// An update is in progress: cancel it.
    CancelUpdate,
    /// A creation failed without a rollback: delete its resources.
    RollBackCreation,
    /// An update failed without a rollback: roll it back.
    RollBackUpdate,
    /// A rollback failed: continue it.
    ContinueRollback,
}

impl RollbackAction {
    /// The action for a status, if there is one.
    fn of(status: &str) -> Option<Self> {
        match (StackState::of(status), status) {
            (_, "UPDATE_IN_PROGRESS") => Some(Self::CancelUpdate),
            (_, "CREATE_FAILED") => Some(Self::RollBackCreation),
            (StackState::Failed, _) => Some(Self::RollBackUpdate),
            (_, "UPDATE_ROLLBACK_FAILED") => Some(Self::ContinueRollback),
            _ => None,
        }
    }

    fn question(self, stack: &str) -> Question {
        let stack = stack.to_owned();
        match self {
            Self::CancelUpdate => Question::CancelUpdate { stack },
            Self::RollBackCreation => Question::RollBackCreation { stack },
            Self::RollBackUpdate => Question::RollBackUpdate { stack },
            Self::ContinueRollback => Question::ContinueRollback { stack },
        }
    }
}

/// The options of a rollback.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Logical IDs of resources that cannot be rolled back.
    pub(crate) skip: Vec<String>,
    pub(crate) yes: bool,
    pub(crate) waits: bool,
}

/// Rolls a stack back.
///
/// # Errors
///
/// When it cannot be rolled back, the rollback fails, or the user does not agree.
pub(crate) fn run(target: &Target, stack: &Stack, options: Options) -> Result<(), Failure> {
    target.on(stack, async |session| {
        roll_back(session, stack, options).await
    })
}

async fn roll_back(session: &Session, stack: &Stack, options: Options) -> Result<(), Failure> {
    let deployed = declared::find(session, stack).await?;
    let name = &stack.name;
    let action =
        RollbackAction::of(&deployed.status).ok_or_else(|| not_possible(name, &deployed))?;
    if action != RollbackAction::ContinueRollback && !options.skip.is_empty() {
        return Err(Failure::usage(format!(
            "`--skip` requires a stack in UPDATE_ROLLBACK_FAILED, but {name} is in {}",
            deployed.status
        ))
        .hint("omit it"));
    }
    if !options.yes && !confirm(session, action.question(name), "pass `--yes`").await? {
        return Err(Failure::input(format!("{name} was not rolled back")));
    }
    let known = cloudformation::newest_event(session, &deployed.id).await?;
    let token = token::unique("rollback-");
    let started = start(session, action, &deployed.id, &token, options.skip).await;
    if let Err(error) = started
        && !error.is_repeated()
    {
        return Err(not_started(name, &error));
    }
    if !options.waits {
        session.io.report(Event::Started {
            stack: name,
            operation: StackOperation::Rollback,
        });
        return Ok(());
    }
    let mut follower = Follower::new(session, &deployed.id, known.map(|event| event.id), 0);
    let after = follower.until_finished().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the rollback of {name} continues in AWS: follow it with `{RUN}events --follow {name}{RUN:#}`"
        ))
    })?;
    let status = after.map(|stack| stack.status).unwrap_or_default();
    ended(session, name, action, &status, &follower, &token)
}

/// Reports the result.
fn ended(
    session: &Session,
    name: &str,
    action: RollbackAction,
    status: &str,
    follower: &Follower<'_>,
    token: &str,
) -> Result<(), Failure> {
    let operation = match status {
        "UPDATE_ROLLBACK_COMPLETE" | "ROLLBACK_COMPLETE" => StackOperation::Rollback,
        "" | "DELETE_COMPLETE" => StackOperation::Deletion,
        _ if action == RollbackAction::CancelUpdate && is_success(status) => {
            return Err(Failure::input(format!(
                "the update of {name} was over before it could be cancelled ({status})"
            ))
            .hint(EARLIER));
        }
        _ => {
            return Err(report::failed(
                &format!("the rollback of {name} failed"),
                follower.events(),
                Some(token),
                &format!("{name} is in the state {status}"),
                after_failure(name, status, follower.events()),
            ));
        }
    };
    session.io.report(Event::Ended {
        stack: name,
        operation,
        status,
    });
    Ok(())
}

/// The help for a failed rollback.
fn after_failure(name: &str, status: &str, events: &[StackEvent]) -> Hint {
    if StackState::of(status) == StackState::CreationRolledBack {
        return Hint::run("delete what is left with", &["destroy", name]);
    }
    let mut failed: Vec<&str> = events
        .iter()
        .filter(|event| event.status == "UPDATE_FAILED" && !event.is_of_the_stack())
        .map(|event| event.logical_id.as_str())
        .collect();
    failed.sort_unstable();
    failed.dedup();
    if failed.is_empty() {
        failed.push("LOGICAL_ID");
    }
    Hint::run("fix the cause and run", &["rollback", name]).then(format!(
        " again; `--skip {}` skips what cannot be rolled back",
        failed.join(" --skip ")
    ))
}

/// The failure if the rollback did not start, or if that is unknown.
fn not_started(name: &str, error: &CallError) -> Failure {
    error.failure(&match error.kind() {
        ErrorKind::Network => {
            format!(
                "the rollback of {name} may have started: check with `{RUN}status {name}{RUN:#}`"
            )
        }
        _ => format!("{name} was not rolled back: check with `{RUN}status {name}{RUN:#}`"),
    })
}

/// The message for an import whose rollback failed: CloudFormation has no call that continues it.
pub(super) fn import_rollback_failed(name: &str) -> Failure {
    Failure::aws(format!(
        "the import into {name} failed, and so did its rollback (IMPORT_ROLLBACK_FAILED)"
    ))
    .hint(
        Hint::run("see why with", &["diagnose", name])
            .then("; only AWS Support can recover such a stack"),
    )
}

async fn start(
    session: &Session,
    action: RollbackAction,
    stack: &str,
    token: &str,
    skip: Vec<String>,
) -> Result<(), Box<CallError>> {
    let client = &session.cloudformation;
    match action {
        RollbackAction::CancelUpdate => {
            let call = client
                .cancel_update_stack()
                .stack_name(stack)
                .client_request_token(token);
            session
                .call_anyway("CancelUpdateStack", call.send())
                .await
                .map(drop)
        }
        RollbackAction::RollBackCreation | RollbackAction::RollBackUpdate => {
            let call = client
                .rollback_stack()
                .stack_name(stack)
                .client_request_token(token);
            session
                .call_anyway("RollbackStack", call.send())
                .await
                .map(drop)
        }
        RollbackAction::ContinueRollback => {
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

fn not_possible(name: &str, deployed: &Deployed) -> Failure {
    let status = &deployed.status;
    if status == "IMPORT_ROLLBACK_FAILED" {
        return import_rollback_failed(name);
    }
    let help = match deployed.state() {
        StackState::InProgress if status == "CREATE_IN_PROGRESS" => {
            Hint::run("it is being created: delete it with", &["destroy", name])
        }
        StackState::InProgress => Hint::run(
            format!("it {}: follow it with", stack_state::activity(status)),
            &["events", "--follow", name],
        ),
        StackState::CreationRolledBack => Hint::run(
            "its creation failed: create it again with",
            &["deploy", name],
        ),
        StackState::DeleteFailed => Hint::run("delete the rest with", &["destroy", name]),
        _ => Hint::from(EARLIER),
    };
    Failure::input(format!("{name} cannot be rolled back ({status})")).hint(help)
}

#[cfg(test)]
mod tests;
