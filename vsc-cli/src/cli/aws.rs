//! Options of the commands that talk to AWS.

#[cfg(feature = "aws")]
use std::time::Duration;

#[cfg(feature = "aws")]
use clap::ArgMatches;
use clap::{Arg, ArgAction, value_parser};

#[cfg(feature = "aws")]
use crate::aws::session_options::SessionOptions;

/// The heading of these options in the help.
const HEADING: &str = "AWS";

/// The session of a command: region, profile, timeout.
pub(crate) fn arguments() -> [Arg; 3] {
    [
        Arg::new("region")
            .long("region")
            .value_name("REGION")
            .help_heading(HEADING)
            .help(
                "Use this AWS region [default: as declared, then AWS_REGION, then the profile's]",
            ),
        Arg::new("profile")
            .long("profile")
            .value_name("PROFILE")
            .help_heading(HEADING)
            .help("Use this profile of ~/.aws/config [default: AWS_PROFILE]"),
        Arg::new("timeout")
            .long("timeout")
            .value_name("SECONDS")
            .value_parser(value_parser!(u64).range(1..=600))
            .default_value("30")
            .help_heading(HEADING)
            .help("Retry a call that AWS does not answer within this time"),
    ]
}

/// The values of these arguments.
#[cfg(feature = "aws")]
pub(crate) fn session(matches: &ArgMatches) -> SessionOptions {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let seconds = matches.get_one::<u64>("timeout").copied().unwrap_or(30);
    SessionOptions {
        region: text("region"),
        profile: text("profile"),
        timeout: Duration::from_secs(seconds),
    }
}

/// `--yes`, for the commands that ask for confirmation.
pub(crate) fn yes() -> Arg {
    Arg::new("yes")
        .long("yes")
        .short('y')
        .action(ArgAction::SetTrue)
        .help("Answer yes to every question")
}

/// `--no-wait`, for the commands that follow an operation.
pub(crate) fn no_wait() -> Arg {
    Arg::new("no-wait")
        .long("no-wait")
        .action(ArgAction::SetTrue)
        .help("Do not wait for the operation to end")
}
