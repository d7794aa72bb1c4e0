//! The state of the stack before a deployment.

use super::{InitialState, Options};
use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::Event;
use crate::aws::follow::Follower;
use crate::aws::operation::{destroy, rollback};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::stack_state::{self, StackState};

/// Describes the stack, and deletes a failed one or waits for an operation if the user agrees.
pub(super) async fn begin(
    session: &Session,
    name: &str,
    options: &Options,
) -> Result<InitialState, Failure> {
    loop {
        let Some(stack) = cloudformation::describe(session, name).await? else {
            return Ok(InitialState {
                before: None,
                existed: false,
            });
        };
        match stack.state() {
            StackState::Deleted => {
                return Ok(InitialState {
                    before: None,
                    existed: false,
                });
            }
            StackState::ReviewInProgress => {
                return Ok(InitialState {
                    before: None,
                    existed: true,
                });
            }
            StackState::Complete | StackState::Failed => {
                return Ok(InitialState {
                    before: Some(stack),
                    existed: true,
                });
            }
            StackState::InProgress => follow_first(session, &stack).await?,
            StackState::CreationRolledBack => replace_rolled_back(session, &stack, options).await?,
            StackState::DeleteFailed => {
                return Err(Failure::Input(format!(
                    "the deletion of {name} failed (DELETE_FAILED); it can be deployed once it is deleted\n= help: delete it with `cargo run -- destroy {name}`, which reports what blocks it"
                )));
            }
            StackState::UpdateRollbackFailed if stack.status == "IMPORT_ROLLBACK_FAILED" => {
                return Err(Failure::Input(rollback::import_rollback_failed(name)));
            }
            StackState::UpdateRollbackFailed => {
                return Err(Failure::Input(format!(
                    "the last update of {name} failed, and so did its rollback ({})\n= help: run `cargo run -- rollback {name}` first; see why with `cargo run -- diagnose {name}`",
                    stack.status
                )));
            }
        }
    }
}

/// Offers to wait for an operation in progress.
async fn follow_first(session: &Session, stack: &Deployed) -> Result<(), Failure> {
    let activity = stack_state::activity(&stack.status);
    let newest = cloudformation::newest_event(session, &stack.id).await?;
    let since = newest.as_ref().map(Event::timestamp);
    let question = format!(
        "{} {activity} ({}; its last event was at {}). Wait for it to finish?",
        stack.name,
        stack.status,
        since.unwrap_or_else(|| "an unknown time".to_owned())
    );
    let otherwise = format!(
        "wait for it to finish with `cargo run -- events --follow {}`, then deploy again",
        stack.name
    );
    if !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{} {activity}; nothing was changed\n= help: {otherwise}",
            stack.name
        )));
    }
    let known = newest.map(|event| event.id);
    let mut follower = Follower::new(session, &stack.id, known, 0).already_started();
    follower.until_finished().await?;
    Ok(())
}

/// Deletes a stack whose creation failed.
async fn replace_rolled_back(
    session: &Session,
    stack: &Deployed,
    options: &Options,
) -> Result<(), Failure> {
    let name = &stack.name;
    let question = format!(
        "the creation of {name} failed ({}), and it can only be deleted. Delete it and create it again?",
        stack.status
    );
    let otherwise = format!("pass `--yes`, or delete it with `cargo run -- destroy {name}`");
    if !options.yes && !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{name} was not deleted; nothing was changed"
        )));
    }
    session
        .terminal
        .note(&format!("deleting what is left of {name}"));
    destroy::delete(session, stack, &[], options.role.as_deref(), true).await
}
