//! `users rotate`: new passwords for developers.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, global};

#[cfg(not(feature = "deploy"))]
pub(super) use super::super::without_deploy::run;
#[cfg(feature = "deploy")]
pub(super) use crate::aws::operation::rotate::run;

pub(super) const NAME: &str = "rotate";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Give developers new passwords, which the host applies at once")
        .long_about(
            "Give developers new passwords, which the host applies at once.\n\n\
             Secrets Manager makes each password and keeps it; the host fetches it by Systems Manager's Run \
             Command, and has to confirm that it counts. A host that is stopped applies it when it starts.",
        )
        .arg(
            Arg::new("user")
                .value_name("NAME")
                .required(true)
                .action(ArgAction::Append)
                .help("The developers, by the names of their workspaces"),
        )
        .arg(
            Arg::new("stack")
                .long("stack")
                .value_name("STACK")
                .help("The stack of their team [default: the only one]"),
        )
        .arg(
            Arg::new("show")
                .long("show")
                .action(ArgAction::SetTrue)
                .help("Print the new passwords; asks first"),
        )
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- users rotate alice\n  cargo run -- users rotate alice bob --show")
}
