//! TOML 1.1: <https://toml.io>.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use vsc_spec::document::{DocumentNode, DocumentValue, Entry, Mistake, Position, Span};

use super::Parsed;

pub(super) fn parse(text: &str) -> Result<Parsed, Mistake> {
    read(text).map(Parsed::from)
}

/// Reads a document.
pub(crate) fn read(text: &str) -> Result<DocumentNode, Mistake> {
    let lines = Lines::new(text);
    let document = DeTable::parse(text).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        Mistake::malformed("TOML", lines.position(byte), error.message())
    })?;
    Ok(DocumentNode::new(
        Span::line(1),
        lines.table(document.get_ref()),
    ))
}

/// The starts of a text's lines, for fast positions.
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

    fn table(&self, table: &DeTable<'_>) -> DocumentValue {
        let entry = |(name, value): (&Spanned<_>, &Spanned<_>)| Entry {
            name: AsRef::<str>::as_ref(name.get_ref()).to_owned(),
            span: self.span(name.span()),
            value: self.value(value),
        };
        // The parser sorts by name, but the team has the order of the file.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        DocumentValue::Table(entries.into_iter().map(entry).collect())
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> DocumentNode {
        let read = match value.get_ref() {
            DeValue::String(text) => DocumentValue::Text(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => DocumentValue::Integer(number),
                    Err(_) => DocumentValue::Other("a number that is too large"),
                }
            }
            DeValue::Float(number) => match number.as_str().parse() {
                Ok(number) => DocumentValue::Number(number),
                Err(_) => DocumentValue::Other("a number of another kind"),
            },
            DeValue::Boolean(_) => DocumentValue::Other("a boolean"),
            DeValue::Datetime(_) => DocumentValue::Other("a date"),
            DeValue::Array(items) => {
                DocumentValue::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(entries) => self.table(entries),
        };
        DocumentNode::new(self.span(value.span()), read)
    }
}
