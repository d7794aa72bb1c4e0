//! The template of a stack that is known by its name alone.

use std::borrow::Cow;

use crate::assembly::{Stack, Template};
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::failure::{Failure, Hint};

/// The stack as it is deployed.
///
/// # Errors
///
/// When it is not deployed, or AWS cannot be asked.
pub(super) async fn find(session: &Session, stack: &Stack) -> Result<Deployed, Failure> {
    let name = &stack.name;
    cloudformation::describe(session, name)
        .await?
        .ok_or_else(|| {
            let failure = Failure::input(format!("{name} is not deployed in {}", session.region()));
            if stack.is_declared() {
                failure.hint(
                    Hint::run("deploy it with", &["deploy", &stack.selection()])
                        .then(", or pass another `--region`"),
                )
            } else {
                failure.hint("check its name, or pass another `--region` or `--profile`")
            }
        })
}

/// The stack with the deployed template, if no app or file declares one. It stays without a template
/// if that cannot be read: an operation on a stack does not depend on it.
///
/// # Errors
///
/// When the user interrupts.
pub(super) async fn or_deployed<'a>(
    session: &Session,
    stack: &'a Stack,
    deployed: &Deployed,
) -> Result<Cow<'a, Stack>, Stopped> {
    if stack.is_declared() || deployed.state() == StackState::ReviewInProgress {
        return Ok(Cow::Borrowed(stack));
    }
    let reason = match cloudformation::deployed_template(session, &deployed.id).await {
        Ok(text) => match Template::read(text) {
            Ok(template) => {
                let stack = stack.clone();
                return Ok(Cow::Owned(Stack { template, ..stack }));
            }
            Err(error) => error.to_string(),
        },
        Err(Stopped::Failed(error)) => error.cause(),
        Err(interrupted) => return Err(interrupted),
    };
    session.io.report(Event::TemplateUnknown {
        stack: &stack.name,
        cause: reason,
    });
    Ok(Cow::Borrowed(stack))
}
