//! YAML with positions: 1.2, or 1.1 as CloudFormation reads it.
//!
//! It is a crate of its own since its parser is compiled after syn: vsc-spec, which takes as long, is compiled beside it.

use std::collections::HashMap;

use saphyr_parser::{self as parser, Event, Marker, Parser, ScalarStyle, StrInput};

use vsc_spec::document::{
    self, DocumentNode, DocumentValue, Entry, Mistake, Names, Position, ReadOptions, Span, Tag,
    YamlSchema, scalar,
};

/// Reads a document. An empty one is `null`.
///
/// # Errors
///
/// When it is not YAML, nested too deeply, has a name twice in one table, or has what its
/// [`ReadOptions`] do not allow.
pub fn read(text: &str, format: &ReadOptions) -> Result<DocumentNode, Mistake> {
    read_noted(text, format).map(|(node, _)| node)
}

/// A repetition that not every YAML parser supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// An alias, as in `*name`.
    Alias,
    /// A merge key, `<<`.
    Merge,
}

/// Reads a document as [`read`] does, with the positions of its repetitions.
///
/// # Errors
///
/// As [`read`].
pub fn read_noted(
    text: &str,
    format: &ReadOptions,
) -> Result<(DocumentNode, Vec<(Position, Repetition)>), Mistake> {
    // The parser would stop at a NUL.
    if let Some(byte) = text.find('\0') {
        let position = document::position_of(text, byte);
        return Err(Mistake::malformed(
            "YAML",
            position,
            "it contains a NUL character",
        ));
    }
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        lines: document::lines(text).collect(),
        widths: document::lines(text)
            .map(|line| line.chars().count())
            .collect(),
        format,
        anchors: HashMap::new(),
        repeated: format.repeated.unwrap_or(0),
        repetitions: Vec::new(),
    };
    let mut root = None;
    loop {
        let (event, span) = reader.event()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            Event::StreamEnd => break,
            _ if root.is_some() => {
                return Err(reader.rejected(span.start, "a second document begins"));
            }
            event => root = Some(reader.node(event, span, 0)?),
        }
    }
    let root = root.unwrap_or(DocumentNode::new(Span::line(1), DocumentValue::Null));
    Ok((root, reader.repetitions))
}

/// The length of a line in which tags are searched, in bytes.
const LONGEST_LINE: usize = 10_000;

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    lines: Vec<&'a str>,
    /// The number of characters of each line.
    widths: Vec<usize>,
    format: &'a ReadOptions,
    /// The values of anchors, by the parser's IDs.
    anchors: HashMap<usize, DocumentNode>,
    /// The number of values to which aliases may still expand.
    repeated: usize,
    repetitions: Vec<(Position, Repetition)>,
}

