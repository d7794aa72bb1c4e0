//! `users rotate`: new passwords for developers.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, global};

#[cfg(not(feature = "aws"))]
pub(super) use super::super::without_aws::run;
#[cfg(feature = "aws")]
pub(super) use crate::aws::operation::rotate::run;

pub(super) const NAME: &str = "rotate";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Give developers new passwords, which the host applies at once")
        .long_about(
            "Give developers new passwords, which the host applies at once.\n\n\
             Secrets Manager generates and stores each password; Systems Manager's Run Command makes the host \
             fetch it, and the command waits for its confirmation. A stopped host applies it when it starts.",
        )
        .arg(
            Arg::new("user")
                .value_name("NAME")
                .required(true)
                .action(ArgAction::Append)
                .help("Developers, by the names of their workspaces"),
        )
        .arg(
            Arg::new("stack")
                .long("stack")
                .value_name("STACK")
                .help("Use the team of this stack [default: the only one]"),
        )
        .arg(
            Arg::new("show")
                .long("show")
                .action(ArgAction::SetTrue)
                .help("Print the new passwords, after asking"),
        )
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- users rotate alice\n  cargo run -- users rotate alice bob --show")
}
