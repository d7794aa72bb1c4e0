//! `status`: shows the state of deployed stacks.

use clap::Command;

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::status;
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("status")
        .about("Show the state of deployed stacks: stack, host, workspaces")
        .args(stacks::arguments())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- status\n  cargo run -- status --json production")
}

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = context.selected_or_named(matches)?;
    let statuses = status::statuses(&context.target(matches), &stacks)?;
    view::status::print(context.terminal, &statuses, matches.get_flag("json"))
}
