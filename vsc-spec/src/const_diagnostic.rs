//! Diagnostics that const evaluation can make.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::text::{self, Buffer};

/// The greatest length of a diagnostic, in bytes.
const CAPACITY: usize = 1_024;

/// The length of a quoted value, in bytes: enough to recognize it.
const QUOTED: usize = 160;

/// A [`Diagnostic`] of bounded length.
///
/// Const evaluation cannot allocate. The rules of a team make diagnostics of this kind, so that one
/// function checks a literal in the macro, a constant while the crate is compiled, and a value
/// at run time. Text is added to the last part.
///
/// Its methods are cold, so that what a valid declaration runs through is small.
#[derive(Clone, Copy)]
pub struct ConstDiagnostic {
    shown: Buffer<CAPACITY>,
    note: Option<Part>,
    help: Option<Part>,
}

/// The end of a part and the start of the next, with a separator between them.
#[derive(Clone, Copy)]
struct Part {
    end: usize,
    start: usize,
}

impl ConstDiagnostic {
    /// A diagnostic that says what is wrong.
    #[cold]
    #[must_use]
    pub const fn new(message: &str) -> Self {
        let diagnostic = Self {
            shown: Buffer::new(),
            note: None,
            help: None,
        };
        diagnostic.text(message)
    }

    /// Begins the note: the rule behind the error.
    #[cold]
    #[must_use]
    pub const fn note(mut self, note: &str) -> Self {
        let end = self.shown.len();
        self = self.text("\n");
        let start = self.shown.len();
        self.note = Some(Part { end, start });
        self.text(note)
    }

    /// Begins the help: what to write instead.
    #[cold]
    #[must_use]
    pub const fn help(mut self, help: &str) -> Self {
        let end = self.shown.len();
        self = self.text("\n= help: ");
        let start = self.shown.len();
        self.help = Some(Part { end, start });
        self.text(help)
    }

    /// Adds text, as far as it fits.
    #[cold]
    #[must_use]
    pub const fn text(mut self, text: &str) -> Self {
        self.shown.push(text);
        self
    }

    /// Adds a value in quotes, escaped; a long one is truncated.
    #[cold]
    #[must_use]
    pub const fn quoted(self, value: &str) -> Self {
        let mut diagnostic = self.text("\"");
        let mut at = 0;
        while at < value.len() {
            if at >= QUOTED {
                return diagnostic.text("…\"");
            }
            let character = text::character_at(value, at);
            diagnostic = match character.as_bytes() {
                b"\"" => diagnostic.text("\\\""),
                b"\\" => diagnostic.text("\\\\"),
                b"\n" => diagnostic.text("\\n"),
                b"\r" => diagnostic.text("\\r"),
                b"\t" => diagnostic.text("\\t"),
                [control, ..] if control.is_ascii_control() => diagnostic
                    .text("\\u{")
                    .hexadecimal(*control as u128)
                    .text("}"),
                _ => diagnostic.text(character),
            };
            at += character.len();
        }
        diagnostic.text("\"")
    }

    /// Adds a character in backticks.
    pub(crate) const fn character(self, character: &str) -> Self {
        match character.as_bytes() {
            [control, ..] if control.is_ascii_control() => self.quoted(character),
            _ => self.text("`").text(character).text("`"),
        }
    }

    /// Adds a number.
    #[cold]
    #[must_use]
    pub const fn number(self, number: u128) -> Self {
        self.digits(number, 10)
    }

    /// Adds a number that may be negative.
    #[must_use]
    pub const fn signed(self, number: i128) -> Self {
        let sign = if number < 0 { "-" } else { "" };
        self.text(sign).number(number.unsigned_abs())
    }

    /// Adds the length of something.
    pub(crate) const fn count(self, count: usize) -> Self {
        self.number(count as u128)
    }

    pub(crate) const fn hexadecimal(self, number: u128) -> Self {
        self.digits(number, 16)
    }

    const fn digits(self, number: u128, base: u128) -> Self {
        const DIGITS: &str = "0123456789abcdef";
        let mut diagnostic = self;
        let mut scale = 1;
        while number / scale >= base {
            scale *= base;
        }
        while scale > 0 {
            // A digit is below the base, which is 16 at the most.
            let digit = (number / scale % base) as usize;
            diagnostic = diagnostic.text(DIGITS.split_at(digit).1.split_at(1).0);
            scale /= base;
        }
        diagnostic
    }

    /// The diagnostic as displayed.
    pub const fn as_str(&self) -> &str {
        self.shown.as_str()
    }
}

impl From<ConstDiagnostic> for Diagnostic {
    fn from(diagnostic: ConstDiagnostic) -> Self {
        let text = diagnostic.as_str();
        let help = diagnostic.help.map(|help| text[help.start..].to_owned());
        let end = diagnostic.help.map_or(text.len(), |help| help.end);
        let note = diagnostic.note.map(|note| text[note.start..end].to_owned());
        let end = diagnostic.note.map_or(end, |note| note.end);
        Self {
            message: text[..end].to_owned(),
            note,
            help,
        }
    }
}

impl fmt::Display for ConstDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ConstDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConstDiagnostic({:?})", self.as_str())
    }
}

/// Unwraps a `Result`, or returns its error: `?` in const evaluation.
macro_rules! attempt {
    ($outcome:expr) => {
        match $outcome {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

pub(crate) use attempt;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_become_those_of_a_diagnostic() {
        let made = ConstDiagnostic::new("it is ")
            .quoted("a\"b\u{1}")
            .note("there are ")
            .number(1_024)
            .text(" of ")
            .signed(-7)
            .help("stop");
        let diagnostic = Diagnostic::from(made);
        assert_eq!(diagnostic.message, r#"it is "a\"b\u{1}""#);
        assert_eq!(diagnostic.note.as_deref(), Some("there are 1024 of -7"));
        assert_eq!(diagnostic.help.as_deref(), Some("stop"));
        assert_eq!(diagnostic.to_string(), made.to_string());
        let short = Diagnostic::from(ConstDiagnostic::new("no").help("yes"));
        assert_eq!((short.message.as_str(), short.note), ("no", None));
    }

    #[test]
    fn a_diagnostic_is_made_in_const_evaluation() {
        const MADE: ConstDiagnostic = ConstDiagnostic::new("port ").number(0).text(" is taken");
        assert_eq!(MADE.as_str(), "port 0 is taken");
    }

    #[test]
    fn long_values_are_truncated() {
        let long = "ü".repeat(2_000);
        let quoted = ConstDiagnostic::new("").quoted(&long);
        assert!(quoted.as_str().ends_with("ü…\""));
        let full = ConstDiagnostic::new(&long).text(&long).note("no room");
        assert!(full.as_str().len() <= CAPACITY);
        assert!(Diagnostic::from(full).message.ends_with('ü'));
    }
}
