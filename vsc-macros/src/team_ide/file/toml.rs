//! TOML 1.1: <https://toml.io>.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use vsc_spec::Finding;

use super::node::{Entry, Located, Node, line_of, malformed};

pub(super) fn parse(text: &str) -> Result<Located, (usize, Finding)> {
    let document = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        malformed("TOML", line, error.message())
    })?;
    Ok(Located {
        line: 1,
        node: table(text, document.get_ref()),
    })
}

fn table(text: &str, table: &DeTable<'_>) -> Node {
    let entry = |(name, value): (&Spanned<_>, &Spanned<_>)| Entry {
        name: AsRef::<str>::as_ref(name.get_ref()).to_owned(),
        line: line_of(text, name.span().start),
        value: value_of(text, value),
    };
    // The parser sorts by name: the order of the file is the order of the team.
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    Node::Table(entries.into_iter().map(entry).collect())
}

fn value_of(text: &str, value: &Spanned<DeValue<'_>>) -> Located {
    let node = match value.get_ref() {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            // Precise up to 2^53, which is more than any field takes.
            #[allow(clippy::cast_precision_loss)]
            Ok(number) => Node::Number(number as f64),
            Err(_) => Node::Other("a number that is too large"),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Node::Number(number),
            Err(_) => Node::Other("a number of another kind"),
        },
        DeValue::Boolean(_) => Node::Other("a boolean"),
        DeValue::Datetime(_) => Node::Other("a date"),
        DeValue::Array(items) => {
            Node::List(items.iter().map(|item| value_of(text, item)).collect())
        }
        DeValue::Table(entries) => table(text, entries),
    };
    Located {
        line: line_of(text, value.span().start),
        node,
    }
}
