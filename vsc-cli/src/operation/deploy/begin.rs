//! The state of the stack before a deployment.

use super::{InitialState, Options};
use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::Event as StackEvent;
use crate::aws::follow::Follower;
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::stack_state::{self, StackState};
use crate::failure::Hint;
use crate::markup::RUN;
use crate::operation::{destroy, rollback};

/// Describes the stack, and deletes a failed one or waits for an operation if the user agrees.
pub(super) async fn begin(
    session: &Session,
    name: &str,
    options: &Options,
) -> Result<InitialState, Failure> {
    loop {
        let Some(stack) = cloudformation::describe(session, name).await? else {
            return Ok(InitialState::of(None, false));
        };
        match stack.state() {
            StackState::Deleted => {
                return Ok(InitialState::of(None, false));
            }
            StackState::ReviewInProgress => {
                return Ok(InitialState::of(None, true));
            }
            StackState::Complete | StackState::Failed => {
                return Ok(InitialState::of(Some(stack), true));
            }
            StackState::InProgress => follow_first(session, &stack).await?,
            StackState::CreationRolledBack => replace_rolled_back(session, &stack, options).await?,
            StackState::DeleteFailed => {
                return Err(Failure::input(format!("the deletion of {name} failed (DELETE_FAILED); it can be deployed once it is deleted"))
.hint(Hint::run("delete it with", &["destroy", name]).then(", which reports what blocks it")));
            }
            StackState::UpdateRollbackFailed if stack.status == "IMPORT_ROLLBACK_FAILED" => {
                return Err(rollback::import_rollback_failed(name));
            }
            StackState::UpdateRollbackFailed => {
                return Err(Failure::input(format!("the last update of {name} failed, and so did its rollback ({})", stack.status))
.hint(format!("run `{RUN}rollback {name}{RUN:#}` first; see why with `{RUN}diagnose {name}{RUN:#}`")));
            }
        }
    }
}

/// Offers to wait for an operation in progress.
async fn follow_first(session: &Session, stack: &Deployed) -> Result<(), Failure> {
    let activity = stack_state::activity(&stack.status);
    let newest = cloudformation::newest_event(session, &stack.id).await?;
    let since = newest.as_ref().map(StackEvent::timestamp);
    let question = Question::Wait {
        stack: stack.name.clone(),
        status: stack.status.clone(),
        since,
    };
    let otherwise = Hint::run(
        "wait for it to finish with",
        &["events", "--follow", &stack.name],
    )
    .then(", then deploy again");
    if !confirm(session, question, otherwise.clone()).await? {
        return Err(
            Failure::input(format!("{} {activity}; nothing was changed", stack.name))
                .hint(otherwise),
        );
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
    let question = Question::Replace {
        stack: name.clone(),
        status: stack.status.clone(),
    };
    let otherwise = Hint::run("pass `--yes`, or delete it with", &["destroy", name]);
    if !options.yes && !confirm(session, question, otherwise).await? {
        return Err(Failure::input(format!(
            "{name} was not deleted; nothing was changed"
        )));
    }
    session.io.report(Event::DeletingRest { stack: name });
    destroy::delete(session, stack, &[], options.role.as_deref(), true).await
}
