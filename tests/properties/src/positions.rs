//! Positions are in the text that they are about.

use vsc::template::Source;
use vsc_spec::document::{self, DocumentNode, DocumentValue, Position, Span};
use vsc_spec::resource::{Step, Target};

/// The number of characters of each line of a text.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let mut lines: Vec<usize> = document::lines(text)
            .map(|line| line.chars().count())
            .collect();
        // Something missing is at the end of the text: after its last line break.
        lines.push(0);
        Self(lines)
    }

    /// Checks that a position is a character of a line, or the end of one.
    pub(crate) fn hold(&self, position: Position, text: &str) {
        let Position { line, column } = position;
        let width = line.checked_sub(1).and_then(|index| self.0.get(index));
        let is_there = width.is_some_and(|width| (1..=width + 1).contains(&column));
        assert!(is_there, "there is no {line}:{column} in {text:?}");
    }

    pub(crate) fn hold_span(&self, Span { start, end }: Span, text: &str) {
        self.hold(start, text);
        self.hold(end, text);
        assert!(start <= end, "{end:?} comes before {start:?} in {text:?}");
    }

    /// Checks that the spans of all nodes are in the text.
    pub(crate) fn hold_node(&self, node: &DocumentNode, text: &str) {
        self.hold_span(node.span, text);
        if let Some(tag) = &node.tag {
            self.hold_span(tag.span, text);
        }
        match &node.value {
            DocumentValue::List(items) => items.iter().for_each(|item| self.hold_node(item, text)),
            DocumentValue::Table(entries) => {
                for entry in entries {
                    self.hold_span(entry.span, text);
                    self.hold_node(&entry.value, text);
                }
            }
            _ => {}
        }
    }
}

/// Checks that every path of a template has a position in its text, even one that does not exist.
pub(crate) fn holds(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::of(text);
    match Source::read(text) {
        Err(error) => lines.hold(error.position, text),
        Ok(source) => walk(&source, source.json(), &mut Vec::new(), &lines, text),
    }
}

fn walk(source: &Source, value: &vsc::Json, path: &mut Vec<Step>, lines: &Lines, text: &str) {
    for target in [Target::Key, Target::Value] {
        lines.hold_span(source.span(path, target), text);
    }
    let nowhere = [
        path.as_slice(),
        &[Step::Key("\u{1}".into()), Step::Index(9)],
    ]
    .concat();
    lines.hold(source.locate(&nowhere, Target::Value), text);
    let mut below = |step, inside| {
        path.push(step);
        walk(source, inside, path, lines, text);
        path.pop();
    };
    match value {
        vsc::Json::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| below(Step::Index(index), item));
        }
        vsc::Json::Object(members) => {
            let members = members.iter();
            members.for_each(|(name, member)| below(Step::Key(name.to_owned().into()), member));
        }
        _ => {}
    }
}
