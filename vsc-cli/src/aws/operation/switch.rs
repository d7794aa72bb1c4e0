//! `start` and `stop`: start and stop the host of a team.

use clap::ArgMatches;

use crate::Failure;
use crate::aws::host::{self, InstanceState};
use crate::aws::question::confirm;
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::cli::{Context, stacks};
use crate::failure::Hint;
use crate::markup::RUN;
use crate::terminal::style::GOOD;

/// Starts the hosts of the selected stacks.
pub(crate) fn start(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, matches, InstanceState::Running)
}

/// Stops the hosts of the selected stacks.
pub(crate) fn stop(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, matches, InstanceState::Stopped)
}

fn run(context: &Context<'_>, matches: &ArgMatches, wanted: InstanceState) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let is_asked = wanted == InstanceState::Stopped && !matches.get_flag("yes");
    let waits = !matches.get_flag("no-wait");
    let name = match wanted {
        InstanceState::Stopped => "stop",
        _ => "start",
    };
    let stacks = context.selected_or_named(matches)?;
    stacks::must_be_named(&stacks, name, matches)?;
    runtime::block_on(async {
        for stack in &stacks {
            let region = stack.region.as_deref();
            let session = Session::connect(&session_options, region, context.terminal).await?;
            let users = stack.team.as_ref().map_or(0, |team| team.users.len());
            let asked = is_asked.then_some(users);
            switch(&session, &stack.name, wanted, asked, waits).await?;
        }
        Ok(())
    })
}

/// Starts or stops the host of a stack. `users` is the number of its users if confirmation is needed.
async fn switch(
    session: &Session,
    name: &str,
    wanted: InstanceState,
    users: Option<usize>,
    waits: bool,
) -> Result<(), Failure> {
    let id = host::instance_id(session, name).await?;
    let found = host::describe(session, &id).await?;
    let state = found.map_or(InstanceState::Terminated, |instance| instance.state);
    if state == wanted {
        session
            .terminal
            .note(&format!("the host of {name} is already {}", state.name()));
        return Ok(());
    }
    if state == InstanceState::Terminated {
        return Err(
            Failure::input(format!("the host of {name} ({id}) no longer exists")).hint(
                Hint::run("see what is missing with", &["drift", name])
                    .then("; deploying another `instance` recreates it"),
            ),
        );
    }
    if let Some(users) = users {
        let question = format!(
            "Stop the host of {name}? {users} {} locked out until it is started again, and unsaved work is lost.",
            if users == 1 {
                "developer is"
            } else {
                "developers are"
            }
        );
        if !confirm(session, &question, "pass `--yes`").await? {
            return Err(Failure::input(format!(
                "the host of {name} was not stopped"
            )));
        }
    }
    // A transition must end first: EC2 rejects a change in between.
    let between = matches!(state, InstanceState::Pending | InstanceState::Stopping);
    if between {
        session
            .terminal
            .note(&format!("the host of {name} is {}; waiting", state.name()));
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
    session.terminal.note(&going);
    if !waits {
        return Ok(());
    }
    let state = format!("{going}; check with `{RUN}status {name}{RUN:#}`");
    let reached = host::wait_for(session, &id, wanted).await;
    let reached = reached.map_err(|stopped| stopped.failure(&state))?;
    match reached {
        Some(instance) if instance.state == wanted => {
            let then = if wanted == InstanceState::Running {
                "; its workspaces are available within a minute"
            } else {
                ""
            };
            let note = format!(
                "{GOOD}the host of {name} is {}{GOOD:#}{then}",
                wanted.name()
            );
            session.terminal.note(&note);
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
