//! `homes purge`: deletes the home of somebody who has left.

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::home::Home;
use crate::aws::host;
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::aws::tool_script::PURGE;
use crate::failure::Hint;
use crate::markup::RUN;
use crate::operation::each::Target;
use crate::operation::on_host;

/// Deletes a home from the host, after its name was typed; returns what was deleted.
///
/// # Errors
///
/// When there is no such home, its developer is in the team, or the user does not agree.
pub(crate) fn run(target: &Target, stack: &Stack, name: &str, yes: bool) -> Result<Home, Failure> {
    super::check_name(name)?;
    target.on(stack, async |session| {
        purge(session, stack, name, yes).await
    })
}

async fn purge(session: &Session, stack: &Stack, name: &str, yes: bool) -> Result<Home, Failure> {
    let instance = on_host::running(session, stack).await?;
    let homes = super::of(session, stack, &instance.id).await?;
    let older: Vec<&Home> = homes
        .iter()
        .filter(|home| home.user() == name && home.name != name)
        .collect();
    let older = older.first().map(|home| home.name.clone());
    let home = super::named(homes, name, stack)?;
    if home.is_present() {
        let failure = Failure::input(format!(
            "{name} is in the team of {}: only the home of somebody who has left can be deleted",
            stack.name
        ));
        return Err(match older {
            Some(older) => failure.hint(format!("an older one was kept: pass {older}")),
            None => failure.hint(Hint::run(
                "remove the user from the declaration, and run",
                &["deploy", &stack.name],
            )),
        });
    }
    let question = Question::Purge {
        stack: stack.name.clone(),
        home: home.clone(),
    };
    if !yes && !confirm(session, question, "pass `--yes`").await? {
        return Err(
            Failure::input(format!("the home of {name} was not deleted"))
                .note("the name has to be typed as it is listed"),
        );
    }
    let command = PURGE.command(&argument(name));
    let output = match host::run(session, &instance.id, &command).await {
        Err(Stopped::Interrupted) => {
            return Err(Stopped::Interrupted.failure(
                &format!("it is unknown whether the host has deleted the home; list them with `{RUN}homes {}{RUN:#}`", stack.name),
            ));
        }
        output => output,
    };
    let what = format!("the home of {name} was not deleted");
    on_host::succeeded(stack, output, &what)?;
    session.io.report(Event::HomePurged { home: &home });
    Ok(home)
}
