//! The state and passwords of developers in the deployed stack.

use clap::ArgMatches;
use vsc_spec::team::TeamIde;

use super::{Row, State};
use crate::Failure;
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::StackState;
use crate::aws::{runtime, secret};
use crate::cli::Context;
use crate::cli::stacks::DeclaredStack;
use crate::terminal::Terminal;

/// Completes the rows. Without access to AWS the list is printed with a warning, but it is an error
/// if passwords are to be shown.
pub(super) fn ask(
    context: &Context<'_>,
    matches: &ArgMatches,
    selected: &[DeclaredStack],
    rows: &mut [Row],
) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let passwords = matches.get_flag("show-passwords");
    runtime::block_on(async {
        for ide in selected.iter().filter_map(DeclaredStack::ide) {
            let mut rows: Vec<&mut Row> = rows
                .iter_mut()
                .filter(|row| row.stack == ide.name())
                .collect();
            let session = match Session::connect(&session_options, ide.region(), context.terminal)
                .await
            {
                Ok(session) => session,
                Err(failure) if passwords => return Err(failure),
                Err(_) => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    Terminal::warn("cannot ask AWS: no region is set; pass `--offline` to skip it");
                    continue;
                }
            };
            match look(&session, ide, &mut rows).await {
                Err(Stopped::Failed(error)) if !passwords => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    Terminal::warn(&format!("{}; pass `--offline` to skip AWS", error.cause()));
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
    let whose = match rows {
        [only] => format!("the password of {}", only.name),
        all => format!("the passwords of {} developers", all.len()),
    };
    let question = format!("Print {whose} on this screen?");
    if yes || confirm(session, &question, "pass `--yes`").await? {
        return Ok(());
    }
    Err(Failure::Input("no passwords were printed".to_owned()))
}

async fn look(session: &Session, ide: &TeamIde, rows: &mut [&mut Row]) -> Result<(), Stopped> {
    let deployed = cloudformation::describe(session, ide.name()).await?;
    let Some(deployed) = deployed else {
        rows.iter_mut().for_each(|row| row.state = State::New);
        return Ok(());
    };
    let members = cloudformation::resources(session, &deployed.id).await?;
    for (row, user) in rows.iter_mut().zip(ide.users()) {
        row.state = state(&deployed, &members, &|suffix| user.logical_id(suffix));
        if row.url.is_none() {
            let output = deployed.output(&user.logical_id("Url"));
            row.url = output.map(|output| output.value.clone());
        }
    }
    Ok(())
}

/// The state of a developer's resources; that of the stack if it has none.
fn state(deployed: &Deployed, members: &[StackResource], id: &dyn Fn(&str) -> String) -> State {
    let own: Vec<&StackResource> = members
        .iter()
        .filter(|member| [id("Password"), id("Record")].contains(&member.logical_id))
        .collect();
    let is = |end: &str| own.iter().any(|member| member.status.ends_with(end));
    match deployed.state() {
        _ if is("_FAILED") => State::Failed,
        StackState::InProgress => State::Changing,
        _ if !own.is_empty() || deployed.output(&id("Url")).is_some() => State::Deployed,
        _ => State::New,
    }
}
