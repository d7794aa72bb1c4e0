//! The record of logins.

use vsc_spec::Json;
use vsc_spec::visible::one_line;

use crate::Failure;
use crate::operation::audit::{Entry, Record};
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};
use crate::terminal::table::Table;

/// Prints the entries of a record, as a table or as lines of JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, record: &Record, json: bool) -> Result<(), Failure> {
    if json {
        for entry in &record.entries {
            terminal.print_json_line(&to_json(entry))?;
        }
    } else if !record.entries.is_empty() {
        terminal.print(&table(&record.entries))?;
    }
    if record.entries.is_empty() {
        terminal.note("no entries; the host keeps them for 90 days");
    }
    if record.has_more {
        terminal.note("older entries are left out: pass `--lines COUNT` for more");
    }
    Ok(())
}

pub(crate) fn table(entries: &[Entry]) -> String {
    let titles = [
        "TIME (UTC)",
        "EVENT",
        "PERSON",
        "WORKSPACE",
        "ADDRESS",
        "DETAILS",
    ];
    let mut table = Table::new(titles.to_vec());
    for entry in entries {
        let person = match &entry.person {
            Some(person) => format!("{NAME}{}{NAME:#}", one_line(person)),
            None => format!("{DIM}unknown{DIM:#}"),
        };
        let optional = |value: &Option<String>| {
            let value = value.as_deref().unwrap_or_default();
            one_line(value).into_owned()
        };
        table.push(vec![
            entry
                .time
                .chars()
                .take(19)
                .collect::<String>()
                .replace('T', " "),
            event(&entry.event),
            person,
            optional(&entry.workspace),
            optional(&entry.address),
            details(entry),
        ]);
    }
    table.to_string()
}

fn event(name: &str) -> String {
    let style = match name {
        "login" | "opened" => GOOD,
        "denied" => ERROR,
        _ => CHANGED,
    };
    format!("{style}{}{style:#}", one_line(name))
}

/// The details that people need; the rest is in the JSON.
fn details(entry: &Entry) -> String {
    let port = entry.detail("port").map(|port| match entry.detail("with") {
        Some(with) => format!("port {port} with {with}"),
        None => format!("port {port}"),
    });
    let count = entry.detail("count").map(|count| match count {
        "1" => "once more".to_owned(),
        count => format!("{count} more"),
    });
    let lost = entry
        .detail("lost")
        .map(|lost| format!("{lost} earlier entries are lost"));
    let own = |key: &str| entry.detail(key).map(str::to_owned);
    let is_denied = entry.event == "denied";
    let parts = [
        port,
        own("reason"),
        own("path").filter(|_| is_denied),
        count,
        lost,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    one_line(&parts.join(", ")).into_owned()
}

/// An entry as JSON, with the keys of the host.
pub(crate) fn to_json(entry: &Entry) -> Json {
    let known = [
        ("time", Some(&entry.time)),
        ("event", Some(&entry.event)),
        ("person", entry.person.as_ref()),
        ("workspace", entry.workspace.as_ref()),
        ("address", entry.address.as_ref()),
    ];
    let known = known
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?.clone())));
    let members = known.chain(entry.details.iter().cloned());
    Json::object(members.map(|(key, value)| {
        let number = value.parse::<i64>().ok();
        let is_number = ["count", "lost"].contains(&key.as_str());
        let value = match number.filter(|_| is_number) {
            Some(number) => Json::Integer(number),
            None => Json::from(value),
        };
        (key, value)
    }))
}
