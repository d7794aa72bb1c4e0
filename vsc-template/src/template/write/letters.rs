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
        | kind(OTHER, !is_printable(byte) && !is_break && !is_tab)
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
        let kinds = rest
            .iter()
            .fold(kinds, |kinds, byte| kinds | KINDS[usize::from(*byte)]);
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

/// The number of bytes before the first line feed, or of all.
pub(super) fn line_length(text: &str) -> usize {
    before(text, |word| zeros(word ^ each(b'\n')))
}

/// The number of bytes at the beginning of a text that JSON does not escape.
pub(super) fn unescaped_in_json(text: &str) -> usize {
    before(text, |word| {
        let is_control = word.wrapping_sub(each(b' ')) & !word;
        let others =
            zeros(word ^ each(b'"')) | zeros(word ^ each(b'\\')) | zeros(word ^ each(0x7f));
        is_control | word | others
    })
}

/// The number of bytes before the first one whose highest bit the function sets, or of all. The function gets
/// eight at a time, the first of them lowest, which is faster than one by one, and than larger chunks that are
/// searched again. Behind the first it may set any bits.
fn before(text: &str, find: impl Fn(u64) -> u64) -> usize {
    let found =
        |chunk| (find(u64::from_le_bytes(chunk)) & each(0x80)).trailing_zeros() as usize / 8;
    let (chunks, rest) = text.as_bytes().as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let at = found(*chunk);
        if at < chunk.len() {
            return chunk.len() * index + at;
        }
    }
    // A space is never found.
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    text.len() - rest.len() + found(last).min(rest.len())
}

/// Eight times this byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Sets the highest bit of each byte that is zero: up to the first of them, of no other.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(each(1)) & !word & each(0x80)
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
                let others = with("\u{b}\u{8a}");
                assert_eq!(line_length(&others), others.len());
                assert!(!Letters::of(&with("\t")).are_ascii());
                assert!(!Letters::of(&with("\u{7f}")).are_lines_of_ascii());
                assert!(Letters::of(&with("#")).has_indicator());
                assert!(Letters::of(&with(":")).has_indicator());
                assert!(Letters::of(&with("'")).has_quote());
                for escaped in ["\"", "\\", "\n", "\0", "\u{1f}", "\u{7f}", "é"] {
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
