//! `homes`: the homes on the hosts of teams, of developers who are there and of those who have left.

mod archive;
pub(crate) mod export;
pub(crate) mod purge;
pub(crate) mod return_home;
#[cfg(test)]
mod tests;

use vsc_spec::suggest;
use vsc_spec::visible::one_line;

use super::each::Target;
use super::on_host;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::home::{self, Home};
use crate::aws::host;
use crate::aws::session::Session;
use crate::aws::tool_script::HOMES_REPORT;
use crate::failure::Hint;

/// The homes on the host of a stack.
#[derive(Debug)]
pub(crate) struct Homes<'a> {
    pub(crate) stack: &'a Stack,
    pub(crate) homes: Vec<Home>,
}

/// The homes of each stack.
///
/// # Errors
///
/// When a host does not run or does not respond.
pub(crate) fn list<'a>(target: &Target, stacks: &'a [Stack]) -> Result<Vec<Homes<'a>>, Failure> {
    target.on_each(stacks, &async |session, stack| {
        let instance = on_host::running(session, stack).await?;
        let homes = of(session, stack, &instance.id).await?;
        Ok(Homes { stack, homes })
    })
}

/// The homes on the host of a stack; none if it does not run or does not respond.
///
/// # Errors
///
/// When the user interrupts.
pub(super) async fn asked(session: &Session, stack: &Stack) -> Result<Option<Vec<Home>>, Failure> {
    let listed = async {
        let instance = on_host::running(session, stack).await?;
        of(session, stack, &instance.id).await
    };
    match listed.await {
        Ok(homes) if !homes.is_empty() => Ok(Some(homes)),
        Err(failure) if failure.is_interruption() => Err(failure),
        _ => Ok(None),
    }
}

/// The homes on the host of a stack.
async fn of(session: &Session, stack: &Stack, instance: &str) -> Result<Vec<Home>, Failure> {
    let output = host::run(session, instance, &HOMES_REPORT.command("")).await;
    let what = format!("the homes of {} cannot be listed", stack.name);
    let output = on_host::succeeded(stack, output, &what)?;
    Ok(Home::read(&output.output))
}

/// Checks the name of a home, before AWS is called.
///
/// # Errors
///
/// When it has another form.
fn check_name(name: &str) -> Result<(), Failure> {
    if home::is_name(name) {
        return Ok(());
    }
    Err(
        Failure::usage(format!("invalid name of a home: \"{}\"", one_line(name)))
            .note("a home is named after its user; an older one that was kept is called NAME@DATE")
            .hint(Hint::run("list them with", &["homes"])),
    )
}

/// The home of this name.
///
/// # Errors
///
/// When there is none; the help suggests one or lists them.
fn named(homes: Vec<Home>, name: &str, stack: &Stack) -> Result<Home, Failure> {
    let names: Vec<String> = homes.iter().map(|home| home.name.clone()).collect();
    let found = homes.into_iter().find(|home| home.name == name);
    found.ok_or_else(|| {
        let names = || names.iter().map(String::as_str);
        let help = suggest::did_you_mean(name, names());
        let help = help.unwrap_or_else(|| match names().next() {
            Some(_) => format!("there are {}", suggest::list(names())),
            None => "there is none".to_owned(),
        });
        Failure::input(format!("the host of {} has no home of {name}", stack.name)).hint(help)
    })
}
