//! `snapshots`: lists the snapshots of the homes of teams.

mod create;

use clap::{ArgMatches, Command};

use crate::Failure;
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::snapshots;
#[cfg(feature = "aws")]
use crate::view;

pub(crate) fn command() -> Command {
    Command::new("snapshots")
        .about("List the snapshots of the homes of teams")
        .long_about(
            "List the snapshots of the homes of teams, the newest first: those that the stack takes every day, the one that \
             CloudFormation takes before it deletes the volume, and those of `snapshots create`. They are found after \
             `destroy` as well; `restore` brings files back from them.",
        )
        .args(stacks::arguments())
        .arg(global::json())
        .args(aws::arguments())
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(create::command())
        .after_help("Examples:\n  cargo run -- snapshots\n  cargo run -- snapshots --json\n  cargo run -- snapshots create")
}

/// Runs the command that the arguments select.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some((_, matches)) => create::run(context, matches),
        None => list(context, matches),
    }
}

#[cfg(not(feature = "aws"))]
use super::without_aws::run as list;

#[cfg(feature = "aws")]
fn list(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = stacks::of_teams(context.selected_or_named(matches)?, matches);
    let snapshots = snapshots::list(&context.target(matches), &stacks)?;
    view::snapshots::print(context.terminal, &snapshots, matches.get_flag("json"))
}
