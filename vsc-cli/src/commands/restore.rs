//! `restore`: brings files of a home back from a snapshot.

use clap::{Arg, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
#[cfg(feature = "aws")]
use crate::cli::stacks;
use crate::cli::{aws, global};
#[cfg(feature = "aws")]
use crate::operation::restore::{self, Options, Source, Wanted};
#[cfg(feature = "aws")]
use crate::view;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("restore")
        .about("Bring files of a developer's home back from a snapshot")
        .long_about(
            "Bring files of a developer's home back from a snapshot, into a folder of the home: present files stay, and nobody \
             else's home is read or changed.\n\n\
             A volume is created of the snapshot, attached to the host, copied from, and deleted. A volume that a killed \
             run has left is deleted by the next one.",
        )
        .arg(
            Arg::new("user")
                .value_name("USER")
                .required(true)
                .help("Developer, by the name of the workspace"),
        )
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .help("File or folder to restore, relative to the home [default: all of it]"),
        )
        .arg(
            Arg::new("at")
                .long("at")
                .value_name("TIME")
                .help("Restore the state of this time or before: 2026-11-25, 2026-11-25T09:00Z, 2d or 3h [default: the newest snapshot]"),
        )
        .arg(
            Arg::new("snapshot")
                .long("snapshot")
                .value_name("ID")
                .conflicts_with("at")
                .help("Restore from this snapshot; see `snapshots`"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("USER@DATE")
                .conflicts_with_all(["at", "snapshot"])
                .help("Restore from an older home of this name that was kept on the host; see `homes`"),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FOLDER")
                .help("Copy into this folder of the home [default: restored-DATE]"),
        )
        .arg(
            Arg::new("stack")
                .long("stack")
                .value_name("STACK")
                .help("Use the team of this stack [default: the only one]"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- restore alice\n  cargo run -- restore alice src/app --at 2026-11-25\n  cargo run -- restore alice --snapshot snap-0123456789abcdef0 --to before\n  cargo run -- restore alice --from alice@2026-11-01")
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
        stacks::of_teams(context.selected_or_named(matches)?, matches),
        "whose developer this is, with `--stack`",
    )?;
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let from = match text("from") {
        Some(kept) => Source::Kept(kept),
        None => Source::Snapshot(Wanted::of(
            text("at").as_deref(),
            text("snapshot").as_deref(),
        )?),
    };
    let options = Options {
        user: text("user").unwrap_or_default(),
        from,
        folder: text("to"),
        path: text("path"),
    };
    let restored = restore::run(&context.target(matches), &stack, &options)?;
    if matches.get_flag("json") {
        return view::restored::print(context.terminal, &restored);
    }
    Ok(())
}
