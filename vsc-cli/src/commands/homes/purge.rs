//! `homes purge`: deletes the home of somebody who has left.

use clap::Command;

#[cfg(feature = "aws")]
use super::selected;
use super::{home, stack};
#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global};
#[cfg(feature = "aws")]
use crate::operation::homes::purge;
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) const NAME: &str = "purge";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Delete the home of somebody who has left the team")
        .long_about(
            "Delete the home of somebody who has left the team, after its name was typed. It cannot be undone; snapshots of \
             earlier days still have the home.",
        )
        .arg(home())
        .arg(stack())
        .arg(aws::yes().help("Delete it without asking for its name again"))
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- homes purge alice\n  cargo run -- homes purge alice@2026-11-01 --yes")
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
    let (stack, name) = selected(context, matches)?;
    let yes = matches.get_flag("yes");
    let purged = purge::run(&context.target(matches), &stack, name, yes)?;
    if matches.get_flag("json") {
        return context.terminal.print_json(&view::homes::to_json(&purged));
    }
    Ok(())
}
