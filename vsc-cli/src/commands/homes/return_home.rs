//! `homes return`: gives a kept home to its developer.

use clap::{Arg, Command};

#[cfg(feature = "aws")]
use super::selected;
use super::stack;
#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::aws;
#[cfg(feature = "aws")]
use crate::operation::homes::return_home;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) const NAME: &str = "return";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Give a kept home to its user, who comes back")
        .long_about(
            "Give a kept home to the user of its name, who comes back or is a successor: the next deployment with this user \
             mounts it. Without it a user who is added gets an empty home, whoever had the name before.",
        )
        .arg(
            Arg::new("home")
                .value_name("USER")
                .required(true)
                .help("User who gets the kept home"),
        )
        .arg(stack())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- homes return alice")
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
    let (stack, user) = selected(context, matches)?;
    return_home::run(&context.target(matches), &stack, user)
}
