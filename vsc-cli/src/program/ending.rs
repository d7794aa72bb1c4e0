//! Arguments and exit codes.

use std::process::ExitCode;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command, Error};
use vsc_spec::Json;
use vsc_spec::visible::one_line;

use crate::cli::global::terminal_without_options;
use crate::commands::check::Format;
use crate::failure::{Failure, FailureKind};
use crate::terminal::Terminal;
use crate::terminal::style::ERROR;

/// Parses the arguments of the process, or prints help or an error.
///
/// # Errors
///
/// The exit code: 0 only for help and version.
pub(crate) fn matches(command: Command) -> Result<ArgMatches, ExitCode> {
    let mut mistaken = command.clone();
    command.try_get_matches().map_err(|error| {
        if !error.use_stderr() {
            // If it cannot be printed, there is nothing left to do.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        // Arguments in the message stay on one line.
        let arguments: Vec<OsString> = std::env::args_os().collect();
        let visible = arguments.iter().map(visible);
        let again = mistaken.try_get_matches_from_mut(visible).err();
        let error = again.unwrap_or(error);
        let terminal = terminal_without_options();
        print(&terminal, &error);
        let failure = Failure::usage(first_line(&error));
        Ending::of_arguments().print(&terminal, &failure);
        ExitCode::from(failure.exit_code())
    })
}

/// An argument that cannot break the line in which it is shown.
fn visible(argument: &OsString) -> OsString {
    one_line(&argument.to_string_lossy()).into_owned().into()
}

/// Prints an error of clap. Its text contains arguments as they are, so it is coloured here.
fn print(terminal: &Terminal, error: &Error) {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // If it cannot be printed, there is nothing left to do.
        let _ = error.print();
        return;
    }
    let text = error.render().to_string();
    terminal.error(&match text.strip_prefix("error:") {
        Some(rest) => format!("{ERROR}error:{ERROR:#}{rest}"),
        None => text,
    });
}

/// The error of clap in a line, without the usage.
fn first_line(error: &Error) -> String {
    let text = error.render().to_string();
    let text = text.lines().next().unwrap_or_default();
    text.strip_prefix("error: ").unwrap_or(text).to_owned()
}

/// What a script relies on when a command fails: exit code and JSON.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ending {
    has_json: bool,
    is_list: bool,
    has_exit_code: bool,
}

impl Ending {
    /// For a command of this name.
    pub(crate) fn of(name: &str, matches: &ArgMatches) -> Self {
        let matches = matches.subcommand().map_or(matches, |(_, inner)| inner);
        let flag = |id| matches.try_get_one::<bool>(id).ok().flatten() == Some(&true);
        Self {
            has_json: flag("json") || Format::of(matches) == Some(Format::Json),
            is_list: name == LISTING,
            has_exit_code: flag("exit-code"),
        }
    }

    /// For arguments that could not be parsed.
    fn of_arguments() -> Self {
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        Self {
            has_json: arguments.iter().any(|argument| argument == "--json"),
            is_list: arguments.iter().any(|argument| argument == LISTING),
            has_exit_code: false,
        }
    }

    /// Reports a failure, and returns the exit code.
    pub(crate) fn code(self, terminal: &Terminal, result: Result<(), Failure>) -> ExitCode {
        let Err(failure) = result else {
            return ExitCode::SUCCESS;
        };
        terminal.failure(&failure);
        self.print(terminal, &failure);
        ExitCode::from(match failure.exit_code() {
            // As for `diff` and `git diff --exit-code`: 1 means a difference only.
            1 if self.has_exit_code && failure.kind() != FailureKind::Reported => 2,
            code => code,
        })
    }

    /// Prints the failure as JSON: without output, a script would take it for a success.
    fn print(self, terminal: &Terminal, failure: &Failure) {
        if !self.has_json || failure.problems().is_empty() || failure.is_in_result() {
            return;
        }
        let document = if self.is_list {
            Json::array(terminal.failure_diagnostics(failure))
        } else {
            terminal.failure_json(failure)
        };
        // If it cannot be printed, there is nothing left to do.
        let _ = terminal.print_json(&document);
    }
}

/// The command whose result is a list of diagnostics.
const LISTING: &str = "check";
