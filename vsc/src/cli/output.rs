//! The streams: results on standard output, everything else on standard error.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use vsc_core::template::write_ascii_json;
use vsc_spec::Diagnostic;
use vsc_spec::visible::{escaped, is_hidden, one_line};

use super::failure::Failure;

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// The streams, and what is written to them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Output {
    pub(crate) color: Color,
    pub(crate) is_quiet: bool,
}

const ERROR: &str = "\x1b[1m\x1b[91m";
const HELP: &str = "\x1b[1m\x1b[96m";
const PLAIN: &str = "\x1b[0m";

impl Output {
    /// Writes a result to standard output. A reader may close the pipe early.
    pub(crate) fn print(text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes a result to standard output as its pieces are written, and returns its length in bytes.
    pub(crate) fn print_pieces(write: impl FnOnce(&mut dyn FnMut(&str))) -> Result<usize, Failure> {
        let mut out = io::stdout().lock();
        let (mut length, mut result) = (0, Ok(()));
        write(&mut |piece| {
            length += piece.len();
            if result.is_ok() {
                result = out.write_all(piece.as_bytes());
            }
        });
        written(result.and_then(|()| out.flush())).map(|()| length)
    }

    /// Prints progress, unless `--quiet` is given.
    pub(crate) fn note(self, text: &str) {
        if !self.is_quiet {
            Self::error(&format!("{text}\n"));
        }
    }

    /// Writes to standard error, with hidden characters escaped.
    pub(crate) fn error(text: &str) {
        let text = visible(text);
        // If even standard error is closed, there is nothing left to do.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Reports a failure on standard error, and as JSON on standard output if the result would be JSON:
    /// without output, a script would take it for a success.
    pub(crate) fn failed(self, failure: &Failure, json: bool) -> ExitCode {
        let mut text = String::new();
        for (subject, diagnostic) in failure.errors() {
            self.write(&mut text, subject, diagnostic);
        }
        // If even standard error is closed, there is nothing left to do.
        let _ = io::stderr().lock().write_all(text.as_bytes());
        if json {
            let _ = Self::print(&write_ascii_json(&failure.to_json()));
        }
        ExitCode::from(failure.exit_code())
    }

    fn write(self, text: &mut String, subject: Option<&str>, diagnostic: &Diagnostic) {
        let subject = subject.map(|subject| format!("{}: ", one_line(subject)));
        let subject = subject.unwrap_or_default();
        let message = one_line(&diagnostic.message);
        // Writing into a string cannot fail.
        _ = writeln!(text, "{} {subject}{message}", self.painted(ERROR, "error:"));
        if let Some(note) = &diagnostic.note {
            _ = writeln!(text, "{}", visible(note));
        }
        if let Some(help) = &diagnostic.help {
            _ = writeln!(text, "{} {}", self.painted(HELP, "= help:"), visible(help));
        }
    }

    fn painted(self, style: &str, text: &str) -> String {
        if self.has_color() {
            format!("{style}{text}{PLAIN}")
        } else {
            text.to_owned()
        }
    }

    fn has_color(self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !refused && io::stderr().is_terminal()
            }
        }
    }
}

/// The failure of standard output, unless its reader has closed the pipe.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Input(
            Diagnostic::new(format!("standard output: {error}")),
        )),
        _ => Ok(()),
    }
}

/// The text with all hidden characters but line breaks and tabs escaped.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) && !matches!(letter, '\n' | '\t') {
            out.extend(escaped(letter));
        } else {
            out.push(letter);
        }
    }
    out
}
