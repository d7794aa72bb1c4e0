//! `destroy`: deletes stacks with their resources.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, concurrency, stacks};
#[cfg(feature = "aws")]
use crate::operation::destroy::{self, Options};
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("destroy")
        .about("Delete stacks and their resources from AWS")
        .args(stacks::arguments_to_change())
        .arg(
            Arg::new("retain")
                .long("retain")
                .value_name("LOGICAL_ID")
                .action(ArgAction::Append)
                .help("Keep a resource that could not be deleted"),
        )
        .arg(
            Arg::new("role-arn")
                .long("role-arn")
                .value_name("ARN")
                .help("Make CloudFormation assume this IAM role"),
        )
        .arg(concurrency::argument(
            "Delete up to this many stacks at the same time, each after those that depend on it [default: 1]",
        ))
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help(
            "Examples:\n  cargo run -- destroy\n  cargo run -- destroy staging --retain Backups\n  cargo run -- destroy --all --concurrency 4",
        )
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
    let retain = matches.get_many::<String>("retain");
    let options = Options {
        retain: retain.into_iter().flatten().cloned().collect(),
        role: matches.get_one::<String>("role-arn").cloned(),
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    let mut stacks = context.selected_or_named(matches)?;
    stacks::must_be_named(&stacks, "destroy", matches)?;
    stacks.reverse();
    let (order, limit) = (context.order(&stacks)?.reversed(), concurrency::of(matches));
    destroy::run(&context.target(matches), &stacks, &order, limit, &options)
}
