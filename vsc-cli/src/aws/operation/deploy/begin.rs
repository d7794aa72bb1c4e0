//! The state in which a deployment finds its stack.

use super::{Beginning, Options};
use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::Event;
use crate::aws::follow::Follower;
use crate::aws::operation::{destroy, rollback};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::standing::{self, Standing};

/// Looks at the stack, and clears the way where that can be done.
pub(super) async fn begin(
    session: &Session,
    name: &str,
    options: &Options,
) -> Result<Beginning, Failure> {
    loop {
        let Some(stack) = cloudformation::describe(session, name).await? else {
            return Ok(Beginning {
                before: None,
                existed: false,
            });
        };
        match stack.standing() {
            Standing::Absent => {
                return Ok(Beginning {
                    before: None,
                    existed: false,
                });
            }
            Standing::Reviewed => {
                return Ok(Beginning {
                    before: None,
                    existed: true,
                });
            }
            Standing::Settled | Standing::Halted => {
                return Ok(Beginning {
                    before: Some(stack),
                    existed: true,
                });
            }
            Standing::Busy => follow_first(session, &stack).await?,
            Standing::Stillborn => replace_stillborn(session, &stack, options).await?,
            Standing::Undead => {
                return Err(Failure::Input(format!(
                    "{name} could not be deleted completely (DELETE_FAILED), and cannot be deployed before it is\n= help: say `cargo run -- destroy {name}`; it reports what is in the way"
                )));
            }
            Standing::Stuck if stack.status == "IMPORT_ROLLBACK_FAILED" => {
                return Err(Failure::Input(rollback::import_is_stuck(name)));
            }
            Standing::Stuck => {
                return Err(Failure::Input(format!(
                    "the last update of {name} failed, and so did its rollback ({})\n= help: say `cargo run -- rollback {name}` first; `cargo run -- diagnose {name}` says why",
                    stack.status
                )));
            }
        }
    }
}

/// Something goes on already: offers to wait for its end.
async fn follow_first(session: &Session, stack: &Deployed) -> Result<(), Failure> {
    let activity = standing::activity(&stack.status);
    let newest = cloudformation::newest_event(session, &stack.id).await?;
    let since = newest.as_ref().map(Event::timestamp);
    let question = format!(
        "{} {activity} ({}; its last event was at {}). Wait for the end of that?",
        stack.name,
        stack.status,
        since.unwrap_or_else(|| "an unknown time".to_owned())
    );
    let otherwise = format!(
        "wait for its end with `cargo run -- events --follow {}`, then deploy again",
        stack.name
    );
    if !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{} {activity}; nothing was changed\n= help: {otherwise}",
            stack.name
        )));
    }
    let known = newest.map(|event| event.id);
    let mut follower = Follower::new(session, &stack.id, known, 0).begun();
    follower.until_settled().await?;
    Ok(())
}

/// A stack whose creation failed can only be deleted.
async fn replace_stillborn(
    session: &Session,
    stack: &Deployed,
    options: &Options,
) -> Result<(), Failure> {
    let name = &stack.name;
    let question = format!(
        "{name} is left over from a creation that failed ({}), and can only be deleted. Delete it and create it again?",
        stack.status
    );
    let otherwise =
        format!("say yes with `--yes`, or delete it with `cargo run -- destroy {name}`");
    if !options.yes && !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{name} was not deleted, and nothing was changed"
        )));
    }
    session
        .terminal
        .note(&format!("deleting what is left of {name}"));
    destroy::delete(session, stack, &[], options.role.as_deref(), true).await
}
