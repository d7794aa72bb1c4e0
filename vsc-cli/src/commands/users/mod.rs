//! `users`: lists the developers and their workspaces.

#[cfg(feature = "aws")]
mod deployed;
mod rotate;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Stack;
use crate::cli::stacks;
use crate::cli::{Context, aws, global};
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};
use crate::terminal::table::Table;

pub(crate) fn command() -> Command {
    Command::new("users")
        .about("List the developers: name, URL, secret, state")
        .long_about(
            "List the developers: name, URL, secret, state.\n\n\
             The state comes from the deployed stack, and so do values that only \
             it knows: the address of a host without a domain, and the passwords.",
        )
        .args(stacks::arguments())
        .arg(
            Arg::new("show-passwords")
                .long("show-passwords")
                .action(ArgAction::SetTrue)
                .conflicts_with("offline")
                .help("Print the passwords, after asking"),
        )
        .arg(
            Arg::new("offline")
                .long("offline")
                .action(ArgAction::SetTrue)
                .help("Show only the declaration, without asking AWS"),
        )
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(rotate::command())
        .after_help("Examples:\n  cargo run -- users\n  cargo run -- users --show-passwords\n  cargo run -- users rotate alice\n  cargo run -- users --json --offline")
}

/// A row of the list.
struct Row {
    stack: String,
    name: String,
    email: Option<String>,
    /// `None` if only the deployed stack knows the address of the host.
    url: Option<String>,
    secret: String,
    state: State,
    password: Option<String>,
}

/// The state of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "aws"),
    expect(dead_code, reason = "AWS reports the others")
)]
enum State {
    /// Not looked up: AWS was not asked.
    Declared,
    /// Part of the deployed stack.
    Deployed,
    /// Not in the deployed stack yet.
    New,
    /// An operation on the stack is in progress.
    Changing,
    /// The creation of a resource failed.
    Failed,
    /// Unknown: the call to AWS failed.
    Unknown,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Deployed => "deployed",
            Self::New => "not deployed",
            Self::Changing => "changing",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    fn text(self) -> String {
        let style = match self {
            Self::Declared | Self::Unknown => DIM,
            Self::Deployed => GOOD,
            Self::New | Self::Changing => CHANGED,
            Self::Failed => ERROR,
        };
        format!("{style}{}{style:#}", self.name())
    }
}

/// Lists the developers of the selected stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some((rotate::NAME, matches)) = matches.subcommand() {
        return rotate::run(context, matches);
    }
    let selected = context.selected(matches)?;
    let mut rows: Vec<Row> = selected.iter().flat_map(rows).collect();
    let has_passwords = matches.get_flag("show-passwords");
    if has_passwords || !matches.get_flag("offline") {
        ask(context, matches, &selected, &mut rows)?;
    }
    if matches.get_flag("json") {
        let users = Json::array(rows.iter().map(described));
        return context.terminal.print_json(&users);
    }
    context
        .terminal
        .print(&table(rows, selected.len() > 1, has_passwords))
}

#[cfg(feature = "aws")]
use deployed::ask;

/// Leaves the rows as they are: this build does not talk to AWS.
#[cfg(not(feature = "aws"))]
fn ask(
    context: &Context<'_>,
    matches: &ArgMatches,
    _: &[Stack],
    _: &mut [Row],
) -> Result<(), Failure> {
    if matches.get_flag("show-passwords") {
        return super::without_aws::run(context, matches);
    }
    Ok(())
}

fn table(rows: Vec<Row>, has_stacks: bool, has_passwords: bool) -> String {
    let mut titles = vec!["NAME", "URL", "SECRET", "STATE"];
    if has_stacks {
        titles.insert(0, "STACK");
    }
    if has_passwords {
        titles.push("PASSWORD");
    }
    let mut table = Table::new(titles);
    for row in rows {
        let url = match row.url {
            Some(url) => url,
            None => format!("{DIM}an output of the deployed stack{DIM:#}"),
        };
        let name = format!("{NAME}{}{NAME:#}", row.name);
        let mut cells = vec![name, url, row.secret, row.state.text()];
        if has_stacks {
            cells.insert(0, row.stack);
        }
        if has_passwords {
            cells.push(
                row.password
                    .unwrap_or_else(|| format!("{DIM}none yet{DIM:#}")),
            );
        }
        table.push(cells);
    }
    table.to_string()
}

fn rows(stack: &Stack) -> impl Iterator<Item = Row> {
    let users = stack.team.iter().flat_map(|team| &team.users);
    users.map(|user| Row {
        stack: stack.name.clone(),
        name: user.name.clone(),
        email: user.email.clone(),
        url: user.url.clone(),
        secret: user.secret.clone(),
        state: State::Declared,
        password: None,
    })
}

fn described(row: &Row) -> Json {
    Json::Object(
        Object::new()
            .with("stack", row.stack.clone())
            .with("name", row.name.clone())
            .with_some("email", row.email.clone())
            .with_some("url", row.url.clone())
            .with("secret", row.secret.clone())
            .with("state", row.state.name())
            .with_some("password", row.password.clone()),
    )
}
