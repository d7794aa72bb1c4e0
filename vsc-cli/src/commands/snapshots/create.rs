//! `snapshots create`: takes a snapshot of the homes of a team now.

use clap::Command;

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::snapshots;
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) fn command() -> Command {
    Command::new("create")
        .about("Take a snapshot of the homes of a team now")
        .long_about(
            "Take a snapshot of the homes of a team now, and wait until it is complete. It has the files as they were \
             written to the disk when it began, and is kept until somebody deletes it.",
        )
        .arg(stacks::argument_of_one())
        .arg(aws::no_wait())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- snapshots create\n  cargo run -- snapshots create production --no-wait")
}

#[cfg(not(feature = "aws"))]
pub(super) use super::super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(super) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(
        stacks::of_teams(context.selected_or_named(matches)?, matches),
        "whose homes to take a snapshot of",
    )?;
    let waits = !matches.get_flag("no-wait");
    let snapshot = snapshots::create(&context.target(matches), &stack, waits)?;
    if matches.get_flag("json") {
        return view::snapshots::print_one(context.terminal, &snapshot);
    }
    Ok(())
}
