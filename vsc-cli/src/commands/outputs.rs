//! `outputs`: prints the outputs of deployed stacks.

use clap::{Arg, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::outputs;
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

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

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected_or_named(matches)?;
    let target = context.target(matches);
    if let Some(name) = matches.get_one::<String>("name") {
        let stack = stacks::only(selected, "whose output to print")?;
        let value = outputs::value(&target, &stack, name)?;
        return context.terminal.print_value(&(value + "\n"));
    }
    let deployed = outputs::deployed(&target, &selected)?;
    view::outputs::print(context.terminal, &deployed, matches.get_flag("json"))
}
