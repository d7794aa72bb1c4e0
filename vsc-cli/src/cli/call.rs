//! How a program is called and ends: what both programs have in common.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::Failure;

/// What the arguments of the process say; otherwise help or the mistake in them is printed.
///
/// # Errors
///
/// The code with which to exit: only help and version end well.
pub fn matches(command: Command) -> Result<ArgMatches, ExitCode> {
    command.try_get_matches().map_err(|error| {
        // Nothing is left to do where it cannot be printed.
        let _ = error.print();
        if error.use_stderr() {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        }
    })
}

/// The code with which to exit, after a failure is told.
pub fn ended(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}
