//! The homes of developers.

use vsc_spec::{Json, Object};

use super::size;
use crate::Failure;
use crate::aws::home::{Home, HomeState};
use crate::operation::homes::Homes;
use crate::operation::homes::export::Exported;
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, GOOD, NAME};
use crate::terminal::table::Table;

/// Prints the homes of stacks.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, stacks: &[Homes<'_>], json: bool) -> Result<(), Failure> {
    if json {
        let stacks = stacks.iter().map(|stack| {
            let homes = stack.homes.iter().map(to_json);
            (stack.stack.name.clone(), Json::array(homes))
        });
        return terminal.print_json(&Json::object(stacks));
    }
    terminal.print(&table(stacks))?;
    let homes = stacks.iter().flat_map(|stack| &stack.homes);
    if homes.clone().any(|home| !home.is_present()) {
        terminal.note(
            "next: `homes export USER` saves the home of somebody who has left, `homes purge USER` deletes it",
        );
    }
    Ok(())
}

pub(crate) fn table(stacks: &[Homes<'_>]) -> String {
    let has_several = stacks.len() > 1;
    let mut titles = vec!["USER", "SIZE", "USED", "STATE"];
    if has_several {
        titles.insert(0, "STACK");
    }
    let mut table = Table::new(titles);
    for stack in stacks {
        for home in &stack.homes {
            let used = match home.used_mib {
                Some(used) => size::mib(used),
                None => format!("{DIM}unknown{DIM:#}"),
            };
            let mut cells = vec![
                format!("{NAME}{}{NAME:#}", home.name),
                size::mib(home.size_mib),
                used,
                styled(home),
            ];
            if has_several {
                cells.insert(0, stack.stack.name.clone());
            }
            table.push(cells);
        }
    }
    table.to_string()
}

fn styled(home: &Home) -> String {
    let returns = if home.returns { ", returns" } else { "" };
    match &home.state {
        HomeState::Present => format!("{GOOD}present{GOOD:#}"),
        HomeState::Left(Some(date)) => format!("{CHANGED}left {date}{CHANGED:#}{returns}"),
        HomeState::Left(None) => format!("{CHANGED}left{CHANGED:#}{returns}"),
    }
}

/// A home as the subject of a sentence.
pub(super) fn whose(home: &Home) -> String {
    format!("the home of {}", home.name)
}

/// Its state, as the rest of a sentence after [`whose`].
pub(super) fn state(home: &Home) -> String {
    match &home.state {
        HomeState::Present => "is in use".to_owned(),
        HomeState::Left(Some(date)) => format!("was kept when the user left ({date})"),
        HomeState::Left(None) => "was kept when the user left".to_owned(),
    }
}

/// How much of it is used.
pub(super) fn usage(home: &Home) -> String {
    let all = size::mib(home.size_mib);
    match home.used_mib {
        Some(used) => format!("{} of {all} are used", size::mib(used)),
        None => all,
    }
}

pub(crate) fn to_json(home: &Home) -> Json {
    let integer = |number: u64| Json::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let (state, left) = match &home.state {
        HomeState::Present => ("present", None),
        HomeState::Left(date) => ("left", date.clone()),
    };
    Json::Object(
        Object::new()
            .with("user", home.user().to_owned())
            .with("name", home.name.clone())
            .with("state", state)
            .with_some("left", left)
            .with("returns", Json::Bool(home.returns))
            .with("sizeMib", integer(home.size_mib))
            .with_some("usedMib", home.used_mib.map(integer)),
    )
}

/// Prints an exported home as JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print_exported(terminal: &Terminal, exported: &Exported) -> Result<(), Failure> {
    let bytes = i64::try_from(exported.bytes).unwrap_or(i64::MAX);
    terminal.print_json(&Json::Object(
        Object::new()
            .with("name", exported.home.clone())
            .with("to", exported.to.clone())
            .with("bytes", Json::Integer(bytes))
            .with_some("sha256", exported.sha256.clone()),
    ))
}
