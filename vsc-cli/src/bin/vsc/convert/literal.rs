//! Text and numbers as Rust writes them.

use vsc_spec::Json;

/// A string literal: of several lines, or with many escapes, as a raw one.
pub(super) fn text(text: &str) -> String {
    let needs_escape = text.chars().any(|letter| {
        (letter.is_control() && letter != '\n' && letter != '\t') || is_direction(letter)
    });
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let is_raw = lines.contains(['\n', '"', '\\']) && !needs_escape;
    if !is_raw {
        let mut literal = String::from("\"");
        for letter in text.chars() {
            if is_direction(letter) {
                literal.extend(letter.escape_unicode());
            } else if letter == '\'' || (!letter.is_control() && !letter.is_ascii()) {
                literal.push(letter);
            } else {
                literal.extend(letter.escape_debug());
            }
        }
        return literal + "\"";
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Letters that turn the direction of what follows, which rustc refuses in literals.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A scalar; none for lists and objects.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_as_it_reads_best() {
        assert_eq!(text("plain ${Sub} it's"), "\"plain ${Sub} it's\"");
        assert_eq!(text("a\"b"), "r#\"a\"b\"#");
        assert_eq!(text("x\"#y"), "r##\"x\"#y\"##");
        assert_eq!(text("a\\b"), "r\"a\\b\"");
        assert_eq!(text("one\r\n"), "\"one\\r\\n\"");
        assert_eq!(text("one\n"), "\"one\\n\"");
        assert_eq!(text("one\n two\n"), "r\"one\n two\n\"");
        assert_eq!(text("é\t"), "\"é\\t\"");
        assert_eq!(text("\u{202e}"), "\"\\u{202e}\"");
    }
}
