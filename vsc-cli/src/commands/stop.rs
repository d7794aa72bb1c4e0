//! `stop`: stops a host, which then costs only its volumes and its address.

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
    Command::new("stop")
        .about("Stop the host of a team; homes are kept")
        .long_about(
            "Stop the host of a team. Homes, address and DNS names are kept; `start` starts the host \
             again. Asks first, since unsaved work in workspaces is lost.\n\n\
             A stopped host costs only its volumes and its Elastic IP.",
        )
        .args(stacks::arguments_to_change())
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- stop\n  cargo run -- stop staging --yes")
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
    stacks::must_be_named(&stacks, "stop", matches)?;
    let options = Options {
        wanted: InstanceState::Stopped,
        is_asked: !matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    switch::run(&context.target(matches), &stacks, options)
}
