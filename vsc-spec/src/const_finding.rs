//! Findings that const evaluation can make.

use std::fmt;

use crate::finding::Finding;
use crate::text::{self, Buffer};

/// How long a finding is at most, in bytes.
const CAPACITY: usize = 1_024;

/// How much of a value is quoted, in bytes: enough to know it again.
const QUOTED: usize = 160;

/// A [`Finding`] of bounded length.
///
/// Const evaluation cannot allocate. The rules of a team make findings of this kind, so that one
/// function judges a literal in the macro, a constant while the crate is compiled, and a value
/// while the program runs. Text is added to the part that was begun last.
#[derive(Clone, Copy)]
pub struct ConstFinding {
    shown: Buffer<CAPACITY>,
    why: Option<Part>,
    help: Option<Part>,
}

/// Where a part ends and the next begins: a separator stands between them.
#[derive(Clone, Copy)]
struct Part {
    end: usize,
    start: usize,
}

impl ConstFinding {
    /// A finding that says what is wrong.
    #[must_use]
    pub const fn new(what: &str) -> Self {
        let finding = Self {
            shown: Buffer::new(),
            why: None,
            help: None,
        };
        finding.text(what)
    }

    /// Begins the rule behind the refusal.
    #[must_use]
    pub const fn why(mut self, why: &str) -> Self {
        let end = self.shown.len();
        self = self.text("\n");
        let start = self.shown.len();
        self.why = Some(Part { end, start });
        self.text(why)
    }

    /// Begins what to write instead.
    #[must_use]
    pub const fn help(mut self, help: &str) -> Self {
        let end = self.shown.len();
        self = self.text("\n= help: ");
        let start = self.shown.len();
        self.help = Some(Part { end, start });
        self.text(help)
    }

    /// Adds text, as far as there is room.
    #[must_use]
    pub const fn text(mut self, text: &str) -> Self {
        self.shown.push(text);
        self
    }

    /// Adds a value in quotes, escaped; a long one is cut.
    #[must_use]
    pub const fn quoted(self, value: &str) -> Self {
        let mut finding = self.text("\"");
        let mut at = 0;
        while at < value.len() {
            if at >= QUOTED {
                return finding.text("…\"");
            }
            let character = text::character_at(value, at);
            finding = match character.as_bytes() {
                b"\"" => finding.text("\\\""),
                b"\\" => finding.text("\\\\"),
                b"\n" => finding.text("\\n"),
                b"\r" => finding.text("\\r"),
                b"\t" => finding.text("\\t"),
                [control, ..] if control.is_ascii_control() => {
                    finding.text("\\u{").hexadecimal(*control as u128).text("}")
                }
                _ => finding.text(character),
            };
            at += character.len();
        }
        finding.text("\"")
    }

    /// Adds a character in backticks.
    pub(crate) const fn character(self, character: &str) -> Self {
        match character.as_bytes() {
            [control, ..] if control.is_ascii_control() => self.quoted(character),
            _ => self.text("`").text(character).text("`"),
        }
    }

    /// Adds a number.
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
        let mut finding = self;
        let mut scale = 1;
        while number / scale >= base {
            scale *= base;
        }
        while scale > 0 {
            // A digit is below the base, which is 16 at the most.
            let digit = (number / scale % base) as usize;
            finding = finding.text(DIGITS.split_at(digit).1.split_at(1).0);
            scale /= base;
        }
        finding
    }

    /// The finding as it is shown.
    pub const fn as_str(&self) -> &str {
        self.shown.as_str()
    }
}

impl From<ConstFinding> for Finding {
    fn from(finding: ConstFinding) -> Self {
        let text = finding.as_str();
        let help = finding.help.map(|help| text[help.start..].to_owned());
        let end = finding.help.map_or(text.len(), |help| help.end);
        let why = finding.why.map(|why| text[why.start..end].to_owned());
        let end = finding.why.map_or(end, |why| why.end);
        Self {
            what: text[..end].to_owned(),
            why,
            help,
        }
    }
}

impl fmt::Display for ConstFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ConstFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConstFinding({:?})", self.as_str())
    }
}

/// Goes on with the value of a `Result`, or returns its error: `?` in const evaluation.
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
    fn the_parts_become_those_of_a_finding() {
        let made = ConstFinding::new("it is ")
            .quoted("a\"b\u{1}")
            .why("there are ")
            .number(1_024)
            .text(" of ")
            .signed(-7)
            .help("stop");
        let finding = Finding::from(made);
        assert_eq!(finding.what, r#"it is "a\"b\u{1}""#);
        assert_eq!(finding.why.as_deref(), Some("there are 1024 of -7"));
        assert_eq!(finding.help.as_deref(), Some("stop"));
        assert_eq!(finding.to_string(), made.to_string());
        let short = Finding::from(ConstFinding::new("no").help("yes"));
        assert_eq!((short.what.as_str(), short.why), ("no", None));
    }

    #[test]
    fn a_finding_is_made_while_the_crate_is_compiled() {
        const MADE: ConstFinding = ConstFinding::new("port ").number(0).text(" is taken");
        assert_eq!(MADE.as_str(), "port 0 is taken");
    }

    #[test]
    fn long_values_are_cut_and_nothing_overflows() {
        let long = "ü".repeat(2_000);
        let quoted = ConstFinding::new("").quoted(&long);
        assert!(quoted.as_str().ends_with("ü…\""));
        let full = ConstFinding::new(&long).text(&long).why("no room");
        assert!(full.as_str().len() <= CAPACITY);
        assert!(Finding::from(full).what.ends_with('ü'));
    }
}
