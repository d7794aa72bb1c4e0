//! The state and passwords of developers in the deployed stack.

use clap::ArgMatches;

use super::{Row, State};
use crate::Failure;
use crate::assembly::{Stack, Team, User};
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::io::Question;
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::aws::{runtime, secret};
use crate::cli::Context;

/// Completes the rows. Without access to AWS the list is printed with a warning, but it is an error
/// if passwords are to be shown.
pub(super) fn ask(
    context: &Context<'_>,
    matches: &ArgMatches,
    selected: &[Stack],
    rows: &mut [Row],
) -> Result<(), Failure> {
    let target = context.target(matches);
    let passwords = matches.get_flag("show-passwords");
    runtime::block_on(async {
        for stack in selected {
            let Some(team) = &stack.team else {
                continue;
            };
            let mut rows: Vec<&mut Row> = rows
                .iter_mut()
                .filter(|row| row.stack == stack.name)
                .collect();
            let session = match target.connect(stack).await {
                Ok(session) => session,
                Err(failure) if passwords || failure.is_interruption() => return Err(failure),
                Err(failure) => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    let problem = failure.problems().first();
                    let why = problem.map_or("", |problem| problem.message.as_str());
                    context.terminal.warn(&format!(
                        "cannot ask AWS: {why}; pass `--offline` to skip it"
                    ));
                    continue;
                }
            };
            match look(&session, &stack.name, team, &mut rows).await {
                Err(Stopped::Failed(error)) if !passwords => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    context
                        .terminal
                        .warn(&format!("{}; pass `--offline` to skip AWS", error.cause()));
                }
                looked => looked?,
            }
            if passwords {
                confirm_printing(&session, &rows, matches.get_flag("yes")).await?;
                for row in rows {
                    row.password = secret::value(&session, &row.secret).await?;
                }
            }
        }
        Ok(())
    })
}

async fn confirm_printing(session: &Session, rows: &[&mut Row], yes: bool) -> Result<(), Failure> {
    let question = Question::Print {
        users: rows.iter().map(|row| row.name.clone()).collect(),
    };
    if yes || confirm(session, question, "pass `--yes`").await? {
        return Ok(());
    }
    Err(Failure::input("no passwords were printed"))
}

async fn look(
    session: &Session,
    stack: &str,
    team: &Team,
    rows: &mut [&mut Row],
) -> Result<(), Stopped> {
    let deployed = cloudformation::describe(session, stack).await?;
    let Some(deployed) = deployed else {
        rows.iter_mut().for_each(|row| row.state = State::New);
        return Ok(());
    };
    let members = cloudformation::resources(session, &deployed.id).await?;
    for (row, user) in rows.iter_mut().zip(&team.users) {
        row.state = state(&deployed, &members, user);
        if row.url.is_none() {
            let output = deployed.output(&user.url_output);
            row.url = output.map(|output| output.value.clone());
        }
    }
    Ok(())
}

/// The state of a developer's resources; that of the stack if it has none.
fn state(deployed: &Deployed, members: &[StackResource], user: &User) -> State {
    let own: Vec<&StackResource> = members
        .iter()
        .filter(|member| user.resources.contains(&member.logical_id))
        .collect();
    let is = |end: &str| own.iter().any(|member| member.status.ends_with(end));
    match deployed.state() {
        _ if is("_FAILED") => State::Failed,
        StackState::InProgress => State::Changing,
        _ if !own.is_empty() || deployed.output(&user.url_output).is_some() => State::Deployed,
        _ => State::New,
    }
}
