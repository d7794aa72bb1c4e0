//! `start` and `stop`: start and stop the host of a team.

use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::host::{self, InstanceState};
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::failure::Hint;
use crate::markup::RUN;

/// Starting and stopping hosts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// The wanted state: running or stopped.
    pub(crate) wanted: InstanceState,
    /// Whether the user is asked first.
    pub(crate) is_asked: bool,
    /// Whether to wait until the host has the wanted state.
    pub(crate) waits: bool,
}

/// Starts or stops the hosts of stacks.
///
/// # Errors
///
/// When a stack has no host, it cannot be switched, or the user does not agree.
pub(crate) fn run(target: &Target, stacks: &[Stack], options: Options) -> Result<(), Failure> {
    target.on_each(stacks, &async |session, stack| {
        let users = stack.team.as_ref().map_or(0, |team| team.users.len());
        let asked = options.is_asked.then_some(users);
        switch(session, stack, options.wanted, asked, options.waits).await
    })?;
    Ok(())
}

/// Starts or stops the host of a stack. `users` is the number of its users if confirmation is needed.
async fn switch(
    session: &Session,
    stack: &Stack,
    wanted: InstanceState,
    users: Option<usize>,
    waits: bool,
) -> Result<(), Failure> {
    let name = stack.name.as_str();
    let id = host::instance_id(session, stack).await?;
    let found = host::describe(session, &id).await?;
    let state = found.map_or(InstanceState::Terminated, |instance| instance.state);
    if state == wanted {
        session
            .io
            .report(Event::HostIsAlready { stack: name, state });
        return Ok(());
    }
    if state == InstanceState::Terminated {
        return Err(
            Failure::input(format!("the host of {name} ({id}) no longer exists")).hint(
                Hint::run(
                    "recreate it with",
                    &["deploy", &stack.selection(), "--new-host"],
                )
                .then("; homes on their own volume are still there"),
            ),
        );
    }
    if let Some(users) = users {
        let question = Question::Stop {
            stack: name.to_owned(),
            users,
        };
        if !confirm(session, question, "pass `--yes`").await? {
            return Err(Failure::input(format!(
                "the host of {name} was not stopped"
            )));
        }
    }
    // A transition must end first: EC2 rejects a change in between.
    let between = matches!(state, InstanceState::Pending | InstanceState::Stopping);
    if between {
        session
            .io
            .report(Event::HostIsBetween { stack: name, state });
        let reached = if state == InstanceState::Pending {
            InstanceState::Running
        } else {
            InstanceState::Stopped
        };
        host::wait_for(session, &id, reached).await?;
    }
    host::switch(session, &id, wanted == InstanceState::Running).await?;
    let going = format!(
        "the host of {name} ({id}) is {}",
        if wanted == InstanceState::Running {
            "starting"
        } else {
            "stopping"
        }
    );
    session.io.report(Event::HostSwitches {
        stack: name,
        id: &id,
        wanted,
    });
    if !waits {
        return Ok(());
    }
    let state = format!("{going}; check with `{RUN}status {name}{RUN:#}`");
    let reached = host::wait_for(session, &id, wanted).await;
    let reached = reached.map_err(|stopped| stopped.failure(&state))?;
    match reached {
        Some(instance) if instance.state == wanted => {
            session.io.report(Event::HostIs {
                stack: name,
                state: wanted,
            });
            Ok(())
        }
        other => Err(Failure::input(format!(
            "the host of {name} ({id}) is {}, not {}",
            other.map_or("gone", |instance| instance.state.name()),
            wanted.name()
        ))
        .hint(Hint::run(
            "look for the cause with",
            &["logs", name, "--console"],
        ))),
    }
}

#[cfg(test)]
mod tests;
