//! The developers of teams.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::operation::users::{Developer, State};
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};
use crate::terminal::table::Table;

/// The columns that are not always shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    pub(crate) stacks: bool,
    pub(crate) passwords: bool,
}

/// Prints the developers.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    developers: Vec<Developer>,
    columns: Columns,
    json: bool,
) -> Result<(), Failure> {
    if json {
        return terminal.print_json(&Json::array(developers.iter().map(to_json)));
    }
    terminal.print(&table(developers, columns))
}

fn state(state: State) -> String {
    let style = match state {
        State::Declared | State::Unknown => DIM,
        State::Deployed => GOOD,
        State::New | State::Changing => CHANGED,
        State::Failed => ERROR,
    };
    format!("{style}{}{style:#}", state.name())
}

fn table(rows: Vec<Developer>, columns: Columns) -> String {
    let mut titles = vec!["NAME", "URL", "SECRET", "STATE"];
    if columns.stacks {
        titles.insert(0, "STACK");
    }
    if columns.passwords {
        titles.push("PASSWORD");
    }
    let mut table = Table::new(titles);
    for row in rows {
        let url = match row.url {
            Some(url) => url,
            None => format!("{DIM}an output of the deployed stack{DIM:#}"),
        };
        let name = format!("{NAME}{}{NAME:#}", row.name);
        let signs_in = || format!("{DIM}{} signs in{DIM:#}", row.email.unwrap_or_default());
        let secret = row.secret.unwrap_or_else(signs_in);
        let mut cells = vec![name, url, secret, state(row.state)];
        if columns.stacks {
            cells.insert(0, row.stack);
        }
        if columns.passwords {
            cells.push(
                row.password
                    .unwrap_or_else(|| format!("{DIM}none yet{DIM:#}")),
            );
        }
        table.push(cells);
    }
    table.to_string()
}

fn to_json(row: &Developer) -> Json {
    Json::Object(
        Object::new()
            .with("stack", row.stack.clone())
            .with("name", row.name.clone())
            .with_some("email", row.email.clone())
            .with_some("url", row.url.clone())
            .with_some("secret", row.secret.clone())
            .with("state", row.state.name())
            .with_some("password", row.password.clone()),
    )
}
