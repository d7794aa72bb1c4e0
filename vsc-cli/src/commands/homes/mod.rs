//! `homes`: lists the homes on the hosts of teams.

mod export;
mod purge;
mod return_home;

use clap::{Arg, Command};

use crate::Failure;
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::homes;
#[cfg(feature = "aws")]
use crate::view;
use clap::ArgMatches;

/// The name of the command that lists them.
const LIST: &str = "list";

pub(crate) fn command() -> Command {
    Command::new("homes")
        .about("List the homes of developers, also of those who have left")
        .long_about(
            "List the homes on the hosts of teams: user, size, use and state.\n\n\
             The home of a developer who leaves the team is kept on the host. `export` saves it, `purge` \
             deletes it, and `return` gives it to the developer who comes back: a newcomer of the same \
             name gets an empty home otherwise, and the older one is kept as NAME@DATE.",
        )
        .args(listing())
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(
            Command::new(LIST)
                .about("List the homes, as without a subcommand")
                .args(listing())
                .after_help("Examples:\n  cargo run -- homes list --json"),
        )
        .subcommand(export::command())
        .subcommand(purge::command())
        .subcommand(return_home::command())
        .after_help("Examples:\n  cargo run -- homes\n  cargo run -- homes --json\n  cargo run -- homes export alice\n  cargo run -- homes purge alice")
}

/// The arguments of the list.
fn listing() -> impl Iterator<Item = Arg> {
    let selection = stacks::arguments().into_iter();
    selection.chain([global::json()]).chain(aws::arguments())
}

/// The home that a command is about.
fn home() -> Arg {
    Arg::new("home")
        .value_name("USER")
        .required(true)
        .help("Home by the name of its user; NAME@DATE for an older one")
}

/// The stack whose host has it.
fn stack() -> Arg {
    Arg::new("stack")
        .long("stack")
        .value_name("STACK")
        .help("Use the team of this stack [default: the only one]")
}

/// Runs the command that the arguments select.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some((export::NAME, matches)) => export::run(context, matches),
        Some((purge::NAME, matches)) => purge::run(context, matches),
        Some((return_home::NAME, matches)) => return_home::run(context, matches),
        Some((_, matches)) => list(context, matches),
        None => list(context, matches),
    }
}

#[cfg(not(feature = "aws"))]
use super::without_aws::run as list;

#[cfg(feature = "aws")]
fn list(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = stacks::of_teams(context.selected_or_named(matches)?, matches);
    let homes = homes::list(&context.target(matches), &stacks)?;
    view::homes::print(context.terminal, &homes, matches.get_flag("json"))
}

/// The selected stack and the name of the home.
#[cfg(feature = "aws")]
fn selected<'a>(
    context: &Context<'_>,
    matches: &'a ArgMatches,
) -> Result<(crate::assembly::Stack, &'a str), Failure> {
    let stack = stacks::only(
        stacks::of_teams(context.selected_or_named(matches)?, matches),
        "whose host has the home, with `--stack`",
    )?;
    let name = matches.get_one::<String>("home").map_or("", String::as_str);
    Ok((stack, name))
}
