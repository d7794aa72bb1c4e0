//! A stack as it is deployed, whatever is declared.

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

/// The stack with the deployed template, whatever declares it. It stays as it is if that cannot be read:
/// an operation on a stack does not depend on it.
///
/// # Errors
///
/// When the user interrupts.
pub(super) async fn as_deployed<'a>(
    session: &Session,
    stack: &'a Stack,
    deployed: &Deployed,
) -> Result<Cow<'a, Stack>, Stopped> {
    if deployed.state() == StackState::ReviewInProgress {
        return Ok(Cow::Borrowed(stack));
    }
    let cause = match cloudformation::deployed_template(session, &deployed.id).await {
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
    let name = &stack.name;
    session.io.report(if stack.is_declared() {
        Event::TemplateUnreadable {
            stack: name,
            error: cause,
        }
    } else {
        Event::TemplateUnknown { stack: name, cause }
    });
    Ok(Cow::Borrowed(stack))
}
