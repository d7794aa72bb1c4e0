//! `status`: shows the state of deployed stacks.

use clap::Command;

use crate::cli::{aws, global, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::status::run;

pub(crate) fn command() -> Command {
    Command::new("status")
        .about("Show the state of deployed stacks: stack, host, workspaces")
        .args(stacks::arguments())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- status\n  cargo run -- status --json production")
}
