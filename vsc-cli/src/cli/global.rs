//! Options of every command.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, ValueHint, value_parser};

use crate::terminal::{Terminal, Verbosity};

/// The options that are valid before or after any command.
pub(crate) fn arguments() -> [Arg; 4] {
    [
        Arg::new("app")
            .long("app")
            .global(true)
            .value_name("FILE|DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath)
            .help("Use the stacks of this config crate, program or assembly [default: the crate of this folder]")
            .display_order(999),
        Arg::new("color")
            .long("color")
            .global(true)
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .default_value("auto")
            .hide_possible_values(true)
            .help("Use colours: auto (on a terminal, unless NO_COLOR is set), always, never")
            .display_order(1000),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .global(true)
            .action(ArgAction::SetTrue)
            .conflicts_with("verbose")
            .help("Print only results and errors")
            .display_order(1001),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .global(true)
            .action(ArgAction::SetTrue)
            .help("Show AWS calls and where values come from")
            .display_order(1002),
    ]
}

/// `--json`, for the commands whose result scripts read.
pub(crate) fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print the result as JSON")
}

/// Applies the options.
pub(crate) fn apply(matches: &ArgMatches) -> Terminal {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => ColorChoice::Always.write_global(),
        Some("never") => ColorChoice::Never.write_global(),
        _ => {}
    }
    Terminal::new(if matches.get_flag("quiet") {
        Verbosity::Quiet
    } else if matches.get_flag("verbose") {
        Verbosity::Verbose
    } else {
        Verbosity::Normal
    })
}
