//! What the user sees: results on standard output, everything else on standard error.
//!
//! Styles are written into the text and taken out again where nobody would see them: where the
//! stream is no terminal, where `NO_COLOR` is set, and with `--color never`. What is hidden in a text
//! is escaped here; commands print data (`print_json`, `print_data`) or text for people, no third.

mod escape;
#[cfg(all(test, feature = "deploy"))]
pub(crate) mod heard;
mod prompt;
pub mod style;
pub mod table;

use std::borrow::Cow;
#[cfg(feature = "deploy")]
use std::io::IsTerminal as _;
use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;

use vsc_core::template::write_json;
use vsc_spec::Json;

use crate::Failure;

use style::WARNING;

pub use escape::{one_line, plain};
pub use prompt::{confirm, is_interactive};

/// A path in a message, on one line.
pub fn shown(path: impl AsRef<Path>) -> String {
    vsc_spec::visible::one_line(&path.as_ref().to_string_lossy()).into_owned()
}

/// How much is said beside the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Results and errors alone.
    Quiet,
    /// What is being done as well.
    #[default]
    Normal,
    /// And how.
    Verbose,
}

/// The two streams of a command.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminal {
    verbosity: Verbosity,
}

impl Terminal {
    /// A terminal that says so much.
    pub fn new(verbosity: Verbosity) -> Self {
        Self { verbosity }
    }

    /// How much is said.
    pub fn verbosity(self) -> Verbosity {
        self.verbosity
    }

    /// Writes a result for people to standard output, with what is hidden in it made visible.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        write(anstream::stdout().lock(), &visible(text))
    }

    /// Writes a document in JSON to standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub fn print_json(self, value: &Json) -> Result<(), Failure> {
        self.print_data(&escape::in_json(&write_json(value)))
    }

    /// Writes a document in JSON to one line of standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    #[cfg(feature = "deploy")]
    pub fn print_json_line(self, value: &Json) -> Result<(), Failure> {
        let text = write_json(value);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        self.print_data(&(escape::in_json(&lines.join(" ")) + "\n"))
    }

    /// Writes a value to standard output: as it is for a program, visible on a terminal.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    #[cfg(feature = "deploy")]
    pub fn print_value(self, text: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            self.print(text)
        } else {
            self.print_data(text)
        }
    }

    /// Writes what a program reads to standard output, as it is.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub fn print_data(self, text: &str) -> Result<(), Failure> {
        write(io::stdout().lock(), text)
    }

    /// Says what is done, unless `--quiet` is given.
    pub fn note(self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            Self::error(&format!("{text}\n"));
        }
    }

    /// Says how it is done, with `--verbose`.
    pub fn detail(self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            Self::error(&format!("{text}\n"));
        }
    }

    /// Says what went wrong and is survived, whatever the verbosity.
    pub fn warn(text: &str) {
        Self::error(&format!("{WARNING}warning:{WARNING:#} {text}\n"));
    }

    /// Writes to standard error, whatever the verbosity.
    pub fn error(text: &str) {
        Self::raw(&visible(&called_rightly(text)));
    }

    /// Takes away what stands in the last line of the terminal.
    #[cfg(feature = "deploy")]
    pub(crate) fn clear_line() {
        Self::raw("\r\x1b[2K");
    }

    fn raw(text: &str) {
        #[cfg(all(test, feature = "deploy"))]
        heard::add(text);
        let mut out = anstream::stderr().lock();
        // Nothing is left to do where even standard error is closed.
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

/// Writes all of a text. A reader that closes the pipe early is content.
fn write(mut out: impl Write, text: &str) -> Result<(), Failure> {
    #[cfg(all(test, feature = "deploy"))]
    heard::add(text);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Input(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// How commands are written in messages.
const BY_CARGO: &str = "cargo run -- ";

/// How the user calls this program, where not by cargo.
static CALLED: OnceLock<String> = OnceLock::new();

/// Has messages call the program by this name wherever they report a command of it.
pub(crate) fn call_program(name: String) {
    // It is said once, when the program starts.
    let _ = CALLED.set(name + " ");
}

/// What the user said of the place where commands act: `--profile team`.
#[cfg(feature = "deploy")]
static PLACE: OnceLock<String> = OnceLock::new();

/// Has messages repeat these options in the commands that they report, so that the next command acts
/// in the same place.
#[cfg(feature = "deploy")]
pub(crate) fn repeat_session_options(options: String) {
    // It is said once, when a command begins.
    let _ = PLACE.set(options);
}

/// The text with its commands as the user calls them.
pub(crate) fn called_rightly(text: &str) -> Cow<'_, str> {
    if !text.contains(BY_CARGO) {
        return Cow::Borrowed(text);
    }
    #[cfg(feature = "deploy")]
    let place = PLACE.get().map_or("", String::as_str);
    #[cfg(not(feature = "deploy"))]
    let place = "";
    let name = CALLED.get().map_or(BY_CARGO, String::as_str);
    Cow::Owned(called_as(text, name, place))
}

/// Every command by a name, and those in backticks with what follows them all.
fn called_as(text: &str, name: &str, place: &str) -> String {
    let mut parts = text.split(BY_CARGO);
    let mut called = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let quoted = called.ends_with('`');
        called.push_str(name);
        match part.split_once('`') {
            Some((command, rest)) if quoted => {
                called.push_str(command);
                called.push_str(place);
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
    fn commands_are_reported_as_they_are_called_and_where() {
        let text = "goes on: `cargo run -- events --follow team` follows it, `cargo run -- destroy team` not\nnext: cargo run -- deploy";
        assert_eq!(called_as(text, "cargo run -- ", ""), text);
        assert_eq!(
            called_as(text, "team ", " --profile prod"),
            "goes on: `team events --follow team --profile prod` follows it, `team destroy team --profile prod` not\nnext: team deploy"
        );
    }
}
