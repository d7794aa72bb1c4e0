//! `start`: starts a stopped host.

use clap::Command;

use crate::cli::{aws, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::switch::start as run;

pub(crate) fn command() -> Command {
    Command::new("start")
        .about("Start the stopped host of a team")
        .args(stacks::arguments_to_change())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- start\n  cargo run -- start staging --no-wait")
}
