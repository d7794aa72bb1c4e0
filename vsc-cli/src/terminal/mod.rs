//! What the user sees: results on standard output, everything else on standard error.
//!
//! Styles are written into the text and taken out again where nobody would see them: where the
//! stream is no terminal, where `NO_COLOR` is set, and with `--color never`.

mod prompt;
pub mod style;
pub mod table;

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::sync::OnceLock;

use crate::Failure;

use style::WARNING;

pub use prompt::{confirm, is_interactive};

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

    /// Writes a result to standard output. A reader that closes the pipe early is content.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Input(format!("standard output: {error}")))
            }
            _ => Ok(()),
        }
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
        let text = called_rightly(text);
        // Nothing is left to do where even standard error is closed.
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }
}

/// How commands are written in messages.
const BY_CARGO: &str = "cargo run -- ";

/// How the user calls this program, where not by cargo.
static CALLED: OnceLock<String> = OnceLock::new();

/// Has messages call the program by this name wherever they tell a command of it.
pub(crate) fn call_program(name: String) {
    // It is said once, when the program starts.
    let _ = CALLED.set(name + " ");
}

/// The text with its commands as the user calls them.
pub(crate) fn called_rightly(text: &str) -> Cow<'_, str> {
    match CALLED.get() {
        Some(name) if name != BY_CARGO && text.contains(BY_CARGO) => {
            Cow::Owned(text.replace(BY_CARGO, name))
        }
        _ => Cow::Borrowed(text),
    }
}
