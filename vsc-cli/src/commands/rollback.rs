//! `rollback`: rolls a stack back to its last working state.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::rollback::run;

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
