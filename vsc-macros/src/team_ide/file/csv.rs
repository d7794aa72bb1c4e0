//! CSV: RFC 4180, with a first line that names the fields.

use csv_core::{ReadRecordResult, Reader};
use vsc_spec::Finding;
use vsc_spec::document::{Entry, Mistake, Node, Span, Value};

use super::super::read::FIELDS;

/// A record and its line.
type Row = (usize, Vec<String>);

pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let mut rows = rows(text).into_iter();
    let Some((_, header)) = rows.next() else {
        return Ok(Node::new(Span::line(1), Value::Null));
    };
    for (at, name) in header.iter().enumerate() {
        if header[..at].contains(name) {
            let finding = Finding::new(format!("there are two columns `{name}`"));
            return Err(at_line(1, finding.help("remove one of them")));
        }
    }
    if !header.iter().any(|name| name == "name") {
        let finding = Finding::new("the first line has no `name`")
            .why("it names the fields of the lines below, with commas between them")
            .help("for example `name,email,memory`");
        return Err(at_line(1, finding));
    }
    let users = rows
        .map(|row| record(&header, row))
        .collect::<Result<_, _>>()?;
    Ok(Node::new(Span::line(1), Value::List(users)))
}

fn at_line(line: usize, finding: Finding) -> Mistake {
    let position = Span::line(line).start;
    Mistake { position, finding }
}

fn record(header: &[String], (line, fields): Row) -> Result<Node, Mistake> {
    if fields.len() != header.len() {
        let finding = Finding::new(format!(
            "the line has {} fields, and the first line names {}",
            fields.len(),
            header.len()
        ));
        return Err(at_line(line, finding));
    }
    let filled = header
        .iter()
        .zip(fields)
        .filter(|(_, field)| !field.is_empty());
    let known = |name: &String| FIELDS.iter().any(|(known, _)| known == name);
    let entries = filled.map(|(name, field)| Entry {
        name: name.clone(),
        // A field that no user has is the mistake of the first line.
        span: Span::line(if known(name) { line } else { 1 }),
        value: Node::new(Span::line(line), value(name, field, line)),
    });
    Ok(Node::new(Span::line(line), Value::Table(entries.collect())))
}

/// All fields are text; what they mean is known by their names.
fn value(name: &str, field: String, line: usize) -> Value {
    match name {
        "cpus" => field.parse().map_or(Value::Text(field), Value::Number),
        "extensions" => {
            let items = field.split([';', ' ']).filter(|item| !item.is_empty());
            let item = |text: &str| Node::new(Span::line(line), Value::Text(text.to_owned()));
            Value::List(items.map(item).collect())
        }
        _ => Value::Text(field),
    }
}

fn rows(text: &str) -> Vec<Row> {
    let mut reader = Reader::new();
    let mut input = text.as_bytes();
    // A record and its fields are never larger than the file.
    let mut output = vec![0; text.len()];
    let mut ends = vec![0; text.len() + 1];
    let mut rows = Vec::new();
    loop {
        // Blank lines before a record are no part of it.
        let blank = input
            .iter()
            .take_while(|byte| **byte == b'\n' || **byte == b'\r');
        let blank = blank.filter(|byte| **byte == b'\n').count();
        let line = usize::try_from(reader.line()).unwrap_or(usize::MAX) + blank;
        let (result, read, _, fields) = reader.read_record(input, &mut output, &mut ends);
        input = &input[read..];
        match result {
            ReadRecordResult::Record => {
                let mut start = 0;
                let field = |end: &usize| {
                    let field = String::from_utf8_lossy(&output[start..*end])
                        .trim()
                        .to_owned();
                    start = *end;
                    field
                };
                rows.push((line, ends[..fields].iter().map(field).collect()));
            }
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::End
            | ReadRecordResult::OutputFull
            | ReadRecordResult::OutputEndsFull => return rows,
        }
    }
}
