//! The kinds of characters in a text, found in one pass over its bytes: most texts of a template are
//! plain, and need no second look.

/// A line feed.
const BREAK: u8 = 1;
/// A tab.
const TAB: u8 = 1 << 1;
/// A byte that is not printable ASCII, neither a line feed nor a tab.
const OTHER: u8 = 1 << 2;
/// A quote or a backslash, which JSON escapes.
const ESCAPED: u8 = 1 << 3;
/// A byte that never occurs in a number, a time or a date.
const NOT_NUMERIC: u8 = 1 << 4;
/// A colon.
const COLON: u8 = 1 << 5;
/// A number sign.
const HASH: u8 = 1 << 6;
/// A single quote.
const QUOTE: u8 = 1 << 7;

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

const fn kinds_of(byte: u8) -> u8 {
    let kind = match byte {
        b'\n' => BREAK,
        b'\t' => TAB,
        b'"' | b'\\' => ESCAPED,
        b':' => COLON,
        b'#' => HASH,
        b'\'' => QUOTE,
        b' '..=b'~' => 0,
        _ => OTHER,
    };
    if is_numeric(byte) {
        kind
    } else {
        kind | NOT_NUMERIC
    }
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
        let bytes = text.bytes();
        Self(bytes.fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)]))
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

    /// Whether all may occur in a number, a time or a date.
    pub(super) const fn are_numeric(self) -> bool {
        !self.has(NOT_NUMERIC)
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

/// The number of bytes at the beginning of a text that JSON does not escape.
pub(super) fn unescaped_in_json(text: &str) -> usize {
    let is_escaped = |byte: u8| KINDS[usize::from(byte)] & (BREAK | TAB | OTHER | ESCAPED) != 0;
    text.bytes().position(is_escaped).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_found() {
        let letters = Letters::of("https://x.com/a b");
        assert!(letters.are_ascii() && letters.has_indicator());
        assert!(!letters.are_numeric() && !letters.has_quote() && !letters.has_break());
        assert!(Letters::of("2012-10-17").are_numeric());
        let lines = Letters::of("a\tb\n");
        assert!(lines.has_break() && lines.are_lines_of_ascii() && !lines.are_ascii());
        for other in ["\r", "\0", "\u{7f}", "é", "\u{85}", "\u{1f916}"] {
            assert!(!Letters::of(other).are_lines_of_ascii(), "{other:?}");
        }
        assert!(Letters::of("it's").has_quote());
        assert!(Letters::of("").are_ascii());
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
