//! `logs`: prints the logs of the host and its workspaces.

use clap::{Arg, ArgAction, Command, value_parser};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::assembly::Team;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, stacks};
#[cfg(feature = "aws")]
use crate::operation::logs::{self, LogSource, Query};
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("logs")
        .about("Print the logs of the host and its workspaces")
        .long_about(
            "Print the logs of the host and its workspaces: all of them, or those of one developer's \
             workspace, of the proxy, or of the boot.\n\n\
             Systems Manager reads them on the host, which needs no open port. `--console` reads the \
             console output that EC2 keeps instead: also of a failed boot, and for an hour after the \
             host is terminated.",
        )
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("user")
                .long("user")
                .short('u')
                .value_name("NAME")
                .help("Show only the workspace of this developer"),
        )
        .arg(
            Arg::new("proxy")
                .long("proxy")
                .action(ArgAction::SetTrue)
                .conflicts_with("user")
                .help("Show only the proxy, with its access log"),
        )
        .arg(
            Arg::new("boot")
                .long("boot")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["user", "proxy", "follow"])
                .help("Show what cfn-init did, and why it failed"),
        )
        .arg(
            Arg::new("console")
                .long("console")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["user", "proxy", "boot", "follow", "since"])
                .help("Show the console output that EC2 keeps of the host"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .short('s')
                .value_name("AGE")
                .default_value("1h")
                .help("Show lines of the last 30s, 10m, 2h or 3d"),
        )
        .arg(
            Arg::new("lines")
                .long("lines")
                .short('n')
                .value_name("COUNT")
                .value_parser(value_parser!(u16).range(1..))
                .default_value("100")
                .help("Show at most this many lines; Systems Manager truncates after 24,000 characters"),
        )
        .arg(
            Arg::new("follow")
                .long("follow")
                .short('f')
                .action(ArgAction::SetTrue)
                .help("Follow new lines until Ctrl-C"),
        )
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- logs --user alice --follow\n  cargo run -- logs --boot\n  cargo run -- logs --console")
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
    let stack = stacks::only(context.selected_or_named(matches)?, "whose logs to print")?;
    let query = query(matches, stack.team.as_ref())?;
    let target = context.target(matches);
    if matches.get_flag("console") {
        return logs::console(&target, &stack);
    }
    logs::query(&target, &stack, &query)
}

/// The query of the arguments.
///
/// # Errors
///
/// When the team has no such user, or `--since` is no age.
#[cfg(feature = "aws")]
pub(crate) fn query(matches: &ArgMatches, team: Option<&Team>) -> Result<Query, Failure> {
    let source = match matches.get_one::<String>("user") {
        Some(name) => logs::workspace(name, team)?,
        None if matches.get_flag("proxy") => LogSource::Proxy,
        None if matches.get_flag("boot") => LogSource::Boot,
        None => LogSource::All,
    };
    let since = matches
        .get_one::<String>("since")
        .map_or("1h", String::as_str);
    Ok(Query {
        source,
        since: logs::age(since).ok_or_else(|| {
            Failure::usage(format!("invalid `--since {since}`"))
                .hint("write a duration: 30s, 10m, 2h or 3d")
        })?,
        lines: matches.get_one("lines").copied().unwrap_or(100),
        follows: matches.get_flag("follow"),
        after: None,
    })
}

#[cfg(all(test, feature = "aws"))]
mod tests {
    use super::*;
    use crate::aws::scripted::{message, team};

    #[test]
    fn the_query_is_read_from_the_arguments() {
        let team = team(|team| team);
        let of = |arguments: &[&str]| {
            let arguments = [&["logs"], arguments].concat();
            let matches = command()
                .try_get_matches_from(arguments)
                .expect("they are right");
            query(&matches, team.team.as_ref()).map(|query| query.command())
        };
        for (arguments, part) in [
            (&[][..], "-u 'vsc-*' --since=-3600s -n 100"),
            (
                &["--user", "alice"],
                "-u 'vsc-workspace@alice.service' --since",
            ),
            (&["--proxy"], "-u vsc-proxy.service --since"),
            (&["--boot", "--lines", "5"], "tail -n 5 "),
            (&["--since", "2m", "--lines", "7"], "--since=-120s -n 7"),
            (&["--follow"], "-n 100 --show-cursor"),
        ] {
            let command = of(arguments).expect("it is right");
            assert!(command.contains(part), "{command}");
        }
        assert!(message(of(&["--since", "soon"])).starts_with("usage: invalid `--since soon`\n"));
        assert!(message(of(&["--user", "nobody"])).starts_with("usage: the team has no user"));
    }
}
