//! A change set is executed, and followed to its end.

use vsc_core::team_ide::HOST;

use super::{Beginning, Options, Outcome};
use crate::Failure;
use crate::aws::change::{Action, Change, Replacement};
use crate::aws::change_set::ChangeSet;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::report;
use crate::aws::session::Session;
use crate::aws::standing::{Standing, is_success};
use crate::cli::stacks::Stacked;
use crate::terminal::style::GOOD;

/// Executes a change set and follows it to its end.
pub(super) async fn execute(
    session: &Session,
    stack: &Stacked,
    change_set: &ChangeSet,
    changes: Vec<Change>,
    beginning: &Beginning,
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
    change_set.carry_out(session).await?;
    if options.no_wait {
        session.terminal.note(&format!(
            "{name} is being deployed; follow it with `cargo run -- events --follow {name}`"
        ));
        return Ok(Outcome {
            status: "started".to_owned(),
            changes,
            stack: None,
        });
    }
    let mut follower = Follower::new(session, change_set.stack(), known, changes.len());
    let settled = follower.until_settled().await;
    let settled = settled.map_err(|stopped| stopped.failure(&going_on(name, beginning)))?;
    match settled {
        Some(after) if is_success(&after.status) && after.standing() == Standing::Settled => {
            session.terminal.note(&format!(
                "{GOOD}{name} is deployed{GOOD:#} ({})",
                after.status
            ));
            if beginning.before.is_some() && changes.iter().any(is_of_the_hosts_metadata) {
                session.terminal.note(&format!(
                    "the host acts on it within minutes; `cargo run -- status {name}` shows when it has"
                ));
            }
            Ok(Outcome {
                status: after.status.clone(),
                changes,
                stack: Some(after),
            })
        }
        after => Err(failed(
            name,
            &follower,
            change_set,
            beginning,
            after.as_ref(),
        )),
    }
}

/// Whether the host has to act on the change: CloudFormation does not wait for that.
fn is_of_the_hosts_metadata(change: &Change) -> bool {
    change.logical_id == HOST
        && change.action == Action::Modify
        && change.replacement == Replacement::No
        && change.parts.iter().any(|part| part == "Metadata")
}

/// What becomes of a deployment that nobody follows any more.
fn going_on(name: &str, beginning: &Beginning) -> String {
    let cancel = match beginning.before {
        Some(_) => format!("`cargo run -- rollback {name}` cancels it"),
        None => format!("`cargo run -- destroy {name}` takes it back"),
    };
    format!(
        "the deployment of {name} goes on in AWS: `cargo run -- events --follow {name}` follows it, {cancel}"
    )
}

fn failed(
    name: &str,
    follower: &Follower<'_>,
    change_set: &ChangeSet,
    beginning: &Beginning,
    after: Option<&Deployed>,
) -> Failure {
    let what = match beginning.before {
        Some(_) => format!("the update of {name} failed"),
        None => format!("the creation of {name} failed"),
    };
    let status = after.map_or("gone", |after| after.status.as_str());
    let (state, next) = match after.map(Deployed::standing) {
        None | Some(Standing::Absent) => (
            format!("{name} is deleted again"),
            "deploy again when the cause is gone".to_owned(),
        ),
        Some(Standing::Stillborn) => (
            format!("{name} is rolled back ({status}): only its name is left"),
            format!(
                "when the cause is gone, `cargo run -- deploy {name}` deletes what is left and creates it again"
            ),
        ),
        Some(Standing::Settled) => (
            format!("{name} is rolled back ({status}): it is as it was before"),
            format!("when the cause is gone, `cargo run -- deploy {name}`"),
        ),
        Some(Standing::Halted) => (
            format!("{name} is kept as it is ({status})"),
            format!(
                "look at it; then `cargo run -- deploy {name}` goes on, `cargo run -- rollback {name}` goes back"
            ),
        ),
        Some(Standing::Stuck) => (
            format!("the rollback of {name} failed as well ({status})"),
            format!(
                "`cargo run -- rollback {name}` continues it; with `--skip LOGICAL_ID` without a resource that cannot go back"
            ),
        ),
        Some(_) => (
            format!("{name} is in the state {status}"),
            format!("`cargo run -- status {name}` shows more"),
        ),
    };
    report::failed(
        &what,
        follower.events(),
        Some(change_set.token()),
        &state,
        &next,
    )
}
