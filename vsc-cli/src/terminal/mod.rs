//! Output to the user: results on standard output, everything else on standard error.
//!
//! Styles are written into the text and removed again where they are not shown: where the stream is
//! not a terminal, where `NO_COLOR` is set, and with `--color never`. Invisible characters of a text
//! are escaped here; commands print either data (`print_json`, `print_data`) or text for people.

mod escape;
mod failure;
#[cfg(all(test, feature = "aws"))]
pub(crate) mod heard;
#[cfg(feature = "aws")]
mod label;
#[cfg(feature = "aws")]
mod prompt;
pub(crate) mod style;
pub(crate) mod table;

#[cfg(feature = "aws")]
use std::io::IsTerminal as _;
use std::io::{self, Write};
use std::sync::Arc;

use anstream::{AutoStream, ColorChoice};
use vsc_core::template::write_json;
use vsc_spec::Json;

use crate::failure::Failure;
use crate::markup::Caller;

use style::WARNING;

pub(crate) use escape::{one_line, plain};
#[cfg(feature = "aws")]
pub(crate) use prompt::is_interactive;

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
#[derive(Clone, Debug, Default)]
pub(crate) struct Terminal {
    verbosity: Verbosity,
    colors: ColorChoice,
    words: Arc<Words>,
    /// The name of the operation, if several run at the same time.
    #[cfg(feature = "aws")]
    label: Option<Arc<str>>,
}

/// How texts are written.
#[derive(Debug, Default)]
struct Words {
    /// Commands as the user calls them.
    caller: Caller,
    /// Arguments of several lines, which are shown on one.
    several: Vec<String>,
}

impl Terminal {
    /// A terminal of this verbosity, without colours if they are not wanted, on which commands are
    /// written as the user calls them. The arguments are those of the process.
    pub(crate) fn new(
        verbosity: Verbosity,
        colors: ColorChoice,
        caller: Caller,
        arguments: impl Iterator<Item = String>,
    ) -> Self {
        let several = escape::of_several_lines(arguments);
        Self {
            verbosity,
            colors,
            words: Arc::new(Words { caller, several }),
            #[cfg(feature = "aws")]
            label: None,
        }
    }

    /// The terminal of a test.
    #[cfg(all(test, feature = "aws"))]
    pub(crate) fn of_tests(verbosity: Verbosity) -> Self {
        Self {
            verbosity,
            ..Self::default()
        }
    }

    /// The same terminal for results and errors alone.
    pub(crate) fn quiet(&self) -> Self {
        Self {
            verbosity: Verbosity::Quiet,
            ..self.clone()
        }
    }

    /// The verbosity.
    pub(crate) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Commands as the user calls them.
    pub(crate) fn caller(&self) -> &Caller {
        &self.words.caller
    }

    /// Writes a result for people to standard output, with invisible characters escaped.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        write(
            AutoStream::new(io::stdout().lock(), self.colors),
            &self.visible(text),
        )
    }

    /// Writes a document in JSON to standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(crate) fn print_json(&self, value: &Json) -> Result<(), Failure> {
        self.print_data(&escape::in_json(&write_json(value)))
    }

    /// Writes a document in JSON to one line of standard output.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    #[cfg(feature = "aws")]
    pub(crate) fn print_json_line(&self, value: &Json) -> Result<(), Failure> {
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
    pub(crate) fn print_value(&self, text: &str) -> Result<(), Failure> {
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
    #[allow(clippy::unused_self)] // As the other results.
    pub(crate) fn print_data(&self, text: &str) -> Result<(), Failure> {
        write(io::stdout().lock(), text)
    }

    /// Prints progress, unless `--quiet` is given.
    pub(crate) fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.error(&format!("{text}\n"));
        }
    }

    /// Prints a detail, with `--verbose`.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.error(&format!("{text}\n"));
        }
    }

    /// Prints a warning, whatever the verbosity.
    pub(crate) fn warn(&self, text: &str) {
        self.error(&format!("{WARNING}warning:{WARNING:#} {text}\n"));
    }

    /// Writes to standard error, whatever the verbosity.
    pub(crate) fn error(&self, text: &str) {
        self.raw(&self.visible(text));
    }

    /// Clears the last line of the terminal.
    #[cfg(feature = "aws")]
    pub(crate) fn clear_line(&self) {
        self.raw("\r\x1b[2K");
    }

    fn raw(&self, text: &str) {
        #[cfg(all(test, feature = "aws"))]
        heard::add(text);
        let mut out = AutoStream::new(io::stderr().lock(), self.colors);
        // If even standard error is closed, there is nothing left to do.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// The text as it is written to a stream.
    fn visible(&self, text: &str) -> String {
        let Words { caller, several } = &*self.words;
        let text = caller.call(text);
        #[cfg(feature = "aws")]
        let text = self.with_label(&text);
        escape::for_stream(&escape::on_one_line(&text, several))
    }
}

/// Writes all of a text. A reader may close the pipe early.
fn write(mut out: impl Write, text: &str) -> Result<(), Failure> {
    #[cfg(all(test, feature = "aws"))]
    heard::add(text);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::input(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}
