//! `destroy`: deletes stacks with their resources.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, concurrency, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::destroy::run;

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
