//! `outputs`: prints the outputs of deployed stacks.

use clap::{Arg, Command};

use crate::cli::{aws, global, stacks};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::outputs::run;

pub(crate) fn command() -> Command {
    Command::new("outputs")
        .about("Print the outputs of deployed stacks")
        .args(stacks::arguments())
        .arg(
            Arg::new("name")
                .long("name")
                .short('n')
                .value_name("NAME")
                .conflicts_with("json")
                .help("Print only the value of this output"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help(
            "Examples:\n  cargo run -- outputs\n  cargo run -q -- outputs --name HostAddress\n  cargo run -q -- outputs --json | jq -r '.\"acme-ide\".HostAddress'",
        )
}
