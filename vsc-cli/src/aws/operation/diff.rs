//! The deployed templates for `diff`.

use clap::ArgMatches;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::StackState;
use crate::aws::{cloudformation, masked, runtime};
use crate::cli::Context;

/// The deployed templates of the stacks; empty for a stack that is not deployed.
pub(crate) fn templates(
    context: &Context<'_>,
    stacks: &[Stack],
    matches: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    let session_options = SessionOptions::of(matches);
    runtime::block_on(async {
        let mut templates = Vec::new();
        for stack in stacks {
            let region = stack.region.as_deref();
            let session = Session::connect(&session_options, region, context.terminal).await?;
            templates.push(template(&session, stack).await?);
        }
        Ok(templates)
    })
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
        session.terminal.note(&format!(
            "{name} is not deployed in {}: everything is new",
            session.region()
        ));
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
