//! What the commands take that talk to AWS.

use clap::{Arg, ArgAction, value_parser};

/// The heading of these options in the help.
const HEADING: &str = "AWS";

/// Where a command acts.
pub(crate) fn arguments() -> [Arg; 3] {
    [
        Arg::new("region")
            .long("region")
            .value_name("REGION")
            .help_heading(HEADING)
            .help("The region [default: as declared, then AWS_REGION, then the profile's]"),
        Arg::new("profile")
            .long("profile")
            .value_name("PROFILE")
            .help_heading(HEADING)
            .help("The profile of ~/.aws/config [default: AWS_PROFILE]"),
        Arg::new("timeout")
            .long("timeout")
            .value_name("SECONDS")
            .value_parser(value_parser!(u64).range(1..=600))
            .default_value("30")
            .help_heading(HEADING)
            .help("How long AWS may take for an answer before it is asked again"),
    ]
}

/// `--yes`, for the commands that ask.
pub(crate) fn yes() -> Arg {
    Arg::new("yes")
        .long("yes")
        .short('y')
        .action(ArgAction::SetTrue)
        .help("Answer every question with yes")
}

/// `--no-wait`, for the commands that follow what they started.
pub(crate) fn no_wait() -> Arg {
    Arg::new("no-wait")
        .long("no-wait")
        .action(ArgAction::SetTrue)
        .help("Do not wait for the end of it")
}
