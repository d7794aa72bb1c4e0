//! Text as people see it: hidden characters of untrusted text, which could control a terminal or mislead a
//! reader, are escaped.

use std::borrow::Cow;

/// Whether a character is invisible when printed: it moves the cursor, changes the direction or has no
/// width.
///
/// These are the control characters and the format characters (general categories Cc, Cf, Zl and
/// Zp of Unicode 16), the noncharacters, and blank letters: with them, different texts look alike
/// (Unicode Technical Report 36, "Unicode Security Considerations").
pub const fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}'
        | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    ) || letter as u32 & 0xfffe == 0xfffe
}

/// The escape of a hidden character, as in Rust: `\n`, `\u{1b}`.
pub fn escaped(letter: char) -> impl Iterator<Item = char> {
    letter.escape_default()
}

/// The text on one line: with hidden characters, including line breaks and tabs, escaped as in Rust.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_hidden(letter) {
            line.extend(escaped(letter));
        } else {
            line.push(letter);
        }
    }
    Cow::Owned(line)
}

/// A number with thousands separators: `61,358`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped() {
        let text = "a\n::error::b\r\u{1b}[2J\u{9b}1m\u{202e}c\u{200b}d\t\u{feff}\u{2028}";
        assert_eq!(
            one_line(text),
            r"a\n::error::b\r\u{1b}[2J\u{9b}1m\u{202e}c\u{200b}d\t\u{feff}\u{2028}"
        );
    }

    #[test]
    fn visible_characters_stay() {
        for text in [
            "zażółć",
            "🤖",
            "日本語",
            "مرحبا",
            "ﷺ",
            "a b",
            "e\u{301}",
            "❤\u{fe0f}",
        ] {
            assert!(matches!(one_line(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (5_242_880, "5,242,880"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
