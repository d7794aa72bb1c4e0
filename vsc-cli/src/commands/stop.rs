//! `stop`: stops a host, which then costs only its volumes and its address.

use clap::Command;

use crate::cli::{aws, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::switch::stop as run;

pub(crate) fn command() -> Command {
    Command::new("stop")
        .about("Stop the host of a team; homes are kept")
        .long_about(
            "Stop the host of a team. Homes, address and DNS names are kept; `start` starts the host \
             again. Asks first, since unsaved work in workspaces is lost.\n\n\
             A stopped host costs only its volumes and its Elastic IP.",
        )
        .args(stacks::arguments_to_change())
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- stop\n  cargo run -- stop staging --yes")
}
