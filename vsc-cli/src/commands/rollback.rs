//! `rollback`: rolls a stack back to its last working state.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, stacks};
#[cfg(feature = "aws")]
use crate::operation::rollback::{self, Options};
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("rollback")
        .about("Roll a stack back to its state before a failed update")
        .long_about(
            "Roll a stack back to its state before a failed update.\n\n\
             Cancels an update in progress, rolls back a failed one that was kept (`deploy --on-failure keep`), \
             and continues a failed rollback.",
        )
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("skip")
                .long("skip")
                .value_name("LOGICAL_ID")
                .action(ArgAction::Append)
                .help("Skip a resource that cannot be rolled back"),
        )
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- rollback\n  cargo run -- rollback --skip Host")
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
    let stack = stacks::only(context.selected_or_named(matches)?, "to roll back")?;
    let skip = matches.get_many::<String>("skip");
    let options = Options {
        skip: skip.into_iter().flatten().cloned().collect(),
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    rollback::run(&context.target(matches), &stack, options)
}
