//! JSON, indented by two spaces.

use std::fmt::Write as _;

use vsc_spec::Json;

use super::scalar::Charset;

/// The value as a document with a final newline.
pub(crate) fn document(value: &Json, charset: Charset) -> String {
    let mut out = String::new();
    write(&mut out, value, 0, charset);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Json, indent: usize, charset: Charset) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        // Writing into a string cannot fail.
        Json::Integer(value) => _ = write!(out, "{value}"),
        Json::Number(value) => out.push_str(&super::scalar::number(*value)),
        Json::String(text) => string(out, text, charset),
        Json::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            collection(out, ['[', ']'], items, indent, charset);
        }
        Json::Object(object) => {
            let members = object.iter().map(|(name, value)| (Some(name), value));
            collection(out, ['{', '}'], members, indent, charset);
        }
        Json::Expression(never) => match *never {},
    }
}

fn collection<'a>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Json)>,
    indent: usize,
    charset: Charset,
) {
    out.push(open);
    let count = items.len();
    for (index, (name, value)) in items.enumerate() {
        line(out, indent + 1);
        if let Some(name) = name {
            string(out, name, charset);
            out.push_str(": ");
        }
        write(out, value, indent + 1, charset);
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

fn string(out: &mut String, text: &str, charset: Charset) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if charset.has(letter) => out.push(letter),
            // Characters above U+FFFF are surrogate pairs: RFC 8259, 7.
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
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
