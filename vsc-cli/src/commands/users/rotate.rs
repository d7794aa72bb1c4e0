//! `users rotate`: new passwords for developers.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
#[cfg(feature = "aws")]
use crate::cli::stacks;
use crate::cli::{aws, global};
#[cfg(feature = "aws")]
use crate::operation::rotate::{self, Options};
#[cfg(feature = "aws")]
use crate::view::passwords;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) const NAME: &str = "rotate";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Give developers new passwords, which the host applies at once")
        .long_about(
            "Give developers new passwords, which the host applies at once.\n\n\
             Secrets Manager generates and stores each password; Systems Manager's Run Command makes the host \
             fetch it, and the command waits for its confirmation. A stopped host applies it when it starts.",
        )
        .arg(
            Arg::new("user")
                .value_name("NAME")
                .required(true)
                .action(ArgAction::Append)
                .help("Developers, by the names of their workspaces"),
        )
        .arg(
            Arg::new("stack")
                .long("stack")
                .value_name("STACK")
                .help("Use the team of this stack [default: the only one]"),
        )
        .arg(
            Arg::new("show")
                .long("show")
                .action(ArgAction::SetTrue)
                .help("Print the new passwords, after asking"),
        )
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- users rotate alice\n  cargo run -- users rotate alice bob --show")
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
        context.selected(matches)?,
        "whose developers these are, with `--stack`",
    )?;
    let names: Vec<&String> = matches.get_many("user").into_iter().flatten().collect();
    let options = Options {
        shows: matches.get_flag("show"),
        yes: matches.get_flag("yes"),
    };
    let target = context.target(matches);
    let (rotated, effective) = rotate::run(&target, &stack, &names, options)?;
    let json = matches.get_flag("json");
    passwords::print(context.terminal, &rotated, effective, options.shows, json)
}
