//! Options of every command.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, ValueHint, value_parser};

use super::called::called;
use crate::markup::Caller;
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

/// The terminal of a command line.
pub(crate) fn terminal(matches: &ArgMatches) -> Terminal {
    let colors = match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    let verbosity = if matches.get_flag("quiet") {
        Verbosity::Quiet
    } else if matches.get_flag("verbose") {
        Verbosity::Verbose
    } else {
        Verbosity::Normal
    };
    let caller = Caller {
        program: called(),
        options: session_options(matches),
    };
    Terminal::new(verbosity, colors, caller, arguments_of_process())
}

/// The terminal for arguments that could not be parsed.
pub(crate) fn terminal_without_options() -> Terminal {
    let caller = Caller {
        program: called(),
        options: String::new(),
    };
    Terminal::new(
        Verbosity::Normal,
        ColorChoice::Auto,
        caller,
        arguments_of_process(),
    )
}

fn arguments_of_process() -> impl Iterator<Item = String> {
    let arguments = std::env::args_os().skip(1);
    arguments.map(|it| it.to_string_lossy().into_owned())
}

/// The options of the command that select account and region. Commands in messages repeat them, so that
/// the next command uses the same ones.
fn session_options(matches: &ArgMatches) -> String {
    let mut innermost = matches;
    while let Some((_, inner)) = innermost.subcommand() {
        innermost = inner;
    }
    let options = ["profile", "region"].iter().filter_map(|&name| {
        let value = innermost.try_get_one::<String>(name).ok().flatten()?;
        Some(format!(" --{name} {value}"))
    });
    options.collect()
}
