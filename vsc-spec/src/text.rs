//! Strings in const evaluation, where the methods of `str` that take patterns cannot be called.

use crate::json::Text;

/// The string in a [`Text`].
pub(crate) const fn of(text: &Text) -> &str {
    match text {
        Text::Borrowed(text) => text,
        Text::Owned(text) => text.as_str(),
    }
}

/// Whether two strings are equal.
pub(crate) const fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && starts_with(a, b)
}

/// Whether a string begins with another.
pub(crate) const fn starts_with(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    if text.len() < start.len() {
        return false;
    }
    let mut at = 0;
    while at < start.len() {
        if text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The string without a prefix, if it has it.
pub(crate) const fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    if starts_with(text, prefix) {
        Some(text.split_at(prefix.len()).1)
    } else {
        None
    }
}

/// The index of the first occurrence of an ASCII character.
pub(crate) const fn find(text: &str, wanted: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == wanted {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether an ASCII character occurs in a string.
pub(crate) const fn contains(text: &str, wanted: u8) -> bool {
    find(text, wanted).is_some()
}

/// Whether a string has `${`, which CloudFormation substitutes only in a function.
pub(crate) const fn has_placeholder(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = split_once(rest, b'$') {
        if let [b'{', ..] = after.as_bytes() {
            return true;
        }
        rest = after;
    }
    false
}

/// Why a string cannot have `${`.
pub(crate) const PLACEHOLDER: &str =
    "it has `${`, and CloudFormation would substitute nothing there";

/// The parts before and after the first occurrence of an ASCII separator.
pub(crate) const fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    match find(text, separator) {
        Some(at) => {
            let (before, rest) = text.split_at(at);
            Some((before, rest.split_at(1).1))
        }
        None => None,
    }
}

/// The part before the first occurrence of an ASCII separator, or the whole string.
pub(crate) const fn before(text: &str, separator: u8) -> &str {
    match find(text, separator) {
        Some(at) => text.split_at(at).0,
        None => text,
    }
}

/// The part before the first separator, and the rest if there is one.
pub(crate) const fn next_part(text: &str, separator: u8) -> (&str, Option<&str>) {
    match split_once(text, separator) {
        Some((part, rest)) => (part, Some(rest)),
        None => (text, None),
    }
}

/// The string without leading and trailing ASCII white space.
pub(crate) const fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (0, bytes.len());
    while start < end && bytes[start].is_ascii_whitespace() {
        start += 1;
    }
    while end > start && bytes[end - 1].is_ascii_whitespace() {
        end -= 1;
    }
    text.split_at(end).0.split_at(start).1
}

/// The string without an ASCII character at its end, if it has it.
pub(crate) const fn strip_last(text: &str, last: u8) -> Option<&str> {
    let length = text.len();
    if length > 0 && text.as_bytes()[length - 1] == last {
        Some(text.split_at(length - 1).0)
    } else {
        None
    }
}

/// The character at a byte index.
pub(crate) const fn character_at(text: &str, at: usize) -> &str {
    let rest = text.split_at(at).1;
    let mut length = 1;
    while length < rest.len() && !rest.is_char_boundary(length) {
        length += 1;
    }
    if rest.is_empty() {
        rest
    } else {
        rest.split_at(length).0
    }
}

/// Whether every byte is an ASCII digit, and there is one.
pub(crate) const fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            return false;
        }
        at += 1;
    }
    at > 0
}

/// The number of characters.
pub(crate) const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        // Bytes that continue a character begin with the bits 10.
        if bytes[at] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The number that a string of decimal digits represents.
pub(crate) const fn number(text: &str) -> Option<u64> {
    if !is_number(text) {
        return None;
    }
    match u64::from_str_radix(text, 10) {
        Ok(number) => Some(number),
        Err(_) => None,
    }
}

/// A growing string of bounded length: what does not fit is dropped.
#[derive(Clone, Copy)]
pub(crate) struct Buffer<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Buffer<N> {
    pub(crate) const fn new() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
        }
    }

    /// Adds as many whole characters as fit.
    pub(crate) const fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut end = N - self.length;
        if end > bytes.len() {
            end = bytes.len();
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut at = 0;
        while at < end {
            self.bytes[self.length] = bytes[at];
            self.length += 1;
            at += 1;
        }
    }

    /// Adds an ASCII character.
    pub(crate) const fn push_ascii(&mut self, byte: u8) {
        if self.length < N && byte.is_ascii() {
            self.bytes[self.length] = byte;
            self.length += 1;
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    pub(crate) const fn bytes(&self) -> &[u8] {
        self.bytes.split_at(self.length).0
    }

    pub(crate) const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes()) {
            Ok(text) => text,
            // Only whole characters were added.
            Err(_) => "",
        }
    }
}

/// The string with ASCII letters in lowercase, as far as it fits.
pub(crate) const fn lower<const N: usize>(text: &str) -> Buffer<N> {
    let mut buffer = Buffer::new();
    buffer.push(text);
    buffer.bytes.make_ascii_lowercase();
    buffer
}

/// The string with ASCII letters in uppercase, as far as it fits.
pub(crate) const fn upper<const N: usize>(text: &str) -> Buffer<N> {
    let mut buffer = Buffer::new();
    buffer.push(text);
    buffer.bytes.make_ascii_uppercase();
    buffer
}

/// The string with hyphens for all but ASCII letters and digits, and none at its ends.
pub(crate) const fn hyphenated<const N: usize>(text: &str) -> Buffer<N> {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (0, bytes.len());
    while start < end && !bytes[start].is_ascii_alphanumeric() {
        start += 1;
    }
    while start < end && !bytes[end - 1].is_ascii_alphanumeric() {
        end -= 1;
    }
    let mut hyphenated = Buffer::new();
    while start < end {
        hyphenated.push_ascii(if bytes[start].is_ascii_alphanumeric() {
            bytes[start]
        } else {
            b'-'
        });
        start += 1;
    }
    hyphenated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_takes_whole_characters() {
        let mut buffer = Buffer::<4>::new();
        buffer.push("aüü");
        assert_eq!(buffer.as_str(), "aü");
        assert_eq!(lower::<9>("Code.X").as_str(), "code.x");
        assert_eq!(number("042"), Some(42));
        assert_eq!(number("+4"), None);
    }

    #[test]
    fn strings_are_split() {
        assert_eq!(split_once("a/b/c", b'/'), Some(("a", "b/c")));
        assert_eq!(strip_prefix("vpc-1", "vpc-"), Some("1"));
        assert_eq!(strip_last("x.com.", b'.'), Some("x.com"));
        assert_eq!(character_at("bücher", 1), "ü");
        assert_eq!(character_at("", 0), "");
        assert_eq!((characters("bücher"), trim(" a ")), (6, "a"));
        assert!(equal("a", "a") && !equal("a", "ab") && !is_number(""));
    }
}
