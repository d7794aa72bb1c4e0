//! `users revoke` and `users admit`: lock developers out at once, and let them in again.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::aws::io::Access;
use crate::cli::aws;
#[cfg(feature = "aws")]
use crate::cli::{Context, stacks};
#[cfg(feature = "aws")]
use crate::operation::revoke;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) const REVOKE: &str = "revoke";
pub(super) const ADMIT: &str = "admit";

pub(super) fn revoke() -> Command {
    Command::new(REVOKE)
        .about("Lock developers out at once: sessions end, open windows are closed")
        .long_about(
            "Lock developers out at once: sessions end, open windows are closed, and nobody of these names can sign in, \
             whatever the identity provider says.\n\n\
             Systems Manager's Run Command makes the host do it, and the command waits for its confirmation. The \
             workspaces and homes stay as they are; `users admit` lets the developers in again. Who leaves the team is \
             removed from the declaration.",
        )
        .args(arguments())
        .after_help("Examples:\n  cargo run -- users revoke alice\n  cargo run -- users revoke alice bob --stack production")
}

pub(super) fn admit() -> Command {
    Command::new(ADMIT)
        .about("Let developers in again who were locked out")
        .args(arguments())
        .after_help("Examples:\n  cargo run -- users admit alice")
}

fn arguments() -> impl Iterator<Item = Arg> {
    let own = [
        Arg::new("user")
            .value_name("NAME")
            .required(true)
            .action(ArgAction::Append)
            .help("Developers, by the names of their workspaces"),
        Arg::new("stack")
            .long("stack")
            .value_name("STACK")
            .help("Use the team of this stack [default: the only one]"),
    ];
    own.into_iter().chain(aws::arguments())
}

#[cfg(not(feature = "aws"))]
pub(super) use super::super::without_aws::run as run_revoke;

#[cfg(not(feature = "aws"))]
pub(super) use super::super::without_aws::run as run_admit;

/// Runs `users revoke`.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(super) fn run_revoke(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, matches, Access::Revoked)
}

/// Runs `users admit`.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(super) fn run_admit(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, matches, Access::Admitted)
}

#[cfg(feature = "aws")]
fn run(context: &Context<'_>, matches: &ArgMatches, access: Access) -> Result<(), Failure> {
    let stack = stacks::only(
        stacks::of_teams(context.selected_or_named(matches)?, matches),
        "whose developers these are, with `--stack`",
    )?;
    let names: Vec<&str> = matches
        .get_many::<String>("user")
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    revoke::run(&context.target(matches), &stack, &names, access)
}