impl<'a> Reader<'a> {
    fn event(&mut self) -> Result<(Event<'a>, Span), Mistake> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((
                event,
                Span {
                    start: self.position(span.start),
                    end: self.position(span.end),
                },
            )),
            Some(Err(error)) => {
                let position = self.position(*error.marker());
                Err(Mistake::malformed("YAML", position, error.info()))
            }
            None => {
                let position = Position { line: 1, column: 1 };
                Err(Mistake::malformed(
                    "YAML",
                    position,
                    "unexpected end of file",
                ))
            }
        }
    }

    /// Converts a position of the parser, which counts one character too many after a byte order mark within a
    /// scalar of several lines.
    fn position(&self, marker: Marker) -> Position {
        let line = marker.line();
        let width = line.checked_sub(1).and_then(|line| self.widths.get(line));
        let last = width.map_or(usize::MAX, |width| width + 1);
        Position {
            line,
            column: (marker.col() + 1).min(last),
        }
    }

    fn rejected(&self, position: Position, message: &str) -> Mistake {
        Mistake::malformed(self.format.subject, position, message)
    }

    fn node(
        &mut self,
        event: Event<'a>,
        span: Span,
        depth: usize,
    ) -> Result<DocumentNode, Mistake> {
        if depth > self.format.deepest {
            return Err(Mistake::too_deep(self.format, span.start));
        }
        let start = Span {
            start: span.start,
            end: span.start,
        };
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (anchor, self.scalar(&text, style, tag.as_deref(), span)?)
            }
            Event::SequenceStart(anchor, tag) => {
                let mut items = Vec::new();
                loop {
                    match self.event()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
                let list = DocumentValue::List(items);
                (anchor, self.tagged(tag.as_deref(), start, list)?)
            }
            Event::MappingStart(anchor, tag) => {
                let table = DocumentValue::Table(self.entries(depth)?);
                (anchor, self.tagged(tag.as_deref(), start, table)?)
            }
            Event::Alias(anchor) => return self.alias(anchor, span.start, depth),
            _ => (0, DocumentNode::new(span, DocumentValue::Null)),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<Entry>, Mistake> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = Names::default();
        let mut merged: Vec<Entry> = Vec::new();
        loop {
            let (name, is_plain, span) = match self.event()? {
                (Event::MappingEnd, _) => break,
                (Event::Scalar(name, style, ..), span) => {
                    (name.into_owned(), style == ScalarStyle::Plain, span)
                }
                (_, span) => {
                    return Err(self.rejected(span.start, "field names must be strings"));
                }
            };
            names.take(&name, span.start)?;
            let is_merge =
                name == "<<" && is_plain && self.format.schema == YamlSchema::CloudFormation;
            let (event, value_span) = self.event()?;
            let known = self.repetitions.len();
            let value = self.node(event, value_span, depth + 1)?;
            if is_merge {
                // The aliases that it merges are part of it.
                self.repetitions.truncate(known);
                self.repetitions.push((span.start, Repetition::Merge));
                self.merge(value, &mut merged)?;
            } else {
                entries.push(Entry { name, span, value });
            }
        }
        if merged.is_empty() {
            return Ok(entries);
        }
        // The table's own entries override merged ones.
        merged.retain(|merged| !entries.iter().any(|entry| entry.name == merged.name));
        merged.append(&mut entries);
        Ok(merged)
    }

    /// Collects what `<<` merges into a table: of several tables the first with a name wins.
    fn merge(&self, value: DocumentNode, merged: &mut Vec<Entry>) -> Result<(), Mistake> {
        match value.value {
            DocumentValue::Table(entries) => {
                for entry in entries {
                    if !merged.iter().any(|known| known.name == entry.name) {
                        merged.push(entry);
                    }
                }
                Ok(())
            }
            DocumentValue::List(tables) => tables
                .into_iter()
                .try_for_each(|table| self.merge(table, merged)),
            _ => Err(self.rejected(value.span.start, "`<<` takes a table, or a list of tables")),
        }
    }

    fn alias(
        &mut self,
        anchor: usize,
        start: Position,
        depth: usize,
    ) -> Result<DocumentNode, Mistake> {
        if self.format.repeated.is_none() {
            return Err(self.rejected(start, "aliases are not supported"));
        }
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Err(self.rejected(start, "an alias is inside its own anchor"));
        };
        self.repetitions.push((start, Repetition::Alias));
        let (count, levels) = size(&node);
        if depth + levels > self.format.deepest {
            return Err(Mistake::too_deep(self.format, start));
        }
        match self.repeated.checked_sub(count) {
            Some(left) => self.repeated = left,
            None => return Err(self.rejected(start, "its aliases expand to too many values")),
        }
        Ok(node)
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&parser::Tag>,
        span: Span,
    ) -> Result<DocumentNode, Mistake> {
        let takes_kind = match tag.map(whole) {
            None => style == ScalarStyle::Plain,
            // The argument of a function is not converted; a bare `!`, like `!!str`, makes a string.
            Some(tag) => standard(&tag).is_some_and(|kind| kind != "str"),
        };
        let value = if takes_kind {
            scalar::plain(self.format.schema, text)
        } else {
            DocumentValue::Text(text.to_owned())
        };
        self.tagged(tag, span, value)
    }

    /// The value with its tag, unless that is a standard one of YAML.
    fn tagged(
        &self,
        tag: Option<&parser::Tag>,
        span: Span,
        value: DocumentValue,
    ) -> Result<DocumentNode, Mistake> {
        let tag = tag.map(whole).unwrap_or_default();
        if let Some(kind) = standard(&tag) {
            let right = matches!(
                (kind, &value),
                ("str", DocumentValue::Text(_))
                    | ("int", DocumentValue::Integer(_))
                    | (
                        "float",
                        DocumentValue::Integer(_) | DocumentValue::Number(_)
                    )
                    | ("bool", DocumentValue::Bool(_))
                    | ("null", DocumentValue::Null)
                    | ("seq", DocumentValue::List(_))
                    | ("map", DocumentValue::Table(_))
            );
            return if right {
                Ok(DocumentNode::new(span, value))
            } else {
                let message = format!("`!!{kind}` is not allowed here");
                Err(self.rejected(span.start, &message))
            };
        }
        let name = tag.trim_start_matches('!').to_owned();
        if name.is_empty() {
            return Ok(DocumentNode::new(span, value));
        }
        let (tag, span) = self.split(&name, span);
        Ok(DocumentNode {
            span,
            tag: Some(Tag { name, span: tag }),
            value,
        })
    }

    /// The spans of a tag and of its value: the parser begins the value at the tag.
    fn split(&self, name: &str, whole: Span) -> (Span, Span) {
        let written = format!("!{name}");
        let Position { line, column } = whole.start;
        let text = line.checked_sub(1).and_then(|at| self.lines.get(at));
        // In a file of one long line, positions are of no use.
        let text = text.filter(|text| text.len() <= LONGEST_LINE);
        let from = text.and_then(|text| {
            let (at, _) = text.char_indices().nth(column - 1)?;
            text.get(at..)
        });
        let Some((before, after)) = from.and_then(|from| from.split_once(&written)) else {
            return (whole, whole);
        };
        let position = |column| Position { line, column };
        let start = column + before.chars().count();
        let end = start + written.chars().count();
        let tag = Span {
            start: position(start),
            end: position(end),
        };
        let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
        let value = match (whole.end > tag.end, after.len() > blank) {
            (true, true) => Span {
                start: position(end + blank),
                ..whole
            },
            _ if whole.start == whole.end => Span {
                start: tag.start,
                end: tag.start,
            },
            _ => whole,
        };
        (tag, value)
    }
}

