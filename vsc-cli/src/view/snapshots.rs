//! Snapshots of homes.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::event::timestamp;
use crate::aws::snapshot::Snapshot;
use crate::operation::snapshots::{HomesSnapshot, Snapshots};
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};
use crate::terminal::table::Table;

/// Prints the snapshots of stacks.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    stacks: &[Snapshots<'_>],
    json: bool,
) -> Result<(), Failure> {
    if json {
        let stacks = stacks.iter().map(|stack| {
            let snapshots = stack.snapshots.iter().map(|it| {
                let json = to_json(&it.snapshot);
                Json::Object(json.with("origin", it.origin.name()))
            });
            (stack.stack.name.clone(), Json::array(snapshots))
        });
        return terminal.print_json(&Json::object(stacks));
    }
    for stack in stacks.iter().filter(|stack| stack.snapshots.is_empty()) {
        terminal.note(&format!(
            "there is no snapshot of the homes of {}",
            stack.stack.name
        ));
    }
    if stacks.iter().all(|stack| stack.snapshots.is_empty()) {
        return Ok(());
    }
    terminal.print(&table(stacks))
}

pub(crate) fn table(stacks: &[Snapshots<'_>]) -> String {
    let has_several = stacks.len() > 1;
    let mut titles = vec!["TIME", "SNAPSHOT", "SIZE", "STATE", "ORIGIN"];
    if has_several {
        titles.insert(0, "STACK");
    }
    let mut table = Table::new(titles);
    for stack in stacks {
        for HomesSnapshot { snapshot, origin } in &stack.snapshots {
            let mut cells = vec![
                timestamp(snapshot.time),
                format!("{NAME}{}{NAME:#}", snapshot.id),
                format!("{} GiB", snapshot.size),
                state(snapshot),
                format!("{DIM}{}{DIM:#}", origin.name()),
            ];
            if has_several {
                cells.insert(0, stack.stack.name.clone());
            }
            table.push(cells);
        }
    }
    table.to_string()
}

fn state(snapshot: &Snapshot) -> String {
    match snapshot.state.as_str() {
        "completed" => format!("{GOOD}completed{GOOD:#}"),
        "pending" => format!("{CHANGED}pending {}{CHANGED:#}", snapshot.progress),
        other => format!("{ERROR}{other}{ERROR:#}"),
    }
}

fn to_json(snapshot: &Snapshot) -> Object {
    let size = i64::try_from(snapshot.size).unwrap_or(i64::MAX);
    Object::new()
        .with("id", snapshot.id.clone())
        .with("time", timestamp(snapshot.time))
        .with("volume", snapshot.volume.clone())
        .with("sizeGib", Json::Integer(size))
        .with("state", snapshot.state.clone())
}

/// Prints a snapshot as JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print_one(terminal: &Terminal, snapshot: &Snapshot) -> Result<(), Failure> {
    terminal.print_json(&Json::Object(to_json(snapshot)))
}
