//! `outputs`: what a deployed stack tells.

use clap::{Arg, Command};

use crate::cli::{aws, global};

#[cfg(not(feature = "deploy"))]
pub(crate) use super::without_deploy::run;
#[cfg(feature = "deploy")]
pub(crate) use crate::aws::operation::outputs::run;

pub(crate) fn command() -> Command {
    Command::new("outputs")
        .about("Print the outputs of a deployed stack")
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .help("Print the value of this output alone"),
        )
        .arg(
            Arg::new("stack")
                .long("stack")
                .value_name("STACK")
                .action(clap::ArgAction::Append)
                .help("The stack, where the crate has several"),
        )
        .arg(global::json())
        .args(aws::arguments())
}
