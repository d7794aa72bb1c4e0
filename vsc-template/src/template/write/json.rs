//! JSON, indented by two spaces.

use std::fmt::{self, Write};

use vsc_spec::{Json, Object};

use super::letters::unescaped_in_json;
use super::scalar::{Charset, push_indent};

/// The value as a document with a final newline.
pub(crate) fn document(value: &Json, charset: Charset) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    _ = write(&mut out, value, 0, charset);
    out.push('\n');
    out
}

/// Writes an object as a document with a final newline.
pub(crate) fn write_object(out: &mut impl Write, object: &Object) -> fmt::Result {
    members(out, object, 0, Charset::Unicode)?;
    out.write_char('\n')
}

fn write(out: &mut impl Write, value: &Json, indent: usize, charset: Charset) -> fmt::Result {
    match value {
        Json::Null => out.write_str("null"),
        Json::Bool(value) => out.write_str(if *value { "true" } else { "false" }),
        Json::Integer(value) => write!(out, "{value}"),
        Json::Number(value) => out.write_str(&super::scalar::number(*value)),
        Json::String(text) => string(out, text, charset),
        Json::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            collection(out, ["[", "]"], items, indent, charset)
        }
        Json::Object(object) => members(out, object, indent, charset),
        Json::Expression(never) => match *never {},
    }
}

fn members(out: &mut impl Write, object: &Object, indent: usize, charset: Charset) -> fmt::Result {
    let members = object.iter().map(|(name, value)| (Some(name), value));
    collection(out, ["{", "}"], members, indent, charset)
}

fn collection<'a>(
    out: &mut impl Write,
    [open, close]: [&str; 2],
    items: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Json)>,
    indent: usize,
    charset: Charset,
) -> fmt::Result {
    out.write_str(open)?;
    let count = items.len();
    for (index, (name, value)) in items.enumerate() {
        line(out, indent + 1)?;
        if let Some(name) = name {
            string(out, name, charset)?;
            out.write_str(": ")?;
        }
        write(out, value, indent + 1, charset)?;
        if index + 1 < count {
            out.write_str(",")?;
        }
    }
    if count > 0 {
        line(out, indent)?;
    }
    out.write_str(close)
}

fn line(out: &mut impl Write, indent: usize) -> fmt::Result {
    out.write_str("\n")?;
    push_indent(out, indent)
}

fn string(out: &mut impl Write, text: &str, charset: Charset) -> fmt::Result {
    out.write_str("\"")?;
    let mut rest = text;
    loop {
        let (plain, escaped) = rest.split_at(unescaped_in_json(rest));
        out.write_str(plain)?;
        let mut letters = escaped.chars();
        let Some(letter) = letters.next() else {
            return out.write_str("\"");
        };
        match letter {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            letter if charset.has(letter) => out.write_char(letter)?,
            // Characters above U+FFFF are surrogate pairs: RFC 8259, 7.
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        let text = Json::from("a\u{0}\u{1b}\u{7f}\u{9b}\u{2028}\u{feff}\t\n\"\\é\u{1f916}");
        assert_eq!(
            document(&text, Charset::Unicode),
            "\"a\\u0000\\u001b\\u007f\\u009b\\u2028\\ufeff\\t\\n\\\"\\\\é\u{1f916}\"\n"
        );
    }

    #[test]
    fn ascii_escapes_other_characters() {
        let text = Json::from("é \u{1f916}");
        assert_eq!(
            document(&text, Charset::Ascii),
            "\"\\u00e9 \\ud83e\\udd16\"\n"
        );
    }
}
