//! Scalars in YAML, so that YAML 1.1 and 1.2 read the same.
//!
//! CloudFormation reads YAML 1.1, in which a bare `on` is a boolean, `0123` is octal, `12:30` is
//! a number to base 60 and `2012-10-17` is a date. Strings that any parser might read as something
//! else are quoted, generously: a quoted string is never wrong.

use std::fmt::{self, Write};

use super::letters::{Letters, are_numeric};

/// Words that are booleans or null in YAML 1.1, in any case.
const WORDS: [&str; 12] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<",
];

/// The bytes of the longest word.
const LONGEST_WORD: usize = 5;

/// Whether the byte is an indicator, or looks like one, at the start of a scalar.
const fn is_indicator(byte: u8) -> bool {
    matches!(
        byte,
        b'-' | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
            | b'.'
            | b'+'
            | b' '
    )
}

/// The characters that are not escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::template) enum Charset {
    /// All printable ones.
    #[default]
    Unicode,
    /// Those in ASCII.
    Ascii,
}

impl Charset {
    /// Whether the character needs no escape in a scalar of one line.
    pub(super) fn has(self, letter: char) -> bool {
        is_printable(letter) && (self == Self::Unicode || letter.is_ascii())
    }
}

/// Appends an indentation of that many levels.
pub(super) fn push_indent(out: &mut impl Write, levels: usize) -> fmt::Result {
    let mut rest = 2 * levels;
    while rest > 0 {
        let now = rest.min(SPACES.len());
        out.write_str(&SPACES[..now])?;
        rest -= now;
    }
    Ok(())
}

/// The indentation that is appended at once.
pub(super) const SPACES: &str = "                                ";

/// Appends the text as a scalar: plain, in single quotes, or in double quotes with escapes.
pub(super) fn push_text(out: &mut String, text: &str, charset: Charset) {
    push_letters(out, text, Letters::of(text), charset);
}

/// As [`push_text`], with the letters of the text.
pub(super) fn push_letters(out: &mut String, text: &str, letters: Letters, charset: Charset) {
    if !letters.are_ascii() && !text.chars().all(|letter| charset.has(letter)) {
        push_escaped(out, text, charset);
    } else if is_plain(text, letters) {
        out.push_str(text);
    } else {
        out.push('\'');
        if letters.has_quote() {
            out.push_str(&text.replace('\'', "''"));
        } else {
            out.push_str(text);
        }
        out.push('\'');
    }
}

fn push_escaped(out: &mut String, text: &str, charset: Charset) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if charset.has(letter) => out.push(letter),
            letter => push_code(out, letter),
        }
    }
    out.push('"');
}

/// Appends a character as an escape.
pub(super) fn push_code(out: &mut String, letter: char) {
    // Writing into a string cannot fail.
    match u32::from(letter) {
        code @ 0..=0xff => _ = write!(out, "\\x{code:02x}"),
        code @ 0x100..=0xffff => _ = write!(out, "\\u{code:04x}"),
        code => _ = write!(out, "\\U{code:08x}"),
    }
}

/// Whether the text is its own scalar.
pub(super) fn is_bare(text: &str, letters: Letters) -> bool {
    letters.are_ascii() && is_plain(text, letters)
}

/// Whether the text is a string without quotes.
fn is_plain(text: &str, letters: Letters) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let begins_oddly = is_indicator(*first);
    let ends_oddly = matches!(last, b' ' | b':');
    let breaks = || bytes.windows(2).any(|pair| matches!(pair, b": " | b" #"));
    let is_word =
        text.len() <= LONGEST_WORD && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    let looks_numeric = first.is_ascii_digit() && are_numeric(text);
    !(begins_oddly || ends_oddly || is_word || looks_numeric || letters.has_indicator() && breaks())
}

/// Whether the character needs no escape in a scalar of one line.
fn is_printable(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// The header of the text as a block scalar, behind the `|`, if it can be one.
pub(super) fn block_header(text: &str, letters: Letters, charset: Charset) -> Option<&'static str> {
    if !letters.has_break() {
        return None;
    }
    let can_show = |letter| charset.has(letter) || matches!(letter, '\n' | '\t');
    let is_shown = |text: &str| letters.are_lines_of_ascii() || text.chars().all(can_show);
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let blank_start = text
        .lines()
        .next()
        .is_some_and(|line| line.trim().is_empty());
    if !text.trim_end_matches('\n').contains('\n') && !text.ends_with('\n') {
        return None;
    }
    // Leading white space would be taken for indentation.
    if blank_start || first.starts_with([' ', '\t']) || !is_shown(text) {
        return None;
    }
    match text.strip_suffix('\n') {
        None => Some("-"),
        Some(rest) if rest.ends_with('\n') => Some("+"),
        Some(_) => Some(""),
    }
}

/// A floating-point number in a form that YAML 1.1 and JSON share.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        // Neither JSON nor CloudFormation supports such a number.
        return "null".to_owned();
    }
    let text = format!("{value:?}");
    match text.split_once('e') {
        None => text,
        Some((mantissa, exponent)) => {
            let point = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{point}e{sign}{exponent}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text, Charset::Unicode);
        out
    }

    #[test]
    fn unambiguous_strings_are_plain() {
        for text in [
            "alice",
            "t3.large",
            "AWS::S3::Bucket",
            "10.0.0.0/16",
            "a b",
            "/etc/vsc",
            "it's",
            "https://x.com:8443/a",
            "arn:aws:s3:::acme",
            "x: y".replace(": ", ":").as_str(),
            "Zoë",
        ] {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn strings_that_yaml_1_1_misreads_are_quoted() {
        for text in [
            "",
            "y",
            "No",
            "ON",
            "off",
            "true",
            "NULL",
            "~",
            "=",
            "<<",
            "0123",
            "1_000",
            "0x1f",
            "0o17",
            "1e3",
            ".5",
            "+1",
            "-1",
            ".inf",
            ".nan",
            "12:30",
            "190:20:30.15",
            "2012-10-17",
            "2001-12-14 21:59:43",
            "a: b",
            "a #b",
            "a:",
            " a",
            "a ",
            "- a",
            "*",
            "&a",
            "!Ref",
            "%",
            "@a",
            "`a",
            "[a]",
            "{a}",
            "203.0.113.7",
        ] {
            assert_eq!(written(text), format!("'{text}'"), "{text}");
        }
        assert_eq!(written("'a'"), "'''a'''");
    }

    #[test]
    fn unprintable_characters_are_escaped() {
        assert_eq!(written("a\tb"), "\"a\\tb\"");
        assert_eq!(written("a\u{85}\u{2028}\u{0}"), "\"a\\x85\\u2028\\x00\"");
    }

    #[test]
    fn numbers_have_a_point_and_a_signed_exponent() {
        assert_eq!(number(1.0), "1.0");
        assert_eq!(number(1e21), "1.0e+21");
        assert_eq!(number(1.5e-7), "1.5e-7");
    }
}
