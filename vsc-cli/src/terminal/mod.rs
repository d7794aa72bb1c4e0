//! Output to the user: results on standard output, everything else on standard error.
//!
//! Styles are written into the text and removed again where they are not shown: where the stream is
//! not a terminal, where `NO_COLOR` is set, and with `--color never`. Invisible characters of a text
//! are escaped here; commands print either data (`print_json`, `print_data`) or text for people.

mod escape;
#[cfg(all(test, feature = "aws"))]
pub(crate) mod heard;
mod prompt;
pub(crate) mod style;
pub(crate) mod table;

use std::borrow::Cow;
#[cfg(feature = "aws")]
use std::io::IsTerminal as _;
use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;

use vsc_core::template::write_json;
use vsc_spec::Json;

use crate::Failure;

use style::WARNING;

pub(crate) use escape::{one_line, plain};
pub(crate) use prompt::{confirm, is_interactive};

/// A path in a message, on one line.
pub(crate) fn shown(path: impl AsRef<Path>) -> String {
    vsc_spec::visible::one_line(&path.as_ref().to_string_lossy()).into_owned()
}

/// The verbosity of messages on standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verbosity {
    /// Only results and errors.
    Quiet,
    /// Progress as well.
    #[default]
    Normal,
    /// Details as well.
    Verbose,
}

/// The two streams of a command.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Terminal {
    verbosity: Verbosity,
}

impl Terminal {
    /// A terminal of this verbosity.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        Self { verbosity }
    }

    /// The verbosity.
    pub(crate) fn verbosity(self) -> Verbosity {
        self.verbosity
    }

    /// Writes a result for people to standard output, with invisible characters escaped.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(crate) fn print(self, text: &str) -> Result<(), Failure> {
        write(anstream::stdout().lock(), &visible(text))
    }

    /// Writes a document in JSON to standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(crate) fn print_json(self, value: &Json) -> Result<(), Failure> {
        self.print_data(&escape::in_json(&write_json(value)))
    }

    /// Writes a document in JSON to one line of standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    #[cfg(feature = "aws")]
    pub(crate) fn print_json_line(self, value: &Json) -> Result<(), Failure> {
        let text = write_json(value);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        self.print_data(&(escape::in_json(&lines.join(" ")) + "\n"))
    }

    /// Writes a value to standard output: escaped on a terminal, otherwise as it is.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    #[cfg(feature = "aws")]
    pub(crate) fn print_value(self, text: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            self.print(text)
        } else {
            self.print_data(text)
        }
    }

    /// Writes data for programs to standard output, as it is.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(crate) fn print_data(self, text: &str) -> Result<(), Failure> {
        write(io::stdout().lock(), text)
    }

    /// Prints progress, unless `--quiet` is given.
    pub(crate) fn note(self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            Self::error(&format!("{text}\n"));
        }
    }

    /// Prints a detail, with `--verbose`.
    pub(crate) fn detail(self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            Self::error(&format!("{text}\n"));
        }
    }

    /// Prints a warning, whatever the verbosity.
    pub(crate) fn warn(text: &str) {
        Self::error(&format!("{WARNING}warning:{WARNING:#} {text}\n"));
    }

    /// Writes to standard error, whatever the verbosity.
    pub(crate) fn error(text: &str) {
        Self::raw(&visible(&with_calls(text)));
    }

    /// Clears the last line of the terminal.
    #[cfg(feature = "aws")]
    pub(crate) fn clear_line() {
        Self::raw("\r\x1b[2K");
    }

    fn raw(text: &str) {
        #[cfg(all(test, feature = "aws"))]
        heard::add(text);
        let mut out = anstream::stderr().lock();
        // If even standard error is closed, there is nothing left to do.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

/// The text as it is written to a stream.
fn visible(text: &str) -> String {
    static ARGUMENTS: OnceLock<Vec<String>> = OnceLock::new();
    let arguments = ARGUMENTS.get_or_init(|| {
        escape::of_several_lines(
            std::env::args_os()
                .skip(1)
                .map(|it| it.to_string_lossy().into_owned()),
        )
    });
    escape::for_stream(&escape::on_one_line(text, arguments))
}

/// Writes all of a text. A reader may close the pipe early.
fn write(mut out: impl Write, text: &str) -> Result<(), Failure> {
    #[cfg(all(test, feature = "aws"))]
    heard::add(text);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Input(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// The call of this program in the source of messages.
const BY_CARGO: &str = "cargo run -- ";

/// The call of this program, if not by cargo.
static CALLED: OnceLock<String> = OnceLock::new();

/// Makes messages call the program by this name in commands.
pub(crate) fn call_program(name: String) {
    // Set once, when the program starts.
    let _ = CALLED.set(name + " ");
}

/// The session options of the command: `--profile team`.
#[cfg(feature = "aws")]
static SESSION_OPTIONS: OnceLock<String> = OnceLock::new();

/// Makes messages repeat these options in commands, so that the next command uses the same account and
/// region.
#[cfg(feature = "aws")]
pub(crate) fn repeat_session_options(options: String) {
    // Set once, when a command begins.
    let _ = SESSION_OPTIONS.set(options);
}

/// The text with its commands as the user calls them.
pub(crate) fn with_calls(text: &str) -> Cow<'_, str> {
    if !text.contains(BY_CARGO) {
        return Cow::Borrowed(text);
    }
    #[cfg(feature = "aws")]
    let session_options = SESSION_OPTIONS.get().map_or("", String::as_str);
    #[cfg(not(feature = "aws"))]
    let session_options = "";
    let name = CALLED.get().map_or(BY_CARGO, String::as_str);
    Cow::Owned(called_as(text, name, session_options))
}

/// The text with the program in commands called by a name, and the session options added to commands
/// in backticks.
fn called_as(text: &str, name: &str, session_options: &str) -> String {
    let mut parts = text.split(BY_CARGO);
    let mut called = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let quoted = called.ends_with('`');
        called.push_str(name);
        match part.split_once('`') {
            Some((command, rest)) if quoted => {
                called.push_str(command);
                called.push_str(session_options);
                called.push('`');
                called.push_str(rest);
            }
            _ => called.push_str(part),
        }
    }
    called
}

#[cfg(test)]
mod tests {
    use super::called_as;

    #[test]
    fn commands_are_called_by_name_with_session_options() {
        let text = "goes on: `cargo run -- events --follow team` follows it, `cargo run -- destroy team` not\nnext: cargo run -- deploy";
        assert_eq!(called_as(text, "cargo run -- ", ""), text);
        assert_eq!(
            called_as(text, "team ", " --profile prod"),
            "goes on: `team events --follow team --profile prod` follows it, `team destroy team --profile prod` not\nnext: team deploy"
        );
    }
}
