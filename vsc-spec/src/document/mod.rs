//! Documents in YAML and JSON, with the span of every node.
//!
//! Templates and users files are read by the same two readers: [`json`], and that of the crate
//! `vsc-yaml`. [`ReadOptions`] have the kind of document, so that errors are reported in its terms.

pub mod json;
pub mod scalar;

use std::collections::HashSet;
use std::fmt;

use crate::diagnostic::Diagnostic;

/// A position in a text, counted from 1. A column is a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

/// A range of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The start.
    pub start: Position,
    /// The end, exclusive.
    pub end: Position,
}

impl Span {
    /// The first character of a line, if the column is unknown.
    pub const fn line(line: usize) -> Self {
        let start = Position { line, column: 1 };
        Self { start, end: start }
    }
}

/// A value of a document, and its span.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentNode {
    /// Its span. That of a list or a table is empty, at its bracket or first item.
    pub span: Span,
    /// Its tag in YAML, as in `!Sub`.
    pub tag: Option<Tag>,
    /// Its value.
    pub value: DocumentValue,
}

/// The tag of a value, such as `!Sub`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name without the exclamation mark.
    pub name: String,
    /// Its span.
    pub span: Span,
}

/// The kind of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentValue {
    /// `null`, or nothing at all.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// A string.
    Text(String),
    /// Values in order.
    List(Vec<DocumentNode>),
    /// Names and their values in order, without duplicates.
    Table(Vec<Entry>),
    /// A value that JSON does not have, in words: a date of TOML, or an infinite number.
    Other(&'static str),
}

/// An entry of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The span of the name.
    pub span: Span,
    /// Its value.
    pub value: DocumentNode,
}

impl DocumentNode {
    /// A value without a tag.
    pub const fn new(span: Span, value: DocumentValue) -> Self {
        Self {
            span,
            tag: None,
            value,
        }
    }

    /// The line in which it begins.
    pub const fn line(&self) -> usize {
        self.span.start.line
    }
}

impl Entry {
    /// The line of its name.
    pub const fn line(&self) -> usize {
        self.span.start.line
    }
}

impl DocumentValue {
    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
            Self::Integer(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Display for DocumentValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "a string",
            Self::Integer(_) | Self::Number(_) => "a number",
            Self::Bool(_) => "a boolean",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "nothing",
            Self::Other(name) => name,
        })
    }
}

/// How a document is read.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// The kind of document: `template`.
    pub subject: &'static str,
    /// The most levels of nested lists and tables.
    pub deepest: usize,
    /// How plain scalars of YAML are read.
    pub schema: YamlSchema,
    /// The most values to which YAML aliases may expand; `None` if they are not supported.
    pub repeated: Option<usize>,
}

/// How YAML reads a plain scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YamlSchema {
    /// The core schema of YAML 1.2.
    Core,
    /// YAML 1.1 as CloudFormation reads it: `on` is a boolean, `010` is eight, and a date is a string.
    CloudFormation,
}

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The position.
    pub position: Position,
    /// The diagnostic.
    pub diagnostic: Diagnostic,
}

impl Mistake {
    /// A syntax error, as the parser reports it.
    pub fn malformed(format: &str, position: Position, message: &str) -> Self {
        let diagnostic =
            Diagnostic::new(format!("invalid {format}")).note(message.trim().to_owned());
        Self {
            position,
            diagnostic,
        }
    }

    /// The error about a duplicate name in a table.
    fn twice(name: &str, position: Position) -> Self {
        let diagnostic = Diagnostic::new(format!("`{name}` is declared twice"));
        Self {
            position,
            diagnostic: diagnostic.help("remove one of them"),
        }
    }

    /// The error about lists and tables that are nested too deeply.
    pub fn too_deep(format: &ReadOptions, position: Position) -> Self {
        let message = "its lists and objects are nested too deeply";
        Self::malformed(format.subject, position, message)
    }
}

/// The names of a table so far.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// Adds a new name.
    ///
    /// # Errors
    ///
    /// When the table has it already.
    pub fn take(&mut self, name: &str, position: Position) -> Result<(), Mistake> {
        if self.0.insert(name.to_owned()) {
            Ok(())
        } else {
            Err(Mistake::twice(name, position))
        }
    }
}

/// The lines of a text, which end with a line feed, a carriage return, or both (YAML 1.2.2, 5.4).
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after
            .strip_prefix("\r\n")
            .unwrap_or(after.get(1..).unwrap_or_default());
        Some(line)
    })
}

/// Whether a line ends after this byte of the text.
fn ends_line(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    }
}

/// The position of a byte of a text.
pub fn position_of(text: &str, byte: usize) -> Position {
    let byte = if text.is_char_boundary(byte) {
        byte
    } else {
        text.len()
    };
    let ends = |at: &usize| ends_line(text.as_bytes(), *at);
    let start = (0..byte).rev().find(ends).map_or(0, |at| at + 1);
    Position {
        line: 1 + (0..byte).filter(ends).count(),
        column: 1 + text[start..byte].chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_either_break_or_both() {
        let all: Vec<_> = lines("a\rb\r\nc\n\nd\r").collect();
        assert_eq!(all, ["a", "b", "c", "", "d"]);
        assert_eq!(lines("").count(), 0);
        assert_eq!(lines("a").count(), 1);
    }

    #[test]
    fn a_byte_has_the_position_that_is_shown() {
        let text = "a\rä\r\n\nd";
        let position = |byte| {
            let Position { line, column } = position_of(text, byte);
            (line, column)
        };
        assert_eq!(position(0), (1, 1));
        assert_eq!(position(2), (2, 1));
        assert_eq!(position(4), (2, 2));
        assert_eq!(position(6), (3, 1));
        assert_eq!(position(7), (4, 1));
        assert_eq!(
            position(3),
            (4, 2),
            "within a character, which no reader requests"
        );
    }
}
