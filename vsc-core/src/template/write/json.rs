//! JSON, indented by two spaces.

use std::fmt::Write as _;

use vsc_spec::Json;

/// The value as a document that ends with a line break.
pub(crate) fn document(value: &Json) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Json, indent: usize) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        // Writing into a string cannot fail.
        Json::Integer(value) => _ = write!(out, "{value}"),
        Json::Number(value) => out.push_str(&super::scalar::number(*value)),
        Json::String(text) => string(out, text),
        Json::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            collection(out, ['[', ']'], items, indent);
        }
        Json::Object(object) => {
            let members = object.iter().map(|(name, value)| (Some(name), value));
            collection(out, ['{', '}'], members, indent);
        }
        Json::Expression(never) => match *never {},
    }
}

fn collection<'a>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Json)>,
    indent: usize,
) {
    out.push(open);
    let count = items.len();
    for (index, (name, value)) in items.enumerate() {
        line(out, indent + 1);
        if let Some(name) = name {
            string(out, name);
            out.push_str(": ");
        }
        write(out, value, indent + 1);
        if index + 1 < count {
            out.push(',');
        }
    }
    if count > 0 {
        line(out, indent);
    }
    out.push(close);
}

fn line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", indent));
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => _ = write!(out, "\\u{:04x}", u32::from(control)),
            letter => out.push(letter),
        }
    }
    out.push('"');
}
