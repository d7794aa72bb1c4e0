//! `diagnose`: explains why the last failed operation failed.

use clap::Command;

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::diagnose;
#[cfg(feature = "aws")]
use crate::view::diagnosis;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("diagnose")
        .about("Explain why the last failed operation failed, and what to do")
        .arg(stacks::argument_of_one())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- diagnose\n  cargo run -- diagnose production")
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
    let stack = stacks::only(context.selected_or_named(matches)?, "to diagnose")?;
    let history = diagnose::history(&context.target(matches), &stack)?;
    diagnosis::print(context.terminal, &history, matches.get_flag("json"))
}
