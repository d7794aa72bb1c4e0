//! Conversion of YAML's short forms to long forms.

use vsc_spec::cloudformation::{CONDITION, IntrinsicFunction};
use vsc_spec::document::{DocumentNode, DocumentValue, Entry, Position, Span};

/// The value with all functions in their long forms: AWS CloudFormation Template Reference,
/// "Intrinsic functions". The name of a function has the position of its tag.
pub(super) fn of(node: DocumentNode) -> DocumentNode {
    let DocumentNode { span, tag, value } = node;
    let value = match value {
        DocumentValue::List(items) => DocumentValue::List(items.into_iter().map(of).collect()),
        DocumentValue::Table(entries) => {
            let entry = |entry: Entry| Entry {
                value: of(entry.value),
                ..entry
            };
            DocumentValue::Table(entries.into_iter().map(entry).collect())
        }
        value => value,
    };
    let Some(tag) = tag else {
        return DocumentNode::new(span, value);
    };
    let (name, value) = match (tag.name.as_str(), value) {
        (name, value) if name == IntrinsicFunction::Ref || name == CONDITION => (tag.name, value),
        (name, DocumentValue::Text(text)) if name == IntrinsicFunction::GetAtt.short() => {
            let attribute = path(&text, span).unwrap_or(DocumentValue::Text(text));
            (IntrinsicFunction::GetAtt.name().to_owned(), attribute)
        }
        (name, value) => (IntrinsicFunction::long_name(name), value),
    };
    let function = Entry {
        name,
        span: tag.span,
        value: DocumentNode::new(span, value),
    };
    let start = Span {
        start: tag.span.start,
        end: tag.span.start,
    };
    DocumentNode::new(start, DocumentValue::Table(vec![function]))
}

/// The resource and the attribute in `Name.Attribute`.
fn path(text: &str, span: Span) -> Option<DocumentValue> {
    let (resource, attribute) = text.split_once('.')?;
    let in_one_line = span.start.line == span.end.line;
    // In quotes the text begins one character later. Over several lines, the end may be in an earlier
    // column than the start.
    let quotes = if in_one_line {
        let width = span.end.column.saturating_sub(span.start.column);
        width.saturating_sub(text.chars().count()) / 2
    } else {
        0
    };
    let position = |letters: usize| Position {
        column: span.start.column + quotes + letters,
        ..span.start
    };
    let dot = resource.chars().count();
    let item = |text: &str, from: usize| {
        let end = from + text.chars().count();
        let span = if in_one_line {
            Span {
                start: position(from),
                end: position(end),
            }
        } else {
            span
        };
        DocumentNode::new(span, DocumentValue::Text(text.to_owned()))
    };
    let items = vec![item(resource, 0), item(attribute, dot + 1)];
    Some(DocumentValue::List(items))
}
