//! The kinds of characters in a text, found in one pass over its bytes: most texts of a template are
//! plain, and need no second look.

/// A line feed.
const BREAK: u8 = 1;
/// A tab.
const TAB: u8 = 1 << 1;
/// A byte that is not printable ASCII, neither a line feed nor a tab.
const OTHER: u8 = 1 << 2;
/// A colon.
const COLON: u8 = 1 << 3;
/// A number sign.
const HASH: u8 = 1 << 4;
/// A single quote.
const QUOTE: u8 = 1 << 5;

/// The number of bytes that the compiler compares at once: a vector of every 64-bit processor.
const CHUNK: usize = 16;

/// The kinds of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    loop {
        kinds[byte as usize] = kinds_of(byte);
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

/// Without branches, so that a chunk needs no table.
const fn kinds_of(byte: u8) -> u8 {
    let is_break = byte == b'\n';
    let is_tab = byte == b'\t';
    kind(BREAK, is_break)
        | kind(TAB, is_tab)
        | kind(OTHER, !is_printable(byte) & !is_break & !is_tab)
        | kind(COLON, byte == b':')
        | kind(HASH, byte == b'#')
        | kind(QUOTE, byte == b'\'')
}

const fn kind(kind: u8, is_of_it: bool) -> u8 {
    if is_of_it { kind } else { 0 }
}

const fn is_printable(byte: u8) -> bool {
    byte >= b' ' && byte <= b'~'
}

/// Whether the byte occurs in a number, a time or a date.
const fn is_numeric(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
        || matches!(
            byte,
            b'_' | b'.'
                | b','
                | b':'
                | b'+'
                | b'-'
                | b'x'
                | b'X'
                | b'o'
                | b'O'
                | b't'
                | b'T'
                | b'z'
                | b'Z'
                | b' '
        )
}

/// The kinds of characters in a text.
#[derive(Clone, Copy)]
pub(super) struct Letters(u8);

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        let (chunks, rest) = text.as_bytes().as_chunks();
        let kinds = of_chunks(chunks);
        let kinds = rest.iter().fold(kinds, |kinds, byte| kinds | KINDS[usize::from(*byte)]);
        Self(kinds)
    }

    const fn has(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }

    /// Whether a line feed is among them.
    pub(super) const fn has_break(self) -> bool {
        self.has(BREAK)
    }

    /// Whether all are printable ASCII, line feeds or tabs.
    pub(super) const fn are_lines_of_ascii(self) -> bool {
        !self.has(OTHER)
    }

    /// Whether all are printable ASCII.
    pub(super) const fn are_ascii(self) -> bool {
        !self.has(OTHER | BREAK | TAB)
    }

    /// Whether a colon or a number sign is among them.
    pub(super) const fn has_indicator(self) -> bool {
        self.has(COLON | HASH)
    }

    /// Whether a single quote is among them.
    pub(super) const fn has_quote(self) -> bool {
        self.has(QUOTE)
    }
}

fn of_chunks(chunks: &[[u8; CHUNK]]) -> u8 {
    let mut kinds = [0; CHUNK];
    for chunk in chunks {
        for (kinds, byte) in kinds.iter_mut().zip(chunk) {
            *kinds |= kinds_of(*byte);
        }
    }
    kinds.iter().fold(0, |all, kinds| all | kinds)
}

/// Whether all characters of the text may occur in a number, a time or a date.
pub(super) fn are_numeric(text: &str) -> bool {
    text.bytes().all(is_numeric)
}

/// The number of bytes before the first line feed, or of all: eight at a time, which is faster for short lines than
/// to prepare for more.
pub(super) fn line_length(text: &str) -> usize {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let (chunks, rest) = text.as_bytes().as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        // A byte of zero is the only one whose highest bit is set by the difference and was not set before, up to the
        // first of them.
        let differences = u64::from_le_bytes(*chunk) ^ (EACH * u64::from(b'\n'));
        let zeros = differences.wrapping_sub(EACH) & !differences & (EACH << 7);
        if zeros != 0 {
            return 8 * index + zeros.trailing_zeros() as usize / 8;
        }
    }
    let end = rest.iter().position(|byte| *byte == b'\n');
    8 * chunks.len() + end.unwrap_or(rest.len())
}

/// The number of bytes at the beginning of a text that JSON does not escape.
pub(super) fn unescaped_in_json(text: &str) -> usize {
    let is_escaped = |byte: &u8| !is_printable(*byte) | (*byte == b'"') | (*byte == b'\\');
    let has_escaped =
        |chunk: &[u8; CHUNK]| chunk.iter().fold(false, |any, byte| any | is_escaped(byte));
    let (chunks, _) = text.as_bytes().as_chunks();
    let clean = chunks.iter().position(has_escaped);
    let clean = CHUNK * clean.unwrap_or(chunks.len());
    let mut rest = text.bytes().skip(clean);
    rest.position(|byte| is_escaped(&byte))
        .map_or(text.len(), |at| clean + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_found() {
        let letters = Letters::of("https://x.com/a b");
        assert!(letters.are_ascii() && letters.has_indicator());
        assert!(!letters.has_quote() && !letters.has_break());
        assert!(are_numeric("2012-10-17") && !are_numeric("https://x.com/a b"));
        let lines = Letters::of("a\tb\n");
        assert!(lines.has_break() && lines.are_lines_of_ascii() && !lines.are_ascii());
        for other in ["\r", "\0", "\u{7f}", "é", "\u{85}", "\u{1f916}"] {
            assert!(!Letters::of(other).are_lines_of_ascii(), "{other:?}");
        }
        assert!(Letters::of("it's").has_quote());
        assert!(Letters::of("").are_ascii());
    }

    #[test]
    fn a_byte_is_found_at_any_index() {
        for length in [1, 15, 16, 17, 32, 50] {
            for at in 0..length {
                let with = |letter: &str| "a".repeat(at) + letter + &"a".repeat(length - at - 1);
                let plain = Letters::of(&with("a"));
                assert!(plain.are_ascii() && !plain.has_indicator() && !plain.has_quote());
                assert_eq!(unescaped_in_json(&with("a")), length);
                assert!(Letters::of(&with("\n")).has_break());
                assert_eq!(line_length(&with("\n")), at);
                assert_eq!(line_length(&with("\u{b}\u{8a}")), length + 2);
                assert!(!Letters::of(&with("\t")).are_ascii());
                assert!(!Letters::of(&with("\u{7f}")).are_lines_of_ascii());
                assert!(Letters::of(&with("#")).has_indicator());
                assert!(Letters::of(&with(":")).has_indicator());
                assert!(Letters::of(&with("'")).has_quote());
                for escaped in ["\"", "\\", "\n", "\u{1f}", "\u{7f}", "é"] {
                    assert_eq!(unescaped_in_json(&with(escaped)), at, "{escaped:?}");
                }
            }
        }
    }

    #[test]
    fn json_escapes_some() {
        for (text, expected) in [
            ("", 0),
            ("a'b: #", 6),
            ("a\"", 1),
            ("\\", 0),
            ("aé", 1),
            ("ab\n", 2),
        ] {
            assert_eq!(unescaped_in_json(text), expected, "{text:?}");
        }
    }
}
