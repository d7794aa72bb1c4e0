//! `users`: who has a workspace, and where.

use clap::{ArgMatches, Command};
use vsc_core::team_ide;
use vsc_core::template::write_json;
use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::cli::stacks::{self, Declared};
use crate::cli::{Context, global};
use crate::terminal::style::{DIM, NAME};
use crate::terminal::table::Table;

pub(crate) fn command() -> Command {
    Command::new("users")
        .about("List the developers: name, URL, secret")
        .args(stacks::arguments())
        .arg(global::json())
}

/// A developer, as the command tells.
struct Row {
    stack: String,
    name: String,
    email: Option<String>,
    /// None where only the deployed stack knows the address of the host.
    url: Option<String>,
    secret: String,
}

/// Lists the developers of the selected stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected(matches)?;
    let rows: Vec<Row> = selected
        .iter()
        .filter_map(Declared::ide)
        .flat_map(rows)
        .collect();
    if matches.get_flag("json") {
        let users = Json::array(rows.iter().map(described));
        return context.terminal.print(&write_json(&users));
    }
    let several = selected.len() > 1;
    let mut table = Table::new(if several {
        vec!["STACK", "NAME", "URL", "SECRET"]
    } else {
        vec!["NAME", "URL", "SECRET"]
    });
    for row in rows {
        let url = match row.url {
            Some(url) => url,
            None => format!("{DIM}the output of the deployed stack{DIM:#}"),
        };
        let name = format!("{NAME}{}{NAME:#}", row.name);
        let mut cells = vec![name, url, row.secret];
        if several {
            cells.insert(0, row.stack);
        }
        table.push(cells);
    }
    context.terminal.print(&table.to_string())
}

fn rows(ide: &TeamIde) -> Vec<Row> {
    let users = ide.users().iter().enumerate();
    users
        .map(|(place, user)| Row {
            stack: ide.name().to_owned(),
            name: user.name().as_str().to_owned(),
            email: user.email().map(|email| email.as_str().to_owned()),
            url: team_ide::workspace_url(ide, place),
            secret: team_ide::secret_name(ide, user),
        })
        .collect()
}

fn described(row: &Row) -> Json {
    Json::Object(
        Object::new()
            .with("stack", row.stack.clone())
            .with("name", row.name.clone())
            .with_some("email", row.email.clone())
            .with_some("url", row.url.clone())
            .with("secret", row.secret.clone()),
    )
}
