//! `list`: lists the stacks of the crate.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vsc_spec::team::Domain;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::cli::stacks::{self, Stacked};
use crate::cli::{Context, global};

pub(crate) fn command() -> Command {
    Command::new("list")
        .visible_alias("ls")
        .about("List the stacks of this crate")
        .args(stacks::arguments())
        .arg(
            Arg::new("long")
                .long("long")
                .short('l')
                .action(ArgAction::SetTrue)
                .help("Show each stack's number of users, instance type and domain"),
        )
        .arg(global::json())
        .after_help("Examples:\n  cargo run -- list --long\n  cargo run -- list --json \"prod*\"")
}

/// Prints a line for each stack: its name, and with `--long` its contents.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    if matches.get_flag("json") {
        let stacks = context.synthesized(matches)?;
        let described = Json::array(stacks.iter().map(described));
        return context.terminal.print_json(&described);
    }
    if !matches.get_flag("long") {
        let names = context.selected(matches)?;
        let lines: String = names
            .iter()
            .map(|stack| format!("{}\n", stack.name()))
            .collect();
        return context.terminal.print(&lines);
    }
    let stacks = context.synthesized(matches)?;
    let width = stacks.iter().map(|stack| stack.name.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for stack in &stacks {
        let name = &stack.name;
        // Writing into a string cannot fail.
        _ = match &stack.ide {
            Some(ide) => {
                let users = counted(ide.users().len(), "user");
                let domain = ide.domain().map_or("no domain", Domain::as_str);
                let instance = ide.instance().name();
                writeln!(text, "{name:width$}  {users:>9}  {instance:<14}  {domain}")
            }
            None => {
                let resources = counted(stack.template.resources.len(), "resource");
                writeln!(text, "{name:width$}  {resources}")
            }
        };
    }
    context.terminal.print(&text)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

fn described(stack: &Stacked) -> Json {
    let count = |count: usize| Json::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let ide = stack.ide.as_ref();
    Json::Object(
        Object::new()
            .with("name", stack.name.clone())
            .with("resources", count(stack.template.resources.len()))
            .with_some("users", ide.map(|ide| count(ide.users().len())))
            .with_some("instance", ide.map(|ide| ide.instance().name()))
            .with_some(
                "domain",
                ide.and_then(|ide| Some(ide.domain()?.as_str().to_owned())),
            )
            .with_some("region", ide.and_then(|ide| Some(ide.region()?.name()))),
    )
}
