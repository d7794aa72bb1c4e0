//! `users`: lists the developers and their workspaces.

mod access;
mod rotate;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::Failure;
use crate::cli::stacks;
use crate::cli::{Context, aws, global};
use crate::operation::users;
use crate::view::users::{Columns, print};

pub(crate) fn command() -> Command {
    Command::new("users")
        .about("List the developers: name, URL, secret, state")
        .long_about(
            "List the developers: name, URL, secret, state.\n\n\
             The state comes from the deployed stack, and so do values that only \
             it knows: the address of a host without a domain, and the passwords.",
        )
        .args(stacks::arguments())
        .arg(
            Arg::new("show-passwords")
                .long("show-passwords")
                .action(ArgAction::SetTrue)
                .conflicts_with("offline")
                .help("Print the passwords, after asking"),
        )
        .arg(
            Arg::new("offline")
                .long("offline")
                .action(ArgAction::SetTrue)
                .help("Show only the declaration, without asking AWS"),
        )
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(rotate::command())
        .subcommand(access::revoke())
        .subcommand(access::admit())
        .after_help("Examples:\n  cargo run -- users\n  cargo run -- users --show-passwords\n  cargo run -- users rotate alice\n  cargo run -- users revoke alice\n  cargo run -- users --json --offline")
}

/// Lists the developers of the selected stacks.
///
/// # Errors
///
/// When the arguments are not right, or passwords cannot be shown.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some((rotate::NAME, matches)) => return rotate::run(context, matches),
        Some((access::REVOKE, matches)) => return access::run_revoke(context, matches),
        Some((access::ADMIT, matches)) => return access::run_admit(context, matches),
        _ => {}
    }
    let selected = context.selected(matches)?;
    let passwords = matches.get_flag("show-passwords");
    let developers = users::declared(&selected);
    #[cfg(not(feature = "aws"))]
    if passwords {
        return super::without_aws::run(context, matches);
    }
    #[cfg(feature = "aws")]
    let developers = if passwords || !matches.get_flag("offline") {
        let options = users::Options {
            passwords,
            yes: matches.get_flag("yes"),
        };
        users::ask(&context.target(matches), &selected, developers, options)?
    } else {
        developers
    };
    let columns = Columns {
        stacks: selected.len() > 1,
        passwords,
    };
    print(
        context.terminal,
        developers,
        columns,
        matches.get_flag("json"),
    )
}
