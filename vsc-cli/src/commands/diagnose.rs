//! `diagnose`: explains why the last failed operation failed.

use clap::Command;

use crate::cli::{aws, global, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::diagnose::run;

pub(crate) fn command() -> Command {
    Command::new("diagnose")
        .about("Explain why the last failed operation failed, and what to do")
        .arg(stacks::argument_of_one())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- diagnose\n  cargo run -- diagnose production")
}
