//! `logs`: what the host and its workspaces say.

use clap::{Arg, ArgAction, Command, value_parser};

use crate::cli::{aws, stacks};

#[cfg(not(feature = "deploy"))]
pub(crate) use super::without_deploy::run;
#[cfg(feature = "deploy")]
pub(crate) use crate::aws::operation::logs::run;

pub(crate) fn command() -> Command {
    Command::new("logs")
        .about("Print what the host and its workspaces log")
        .long_about(
            "Print what the host and its workspaces log: of everything, of one developer's workspace, \
             of the proxy, or of the boot.\n\n\
             The host is asked by Systems Manager, which needs no open port. `--console` reads what EC2 \
             keeps of its console instead: it is there for a boot that failed, and for an hour after the host is gone.",
        )
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("user")
                .long("user")
                .short('u')
                .value_name("NAME")
                .help("The workspace of this developer alone"),
        )
        .arg(
            Arg::new("proxy")
                .long("proxy")
                .action(ArgAction::SetTrue)
                .conflicts_with("user")
                .help("The proxy alone, with its access log"),
        )
        .arg(
            Arg::new("boot")
                .long("boot")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["user", "proxy", "follow"])
                .help("What cfn-init did, and why it failed"),
        )
        .arg(
            Arg::new("console")
                .long("console")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["user", "proxy", "boot", "follow", "since"])
                .help("What EC2 keeps of the host's console"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .short('s')
                .value_name("AGE")
                .default_value("1h")
                .help("How far back, such as 30s, 10m, 2h or 3d"),
        )
        .arg(
            Arg::new("lines")
                .long("lines")
                .short('n')
                .value_name("COUNT")
                .value_parser(value_parser!(u16).range(1..))
                .default_value("100")
                .help("How many lines at most: Systems Manager cuts after 24,000 characters"),
        )
        .arg(
            Arg::new("follow")
                .long("follow")
                .short('f')
                .action(ArgAction::SetTrue)
                .help("Go on until Ctrl-C"),
        )
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- logs --user alice --follow\n  cargo run -- logs --boot\n  cargo run -- logs --console")
}
