//! `start`: starts a stopped host.

use clap::Command;

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::aws::host::InstanceState;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, stacks};
#[cfg(feature = "aws")]
use crate::operation::switch::{self, Options};
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("start")
        .about("Start the stopped host of a team")
        .args(stacks::arguments_to_change())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- start\n  cargo run -- start staging --no-wait")
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
    stacks::must_be_named(&stacks, "start", matches)?;
    let options = Options {
        wanted: InstanceState::Running,
        is_asked: false,
        waits: !matches.get_flag("no-wait"),
    };
    switch::run(&context.target(matches), &stacks, options)
}
