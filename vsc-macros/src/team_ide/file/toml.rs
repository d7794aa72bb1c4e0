//! TOML 1.1: <https://toml.io>.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use vsc_spec::document::{Entry, Mistake, Node, Position, Span, Value};

use super::Parsed;

pub(super) fn parse(text: &str) -> Result<Parsed, Mistake> {
    read(text).map(Parsed::from)
}

/// Reads a document.
pub(crate) fn read(text: &str) -> Result<Node, Mistake> {
    let lines = Lines::new(text);
    let document = DeTable::parse(text).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        Mistake::malformed("TOML", lines.position(byte), error.message())
    })?;
    Ok(Node::new(Span::line(1), lines.table(document.get_ref())))
}

/// Where the lines of a text begin: a file may have thousands of values.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    fn position(&self, byte: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied();
        let before = self.text.get(start.unwrap_or_default()..byte);
        Position {
            line,
            column: 1 + before.unwrap_or_default().chars().count(),
        }
    }

    fn span(&self, bytes: Range<usize>) -> Span {
        let [start, end] = [bytes.start, bytes.end].map(|byte| self.position(byte));
        Span { start, end }
    }

    fn table(&self, table: &DeTable<'_>) -> Value {
        let entry = |(name, value): (&Spanned<_>, &Spanned<_>)| Entry {
            name: AsRef::<str>::as_ref(name.get_ref()).to_owned(),
            span: self.span(name.span()),
            value: self.value(value),
        };
        // The parser sorts by name: the order of the file is the order of the team.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        Value::Table(entries.into_iter().map(entry).collect())
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let read = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => Value::Other("a number that is too large"),
                }
            }
            DeValue::Float(number) => match number.as_str().parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Other("a number of another kind"),
            },
            DeValue::Boolean(_) => Value::Other("a boolean"),
            DeValue::Datetime(_) => Value::Other("a date"),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(entries) => self.table(entries),
        };
        Node::new(self.span(value.span()), read)
    }
}
