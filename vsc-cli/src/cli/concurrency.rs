//! `--concurrency`: operations on several stacks at the same time.

use clap::{Arg, ArgMatches, value_parser};

/// `--concurrency`, for the commands that change several stacks.
pub(crate) fn argument(help: &'static str) -> Arg {
    Arg::new("concurrency")
        .long("concurrency")
        .value_name("N")
        .value_parser(value_parser!(u16).range(1..=100))
        .default_value("1")
        .hide_default_value(true)
        .help(help)
}

/// How many operations may run at the same time.
pub(crate) fn of(matches: &ArgMatches) -> usize {
    matches
        .get_one::<u16>("concurrency")
        .map_or(1, |number| usize::from(*number))
}
