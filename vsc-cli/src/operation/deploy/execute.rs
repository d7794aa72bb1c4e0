//! Executes a change set, and follows its execution.

use super::{InitialState, Options, Outcome, STARTED};
use crate::assembly::Stack;
use crate::aws::change::{Action, Change, Replacement};
use crate::aws::change_set::ChangeSet;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::io::{Event, StackOperation};
use crate::aws::report;
use crate::aws::session::Session;
use crate::aws::stack_state::{StackState, is_success};
use crate::failure::{Failure, Hint};
use crate::markup::RUN;

/// Executes a change set, and follows its execution.
pub(super) async fn execute(
    session: &Session,
    stack: &Stack,
    change_set: &ChangeSet,
    changes: Vec<Change>,
    initial: &InitialState,
    options: &Options,
) -> Result<Outcome, Failure> {
    let name = &stack.name;
    let known = match cloudformation::newest_event(session, change_set.stack()).await {
        Ok(event) => event.map(|event| event.id),
        Err(stopped) => {
            let state = change_set.discard(session).await;
            return Err(stopped.failure(&state));
        }
    };
    change_set.execute_or_discard(session).await?;
    if options.no_wait {
        session.io.report(Event::Started {
            stack: name,
            operation: StackOperation::Deployment,
        });
        return Ok(Outcome {
            status: STARTED.to_owned(),
            changes,
            stack: None,
        });
    }
    let mut follower = Follower::new(session, change_set.stack(), known, changes.len());
    let after = follower.until_finished().await;
    let after = after.map_err(|stopped| stopped.failure(&in_progress(name, initial)))?;
    match after {
        Some(after) if is_success(&after.status) && after.state() == StackState::Complete => {
            session.io.report(Event::Ended {
                stack: name,
                operation: StackOperation::Deployment,
                status: &after.status,
            });
            if let Some(team) = &stack.team
                && initial.before.is_some()
                && changes
                    .iter()
                    .any(|change| is_of_metadata(change, &team.host.logical_id))
            {
                session.io.report(Event::HostApplies { stack: name });
            }
            Ok(Outcome {
                status: after.status.clone(),
                changes,
                stack: Some(after),
            })
        }
        after => Err(failed(
            stack,
            &follower,
            change_set,
            initial,
            after.as_ref(),
        )),
    }
}

/// Whether the host must apply the change: CloudFormation does not wait for that.
fn is_of_metadata(change: &Change, host: &str) -> bool {
    change.logical_id == host
        && change.action == Action::Modify
        && change.replacement == Replacement::No
        && change.parts.iter().any(|part| part == "Metadata")
}

/// The state of a deployment that is no longer followed.
fn in_progress(name: &str, initial: &InitialState) -> String {
    let cancel = match initial.before {
        Some(_) => format!("cancel it with `{RUN}rollback {name}{RUN:#}`"),
        None => format!("delete it with `{RUN}destroy {name}{RUN:#}`"),
    };
    format!(
        "the deployment of {name} continues in AWS: follow it with `{RUN}events --follow {name}{RUN:#}`, {cancel}"
    )
}

fn failed(
    stack: &Stack,
    follower: &Follower<'_>,
    change_set: &ChangeSet,
    initial: &InitialState,
    after: Option<&Deployed>,
) -> Failure {
    let (name, selection) = (&stack.name, stack.selection());
    let again = ["deploy", selection.as_str()];
    let summary = match initial.before {
        Some(_) => format!("the update of {name} failed"),
        None => format!("the creation of {name} failed"),
    };
    let status = after.map_or("gone", |after| after.status.as_str());
    let (state, next) = match after.map(Deployed::state) {
        None | Some(StackState::Deleted) => (
            format!("{name} was deleted"),
            Hint::from("fix the cause and deploy again"),
        ),
        Some(StackState::CreationRolledBack) => (
            format!("{name} is rolled back ({status}): only its name is left"),
            Hint::run("fix the cause and run", &again)
                .then(", which deletes what is left and creates it again"),
        ),
        Some(StackState::Complete) => (
            format!("{name} is rolled back ({status}): it is as it was before"),
            Hint::run("fix the cause and run", &again).then(" again"),
        ),
        Some(StackState::Failed) => (
            format!("{name} was not rolled back ({status})"),
            Hint::from(format!(
                "examine it; then continue with `{RUN}deploy {selection}{RUN:#}`, or roll back with `{RUN}rollback {name}{RUN:#}`"
            )),
        ),
        Some(StackState::UpdateRollbackFailed) => (
            format!("the rollback of {name} failed as well ({status})"),
            Hint::run("continue it with", &["rollback", name])
                .then("; `--skip LOGICAL_ID` skips a resource that cannot be rolled back"),
        ),
        Some(_) => (
            format!("{name} is in the state {status}"),
            Hint::run("see", &["status", name]),
        ),
    };
    report::failed(
        &summary,
        follower.events(),
        Some(change_set.token()),
        &state,
        next,
    )
}
