//! `patch`: installs updates on the hosts of teams.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global, stacks};
#[cfg(feature = "aws")]
use crate::operation::patch::{self, Options};
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("patch")
        .about("Install updates of Amazon Linux on the hosts of teams")
        .long_about(
            "Install updates of Amazon Linux on the hosts of teams: all packages of a release, also those that are not about \
             security. Reports whether they need a reboot, and reboots only with `--reboot`, or after asking.\n\n\
             A host stays at the release of its image otherwise; its unattended updates are those of security alone. \
             Workspaces work on while packages are installed, unless Docker is updated.",
        )
        .args(stacks::arguments_to_change())
        .arg(
            Arg::new("release")
                .long("release")
                .value_name("VERSION")
                .default_value("latest")
                .help("Update to this release, such as 2023.9.20251105"),
        )
        .arg(
            Arg::new("reboot")
                .long("reboot")
                .action(ArgAction::SetTrue)
                .help("Reboot a host whose updates need it, without asking"),
        )
        .arg(aws::yes().help("Install without asking; reboots only with --reboot"))
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- patch\n  cargo run -- patch --release 2023.9.20251105 --reboot\n  cargo run -- patch --all --yes --json")
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
    let release = matches.get_one::<String>("release").cloned();
    let release = release.unwrap_or_else(|| patch::LATEST.to_owned());
    patch::check_release(&release)?;
    let stacks = stacks::of_teams(context.selected_or_named(matches)?, matches);
    stacks::must_be_named(&stacks, "patch", matches)?;
    let options = Options {
        release,
        reboots: matches.get_flag("reboot"),
        yes: matches.get_flag("yes"),
    };
    let patched = patch::run(&context.target(matches), &stacks, &options)?;
    if matches.get_flag("json") {
        return view::patch::print(context.terminal, &patched);
    }
    Ok(())
}
