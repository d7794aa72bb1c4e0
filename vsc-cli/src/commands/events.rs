//! `events`: shows the events of a stack.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, global, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::events::run;

pub(crate) fn command() -> Command {
    Command::new("events")
        .about("Show the events of a deployed stack's last operation")
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("follow")
                .long("follow")
                .short('f')
                .action(ArgAction::SetTrue)
                .help("Follow events until the operation ends; exits with 1 if it fails"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .value_name("TIME")
                .help("Show all events since then: 90s, 30m, 2h, 7d, or 2026-11-25T09:00:00Z"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- events --follow\n  cargo run -- events --since 2h")
}
