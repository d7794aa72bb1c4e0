//! YAML 1.2.

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use vsc_spec::Finding;

use super::node::{DEEPEST, Entry, Located, Node, malformed, twice};

pub(super) fn parse(text: &str) -> Result<Located, (usize, Finding)> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
    };
    let mut root = None;
    loop {
        let (event, span) = reader.event()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            Event::StreamEnd => break,
            _ if root.is_some() => {
                let message = "a second document begins";
                return Err(malformed("a file of users", span.start.line(), message));
            }
            event => root = Some(reader.node(event, span, 0)?),
        }
    }
    Ok(root.unwrap_or(Located {
        line: 1,
        node: Node::Nothing,
    }))
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn event(&mut self) -> Result<(Event<'a>, Span), (usize, Finding)> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(malformed("YAML", error.marker().line(), error.info())),
            None => Err(malformed("YAML", 1, "the file ends too early")),
        }
    }

    fn node(
        &mut self,
        event: Event<'a>,
        span: Span,
        depth: usize,
    ) -> Result<Located, (usize, Finding)> {
        let line = span.start.line();
        if depth > DEEPEST {
            return Err(malformed(
                "a file of users",
                line,
                "its lists stand too deep in each other",
            ));
        }
        let node = match event {
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.event()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
                Node::List(items)
            }
            Event::MappingStart(..) => Node::Table(self.entries(depth)?),
            Event::Alias(_) => {
                return Err(malformed(
                    "a file of users",
                    line,
                    "aliases are not followed",
                ));
            }
            _ => Node::Nothing,
        };
        Ok(Located { line, node })
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<Entry>, (usize, Finding)> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (name, line) = match self.event()? {
                (Event::MappingEnd, _) => return Ok(entries),
                (Event::Scalar(name, ..), span) => (name.into_owned(), span.start.line()),
                (_, span) => {
                    let line = span.start.line();
                    return Err(malformed(
                        "a file of users",
                        line,
                        "the name of a field is text",
                    ));
                }
            };
            if entries.iter().any(|entry| entry.name == name) {
                return Err(twice(&name, line));
            }
            let (event, span) = self.event()?;
            let value = self.node(event, span, depth + 1)?;
            entries.push(Entry { name, line, value });
        }
    }
}

/// The core schema of YAML 1.2: only plain scalars are anything but text.
fn scalar(text: &str, style: ScalarStyle) -> Node {
    if style != ScalarStyle::Plain {
        return Node::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Node::Nothing,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Node::Other("a boolean"),
        text if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            match text.parse() {
                Ok(number) => Node::Number(number),
                Err(_) => Node::Text(text.to_owned()),
            }
        }
        text => Node::Text(text.to_owned()),
    }
}
