//! The program: parses its arguments, runs the command, and reports the end.

mod ending;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::App;
use crate::cli::{Context, called, global};
use crate::commands::{command, dispatch};
use ending::Ending;

/// Runs the command that the arguments of the process select.
///
/// Exits with 0 on success; with 1 for an invalid input, a failed operation, an error of `check` and a
/// difference of `--exit-code`; with 2 for wrong usage, and with `--exit-code` for every other
/// failure; with 130 when it is interrupted.
pub(crate) fn run() -> ExitCode {
    let command = called::called_as(command(), &called::called());
    let matches = match ending::matches(command) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let terminal = global::terminal(&matches);
    let ending = matches.subcommand();
    let ending = ending.map(|(name, matches)| Ending::of(name, matches));
    let app = matches.get_one::<PathBuf>("app");
    let result = App::find(app.map(PathBuf::as_path)).and_then(|app| {
        dispatch(
            &Context {
                app: &app,
                terminal: &terminal,
            },
            &matches,
        )
    });
    ending.unwrap_or_default().code(&terminal, result)
}
