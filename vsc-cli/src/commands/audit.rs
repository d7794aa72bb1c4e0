//! `audit`: prints who signed in, and who was denied.

use clap::{Arg, Command, value_parser};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::audit::{self, Query, Since};
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("audit")
        .about("Print who signed in, was denied, opened a workspace, shared a port or signed out")
        .long_about(
            "Print who signed in, was denied, opened a workspace, shared a port or signed out, with the time and \
             the address.\n\n\
             The host records it where no workspace can write, and keeps it for 90 days. Systems Manager reads it \
             there, which needs no open port.",
        )
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("user")
                .long("user")
                .short('u')
                .value_name("NAME")
                .help("Show only this person, by name or e-mail, and their workspace"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .short('s')
                .value_name("TIME")
                .help("Show entries of the last 10m, 2h or 3d, or since 2026-11-01 or 2026-11-01T09:00Z"),
        )
        .arg(
            Arg::new("lines")
                .long("lines")
                .short('n')
                .value_name("COUNT")
                .value_parser(value_parser!(u16).range(1..=5_000))
                .default_value("100")
                .help("Show at most this many entries, the newest ones"),
        )
        .arg(global::json().help("Print each entry as a line of JSON"))
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- audit\n  cargo run -- audit --user alice --since 3d\n  cargo run -- audit --since 2026-11-01 --lines 1000 --json")
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
    let stack = stacks::only(
        context.selected_or_named(matches)?,
        "whose audit log to print",
    )?;
    let record = audit::run(&context.target(matches), &stack, &query(matches)?)?;
    view::audit::print(context.terminal, &record, matches.get_flag("json"))
}

/// The query of the arguments.
///
/// # Errors
///
/// When `--since` is no time.
#[cfg(feature = "aws")]
fn query(matches: &ArgMatches) -> Result<Query, Failure> {
    let since = matches.get_one::<String>("since").map(|text| {
        Since::of(text).ok_or_else(|| {
            Failure::usage(format!("invalid `--since {text}`"))
                .hint("write a duration, such as 2h or 3d, or a time in UTC: 2026-11-01 or 2026-11-01T09:00Z")
        })
    });
    Ok(Query {
        user: matches.get_one::<String>("user").cloned(),
        since: since.transpose()?,
        lines: matches.get_one("lines").copied().unwrap_or(100),
    })
}
