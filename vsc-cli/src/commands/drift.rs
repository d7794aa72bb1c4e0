//! `drift`: shows changes made outside of CloudFormation.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::drift;
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

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

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = context.selected_or_named(matches)?;
    let drifts = drift::detect(&context.target(matches), &stacks)?;
    view::drift::print(context.terminal, &drifts, matches.get_flag("json"))?;
    let has_drifted = drifts.iter().any(|(_, drift)| !drift.drifted.is_empty());
    if has_drifted && matches.get_flag("exit-code") {
        return Err(Failure::reported());
    }
    Ok(())
}
