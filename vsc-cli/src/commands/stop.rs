//! `stop`: the host of a team rests, and costs nothing but its volumes and its address.

use clap::Command;

use crate::cli::{aws, stacks};

#[cfg(not(feature = "deploy"))]
pub(crate) use super::without_deploy::run;
#[cfg(feature = "deploy")]
pub(crate) use crate::aws::operation::switch::stop as run;

pub(crate) fn command() -> Command {
    Command::new("stop")
        .about("Stop the host of a team; homes stay")
        .long_about(
            "Stop the host of a team. Homes stay, and so do its address and its names; `start` brings \
             everything back. What is not saved in a workspace is lost, so it asks first.\n\n\
             A stopped host costs nothing but its volumes and its Elastic IP.",
        )
        .args(stacks::arguments_to_change())
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
}
