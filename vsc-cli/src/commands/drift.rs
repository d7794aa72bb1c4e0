//! `drift`: shows changes made outside of CloudFormation.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, global, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::drift::run;

pub(crate) fn command() -> Command {
    Command::new("drift")
        .about("Show changes made outside of CloudFormation")
        .args(stacks::arguments())
        .arg(
            Arg::new("exit-code")
                .long("exit-code")
                .action(ArgAction::SetTrue)
                .help("Exit with 1 if a resource has drifted, with 2 on failure"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- drift --exit-code")
}
