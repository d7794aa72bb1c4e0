//! `events`: shows the events of a stack.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::events;
#[cfg(feature = "aws")]
use crate::view::{JsonLines, event};
#[cfg(feature = "aws")]
use clap::ArgMatches;
#[cfg(feature = "aws")]
use std::sync::Arc;

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

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected_or_named(matches)?, "whose events to show")?;
    let since = matches.get_one::<String>("since");
    let since = since.map(|text| events::moment(text)).transpose()?;
    let json = matches.get_flag("json");
    let mut target = context.target(matches);
    if matches.get_flag("follow") {
        if json {
            target.io = Arc::new(JsonLines::new(context.terminal));
        }
        return events::follow(&target, &stack, since);
    }
    let events = events::list(&target, &stack, since)?;
    event::print(context.terminal, &events, json)
}
