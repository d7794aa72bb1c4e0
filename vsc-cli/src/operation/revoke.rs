//! `users revoke` and `users admit`: locks a developer out at once, and lets one in again.

use vsc_spec::visible::one_line;

use super::each::Target;
use super::on_host::{self, SCRIPTS};
use crate::Failure;
use crate::assembly::{LoginKind, Stack};
use crate::aws::home::is_name;
use crate::aws::host;
use crate::aws::io::{Access, Event};
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::failure::Hint;

/// Gives or takes the access of developers on the host of a stack, one after another.
///
/// # Errors
///
/// When a name is invalid, the host does not run or respond, has no such user, or a part of the change fails.
pub(crate) fn run(
    target: &Target,
    stack: &Stack,
    names: &[&str],
    access: Access,
) -> Result<(), Failure> {
    let is_user = |name: &str| is_name(name) && !name.contains('@');
    if let Some(name) = names.iter().find(|name| !is_user(name)) {
        return Err(
            Failure::usage(format!("invalid user name \"{}\"", one_line(name)))
                .hint(Hint::run("list the users with", &["users"])),
        );
    }
    target.on(stack, async |session| {
        let instance = on_host::running(session, stack).await?;
        for name in names {
            change(session, stack, &instance.id, name, access).await?;
        }
        Ok(())
    })
}

async fn change(
    session: &Session,
    stack: &Stack,
    id: &str,
    user: &str,
    access: Access,
) -> Result<(), Failure> {
    let (command, what) = match access {
        Access::Revoked => (
            format!("{SCRIPTS}/revoke {}", argument(user)),
            format!("{user} is not completely locked out of {}", stack.name),
        ),
        Access::Admitted => (
            format!("{SCRIPTS}/revoke {} admit", argument(user)),
            format!("{user} is not admitted to {}", stack.name),
        ),
    };
    let output = match host::run(session, id, &command).await {
        Err(Stopped::Interrupted) => {
            return Err(Stopped::Interrupted.failure(&format!(
                "it is unknown whether the host has changed the access of {user}; running the command again is safe"
            )));
        }
        output => output,
    };
    on_host::succeeded(stack, output, &what)?;
    let team = stack.team.as_ref();
    session.io.report(Event::AccessChanged {
        stack: &stack.name,
        user,
        access,
        is_shared: team.is_some_and(|team| team.login.kind == LoginKind::Shared),
    });
    Ok(())
}

#[cfg(test)]
mod tests;
