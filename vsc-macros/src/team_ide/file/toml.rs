//! TOML 1.1: <https://toml.io>.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use vsc_spec::document::{Entry, Mistake, Node, Position, Span, Value, position_of};

pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let document = DeTable::parse(text).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        Mistake::malformed("TOML", position_of(text, byte), error.message())
    })?;
    Ok(Node::new(Span::line(1), table(text, document.get_ref())))
}

fn table(text: &str, table: &DeTable<'_>) -> Value {
    let entry = |(name, value): (&Spanned<_>, &Spanned<_>)| Entry {
        name: AsRef::<str>::as_ref(name.get_ref()).to_owned(),
        span: span(text, name.span()),
        value: value_of(text, value),
    };
    // The parser sorts by name: the order of the file is the order of the team.
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    Value::Table(entries.into_iter().map(entry).collect())
}

fn value_of(text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    let read = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other("a number that is too large"),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other("a number of another kind"),
        },
        DeValue::Boolean(_) => Value::Other("a boolean"),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| value_of(text, item)).collect())
        }
        DeValue::Table(entries) => table(text, entries),
    };
    Node::new(span(text, value.span()), read)
}

fn span(text: &str, bytes: Range<usize>) -> Span {
    let [start, end]: [Position; 2] = [bytes.start, bytes.end].map(|byte| position_of(text, byte));
    Span { start, end }
}
