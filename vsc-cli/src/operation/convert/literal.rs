//! Rust literals for strings and numbers.

use vsc_spec::Json;
use vsc_spec::visible::is_hidden;

/// A string literal; a raw one for several lines or many escapes.
pub(super) fn text(text: &str) -> String {
    // rustfmt would indent the second line of a literal that has two.
    let has_lines = text.matches('\n').nth(1).is_some();
    let is_short = text.contains('\n') && !has_lines;
    let needs_escape = commands_workflow(text)
        || text
            .chars()
            .any(|letter| is_hidden(letter) && letter != '\n' && letter != '\t');
    // rustfmt takes a line that ends with a backslash for a continued one, in raw literals as well,
    // and would change the beginning of the next line.
    let goes_on = text.contains("\\\n");
    // It drops the space at the end of the first line as well.
    let first_ends_in = text
        .split_once('\n')
        .filter(|_| has_lines)
        .map(|(first, _)| first.len())
        .filter(|end| text[..*end].ends_with([' ', '\t']));
    let is_raw = has_lines || text.contains(['"', '\\']);
    if is_raw && !is_short && !needs_escape && !goes_on && first_ends_in.is_none() {
        return raw(text);
    }
    let mut literal = String::from("\"");
    let mut letters = text.char_indices().peekable();
    while let Some((context, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            ' ' if first_ends_in == Some(context + 1) => literal.push_str(r"\x20"),
            '\n' if has_lines && !needs_escape => literal.push('\n'),
            '\\' if has_lines && next == Some('\n') => literal.push_str(r"\x5c"),
            '\'' => literal.push('\''),
            letter if !letter.is_ascii() && is_hidden(letter) => {
                literal.extend(letter.escape_unicode());
            }
            letter if !letter.is_ascii() => literal.push(letter),
            letter => literal.extend(letter.escape_debug()),
        }
    }
    literal + "\""
}

fn raw(text: &str) -> String {
    let mut hashes = String::new();
    // Without hashes, rustfmt counts the last line of a literal as code, and moves the code around it.
    if text.contains(['"', '\n']) {
        hashes.push('#');
        while text.contains(&format!("\"{hashes}")) {
            hashes.push('#');
        }
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Whether a line would be a command if a GitHub workflow printed the program.
fn commands_workflow(text: &str) -> bool {
    text.contains("##[") || text.lines().any(|line| line.trim_start().starts_with("::"))
}

/// A scalar; `None` for lists and objects.
pub(super) fn scalar(json: &Json) -> Option<String> {
    Some(match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Integer(number) => number.to_string(),
        Json::Number(number) => format!("{number:?}"),
        Json::String(value) => text(value),
        Json::Array(_) | Json::Object(_) => return None,
        Json::Expression(never) => match *never {},
    })
}

/// A scalar as a Rust expression: a number too large for `i32` has a suffix.
pub(super) fn value(json: &Json) -> Option<String> {
    match json {
        Json::Integer(number) if i32::try_from(*number).is_err() => Some(format!("{number}_i64")),
        other => scalar(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_have_a_suffix() {
        assert_eq!(value(&Json::Integer(80)).as_deref(), Some("80"));
        assert_eq!(
            value(&Json::Integer(112_233_445_566)).as_deref(),
            Some("112233445566_i64")
        );
        assert_eq!(
            value(&Json::Integer(i64::MIN)).as_deref(),
            Some("-9223372036854775808_i64")
        );
    }

    #[test]
    fn strings_are_written_readably() {
        assert_eq!(text("plain ${Sub} it's"), "\"plain ${Sub} it's\"");
        assert_eq!(text("a\"b"), "r#\"a\"b\"#");
        assert_eq!(text("x\"#y"), "r##\"x\"#y\"##");
        assert_eq!(text("a\\b"), "r\"a\\b\"");
        assert_eq!(text("one\r\n"), "\"one\\r\\n\"");
        assert_eq!(text("one\n"), "\"one\\n\"");
        assert_eq!(text("one\n two\n"), "r#\"one\n two\n\"#");
        assert_eq!(text("one\n\"two\""), r#""one\n\"two\"""#);
        assert_eq!(text("a \n\nb"), "\"a\\x20\n\nb\"");
        assert_eq!(text("é\t"), "\"é\\t\"");
        assert_eq!(text("\u{202e}"), "\"\\u{202e}\"");
        assert_eq!(text("a\"\u{200b}\u{9b}"), "\"a\\\"\\u{200b}\\u{9b}\"");
        assert_eq!(text("a\n::error::b\nc"), "\"a\\n::error::b\\nc\"");
    }
}
