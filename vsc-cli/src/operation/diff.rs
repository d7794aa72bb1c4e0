//! The deployed templates for `diff`.

use vsc_spec::{Json, Object};

use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::io::{Consequence, Event};
use crate::aws::session::Session;
use crate::aws::stack_state::StackState;
use crate::aws::{cloudformation, masked};

/// The deployed templates of the stacks; empty for a stack that is not deployed.
///
/// # Errors
///
/// When one cannot be read.
pub(crate) fn templates(target: &Target, stacks: &[Stack]) -> Result<Vec<Json>, Failure> {
    target.on_each(stacks, &template)
}

async fn template(session: &Session, stack: &Stack) -> Result<Json, Failure> {
    let name = &stack.name;
    let deployed = cloudformation::describe(session, name).await?;
    let deployed = deployed.filter(|deployed| {
        !matches!(
            deployed.state(),
            StackState::Deleted | StackState::ReviewInProgress
        )
    });
    let Some(deployed) = deployed else {
        session.io.report(Event::Missing {
            stack: name,
            region: session.region(),
            then: Consequence::EverythingIsNew,
        });
        return Ok(Json::Object(Object::new()));
    };
    let text = cloudformation::deployed_template(session, &deployed.id).await?;
    masked::read(&text, &stack.template.json).map_err(|error| {
        Failure::input(format!(
            "cannot read the deployed template of {name}: {error}"
        ))
    })
}

#[cfg(test)]
mod tests;
