//! `doctor`: checks everything that a deployment needs at once.

use clap::{ArgMatches, Command};

use crate::Failure;
use crate::cli::{Context, aws, global, stacks};
use crate::operation::doctor::{self, Check};
use crate::view;

pub(crate) fn command() -> Command {
    Command::new("doctor")
        .about("Check that everything needed for a deployment is in place")
        .long_about(
            "Check that everything needed for a deployment is in place: the toolchain, the credentials, the hosted zone, the parameters of the certificate, the \
             network and the quotas. Changes nothing; exits with 1 if a deployment would fail.",
        )
        .args(stacks::arguments())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- doctor\n  cargo run -- doctor --profile production")
}

/// Runs the command.
///
/// # Errors
///
/// When a deployment would fail, or the user interrupts it.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected(matches)?;
    #[cfg(feature = "aws")]
    let sections = doctor::run(&context.target(matches), &selected)?;
    #[cfg(not(feature = "aws"))]
    let sections = doctor::run(&selected);
    view::doctor::print(context.terminal, &sections, matches.get_flag("json"))?;
    let all = sections.iter().flat_map(|section| &section.checks);
    match all.filter(|check| Check::is_bad(check)).count() {
        0 => Ok(()),
        count => {
            let what = if count == 1 { "problem" } else { "problems" };
            context
                .terminal
                .note(&format!("{count} {what} to solve before a deployment"));
            Err(Failure::reported())
        }
    }
}
