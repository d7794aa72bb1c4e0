//! Options of every command.

use anstream::ColorChoice;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches};

use crate::terminal::{Terminal, Verbosity};

/// The options that are valid before or after any command.
pub fn arguments() -> [Arg; 3] {
    [
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
pub fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print the result as JSON")
}

/// Applies the options.
pub fn apply(matches: &ArgMatches) -> Terminal {
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