/// The full form of a tag.
fn whole(tag: &parser::Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}

/// The name of a standard tag: `str` of `!!str`.
fn standard(tag: &str) -> Option<&str> {
    tag.strip_prefix("tag:yaml.org,2002:")
}

/// The number of values in one, and its depth.
fn size(node: &DocumentNode) -> (usize, usize) {
    let below = |nodes: &mut dyn Iterator<Item = &DocumentNode>| {
        nodes
            .map(size)
            .fold((1, 0), |(count, levels), (more, deep)| {
                (count + more, levels.max(deep + 1))
            })
    };
    match &node.value {
        DocumentValue::List(items) => below(&mut items.iter()),
        DocumentValue::Table(entries) => below(&mut entries.iter().map(|entry| &entry.value)),
        _ => (1, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: ReadOptions = ReadOptions {
        subject: "template",
        deepest: 16,
        schema: YamlSchema::CloudFormation,
        repeated: Some(100),
    };

    fn entries(text: &str) -> Vec<Entry> {
        match read(text, &TEMPLATE) {
            Ok(DocumentNode {
                value: DocumentValue::Table(entries),
                ..
            }) => entries,
            other => panic!("{other:?}"),
        }
    }

    fn reported(text: &str) -> String {
        match read(text, &TEMPLATE) {
            Ok(_) => "it is read".to_owned(),
            Err(Mistake {
                position,
                diagnostic,
            }) => {
                let Position { line, column } = position;
                let note = diagnostic.note.unwrap_or(diagnostic.message);
                format!("{line}:{column}: {note}")
            }
        }
    }

    fn position(span: Span) -> (usize, usize, usize) {
        (span.start.line, span.start.column, span.end.column)
    }

    #[test]
    fn everything_has_a_position() {
        let entries = entries(
            "ä: 'é'\nlist:\n- 12\nsub: !Sub  ${A}\nblock: !Sub |\n  a\nmap: !If\n  - c\nempty: !X\n",
        );
        assert_eq!(position(entries[0].span), (1, 1, 2));
        assert_eq!(position(entries[0].value.span), (1, 4, 7));
        let DocumentValue::List(items) = &entries[1].value.value else {
            panic!("it is a list");
        };
        assert_eq!(position(items[0].span), (3, 3, 5));
        let tag = |index: usize| {
            entries[index]
                .value
                .tag
                .clone()
                .map(|tag| (tag.name, position(tag.span)))
        };
        assert_eq!(tag(2), Some(("Sub".to_owned(), (4, 6, 10))));
        assert_eq!(position(entries[2].value.span), (4, 12, 16));
        assert_eq!(tag(3), Some(("Sub".to_owned(), (5, 8, 12))));
        assert_eq!(tag(4), Some(("If".to_owned(), (7, 6, 9))));
        assert_eq!(tag(5), Some(("X".to_owned(), (9, 8, 10))));
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let entries = entries("a: 1\rb: !Ref  c\r\nd: 2\r");
        assert_eq!(position(entries[1].span), (2, 1, 2));
        assert_eq!(position(entries[1].value.span), (2, 10, 11));
        assert_eq!(position(entries[2].span), (3, 1, 2));
        assert_eq!(reported("a: 1\rb: \0"), "2:4: it contains a NUL character");
    }

    #[test]
    fn a_byte_order_mark_within_a_scalar_moves_no_position_out_of_its_line() {
        let text = "a: 0btAut A\r%] f[x0f[x0x1fSueee^eeProaay\u{a068}a\u{feff}\n\n\n\n\u{feff}\n\n1\n\n\ne\r";
        let widths: Vec<usize> = document::lines(text)
            .map(|line| line.chars().count())
            .collect();
        let mistake = read(text, &TEMPLATE).expect_err("YAML does not allow the mark there");
        let Position { line, column } = mistake.position;
        assert!(
            (1..=widths[line - 1] + 1).contains(&column),
            "{line}:{column}"
        );
    }

    #[test]
    fn standard_tags_decide_the_type_of_a_scalar() {
        let entries = entries("a: !!str 12\nb: ! 12\nc: !!int \"12\"\nd: !Sub 12\ne: !!float 1\n");
        let text = || DocumentValue::Text("12".to_owned());
        assert_eq!(entries[0].value.value, text());
        assert_eq!(entries[1].value.value, text());
        assert_eq!(entries[2].value.value, DocumentValue::Integer(12));
        assert_eq!(entries[3].value.value, text());
        assert_eq!(
            reported("a: !!binary aGk="),
            "1:4: `!!binary` is not allowed here"
        );
    }

    #[test]
    fn aliases_are_followed_and_merged() {
        let entries = entries("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\n");
        assert_eq!(entries[0].value.value, entries[1].value.value);
        let DocumentValue::Table(merged) = &entries[2].value.value else {
            panic!("it is a table");
        };
        let names: Vec<_> = merged.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["x", "y"]);
        assert_eq!(merged[1].value.value, DocumentValue::Integer(3));
        assert_eq!(
            reported("a: &a [*a]"),
            "1:8: an alias is inside its own anchor"
        );
        let bomb = "a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n";
        assert_eq!(reported(bomb), "3:8: its aliases expand to too many values");
    }

    #[test]
    fn repetitions_are_noted_with_their_positions() {
        let text = "a: &a {x: 1}\nb: *a\nc: {<<: *a}\nd:\n  <<: [*a, *a]\n";
        let (_, repetitions) = read_noted(text, &TEMPLATE).expect("it is YAML");
        let noted: Vec<_> = repetitions
            .iter()
            .map(|(at, message)| (at.line, at.column, *message))
            .collect();
        assert_eq!(
            noted,
            [
                (2, 4, Repetition::Alias),
                (3, 5, Repetition::Merge),
                (5, 3, Repetition::Merge),
            ]
        );
    }

    #[test]
    fn invalid_yaml_is_an_error_with_its_position() {
        assert_eq!(reported("a: 1\nb: 2\na: 3\n"), "3:1: `a` is declared twice");
        assert_eq!(
            reported("a: 1\n---\nb: 2\n"),
            "3:1: a second document begins"
        );
        assert_eq!(
            reported("a: [1, 2\n"),
            "2:1: while parsing a flow sequence, expected ',' or ']'"
        );
        assert_eq!(reported("a: 1\0"), "1:5: it contains a NUL character");
        assert_eq!(reported("[a]: 1"), "1:1: field names must be strings");
        let deep = format!("{}{}", "[".repeat(30), "]".repeat(30));
        assert_eq!(
            reported(&deep),
            "1:18: its lists and objects are nested too deeply"
        );
    }
}
