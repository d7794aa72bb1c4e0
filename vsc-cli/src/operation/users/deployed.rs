//! The state and passwords of developers in the deployed stack.

use super::{Developer, State};
use crate::Failure;
use crate::assembly::{Stack, Team, User};
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::aws::{developer, runtime, secret};
use crate::operation::each::Target;

/// What is asked of AWS.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Whether passwords are read.
    pub(crate) passwords: bool,
    pub(crate) yes: bool,
}

/// Completes developers by what the deployed stacks have. Without access to AWS they stay as they are
/// declared, but it is an error if passwords are wanted.
///
/// # Errors
///
/// When passwords cannot be read, or the user does not agree or interrupts it.
pub(crate) fn ask(
    target: &Target,
    selected: &[Stack],
    mut developers: Vec<Developer>,
    options: Options,
) -> Result<Vec<Developer>, Failure> {
    let Options { passwords, yes } = options;
    let rows = &mut developers;
    runtime::block_on(async {
        for stack in selected {
            let Some(team) = &stack.team else {
                continue;
            };
            if passwords && team.users.iter().all(|user| user.secret.is_none()) {
                return Err(developer::without_passwords(&stack.name));
            }
            let mut rows: Vec<&mut Developer> = rows
                .iter_mut()
                .filter(|row| row.stack == stack.name)
                .collect();
            let session = match target.connect(stack).await {
                Ok(session) => session,
                Err(failure) if passwords || failure.is_interruption() => return Err(failure),
                Err(failure) => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    let failure = &failure;
                    target.io.report(Event::NotConnected { failure });
                    continue;
                }
            };
            match look(&session, &stack.name, team, &mut rows).await {
                Err(Stopped::Failed(error)) if !passwords => {
                    rows.iter_mut().for_each(|row| row.state = State::Unknown);
                    let cause = error.cause();
                    target.io.report(Event::NotAnswered { cause });
                }
                looked => looked?,
            }
            if passwords {
                confirm_printing(&session, &rows, yes).await?;
                for row in rows {
                    if let Some(secret) = &row.secret {
                        row.password = secret::value(&session, secret).await?;
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(developers)
}

async fn confirm_printing(
    session: &Session,
    rows: &[&mut Developer],
    yes: bool,
) -> Result<(), Failure> {
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
    rows: &mut [&mut Developer],
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
