//! Sets of characters.

use crate::characters::Characters;
use crate::unicode;

/// A set of characters.
#[derive(Clone, Debug)]
pub(super) enum Set {
    /// A range of characters.
    Range(char, char),
    /// The union of sets.
    Any(Vec<Set>),
    /// The intersection of sets.
    All(Vec<Set>),
    /// The complement of a set.
    Not(Box<Set>),
    /// The characters of a Unicode property.
    Property(Characters),
    /// A set that ignores case; of ASCII only, or of Unicode.
    Folded(Box<Set>, bool),
}

impl Set {
    pub(super) fn one(letter: char) -> Self {
        Self::Range(letter, letter)
    }

    fn ranges(ranges: &[(char, char)]) -> Self {
        Self::Any(
            ranges
                .iter()
                .map(|(from, to)| Self::Range(*from, *to))
                .collect(),
        )
    }

    fn letters(letters: &str) -> Self {
        Self::Any(letters.chars().map(Self::one).collect())
    }

    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The characters of `.` without the flag `s`.
    pub(super) fn line(unix: bool) -> Self {
        let breaks = if unix {
            "\n"
        } else {
            "\n\r\u{85}\u{2028}\u{2029}"
        };
        Self::letters(breaks).not()
    }

    pub(super) fn everything() -> Self {
        Self::Range('\0', char::MAX)
    }

    pub(super) fn has(&self, letter: char) -> bool {
        match self {
            Self::Range(from, to) => (*from..=*to).contains(&letter),
            Self::Any(sets) => sets.iter().any(|set| set.has(letter)),
            Self::All(sets) => sets.iter().all(|set| set.has(letter)),
            Self::Not(set) => !set.has(letter),
            Self::Property(characters) => characters.has(letter),
            Self::Folded(set, unicode) => cases(letter, *unicode).any(|letter| set.has(letter)),
        }
    }

    /// The predefined class of `\d` and the like.
    pub(super) fn escaped(letter: char) -> Option<Self> {
        let set = match letter.to_ascii_lowercase() {
            'd' => Self::Range('0', '9'),
            's' => Self::letters(" \t\n\u{b}\u{c}\r"),
            'w' => Self::ranges(&[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
            'h' => Self::ranges(&[
                (' ', ' '),
                ('\t', '\t'),
                ('\u{a0}', '\u{a0}'),
                ('\u{1680}', '\u{1680}'),
                ('\u{180e}', '\u{180e}'),
                ('\u{2000}', '\u{200a}'),
                ('\u{202f}', '\u{202f}'),
                ('\u{205f}', '\u{205f}'),
                ('\u{3000}', '\u{3000}'),
            ]),
            'v' => Self::letters("\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029}"),
            _ => return None,
        };
        Some(if letter.is_ascii_uppercase() {
            set.not()
        } else {
            set
        })
    }

    /// The class of `\p{…}`; `None` if it is unknown.
    pub(super) fn property(name: &str) -> Option<Self> {
        if let Some(set) = Self::posix(name) {
            return Some(set);
        }
        let name = match name {
            "javaLowerCase" => "Lowercase",
            "javaUpperCase" => "Uppercase",
            "javaWhitespace" | "javaMirrored" => return None,
            name => name,
        };
        let is_category = name.len() <= 2;
        let unicode = match name.strip_prefix("Is") {
            Some(name) if name.len() <= 2 => name.to_owned(),
            Some(name @ ("Alphabetic" | "Lowercase" | "Uppercase" | "Ideographic")) => {
                name.to_owned()
            }
            Some("White_Space" | "WhiteSpace") => "White_Space".to_owned(),
            Some(script) => format!("Script={script}"),
            None if is_category || name == "Lowercase" || name == "Uppercase" => name.to_owned(),
            None => return None,
        };
        let ranges = unicode::property(&unicode)?;
        Some(Self::Property(Characters::new(ranges)))
    }

    /// The POSIX classes, of ASCII only.
    fn posix(name: &str) -> Option<Self> {
        let alpha = [('a', 'z'), ('A', 'Z')];
        let digit = ('0', '9');
        Some(match name {
            "Lower" => Self::Range('a', 'z'),
            "Upper" => Self::Range('A', 'Z'),
            "ASCII" => Self::Range('\0', '\u{7f}'),
            "Alpha" => Self::ranges(&alpha),
            "Digit" => Self::Range('0', '9'),
            "Alnum" => Self::ranges(&[alpha[0], alpha[1], digit]),
            "Punct" => Self::ranges(&[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
            "Graph" => Self::Range('!', '~'),
            "Print" => Self::Range(' ', '~'),
            "Blank" => Self::letters(" \t"),
            "Cntrl" => Self::ranges(&[('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')]),
            "XDigit" => Self::ranges(&[digit, ('a', 'f'), ('A', 'F')]),
            "Space" => Self::letters(" \t\n\u{b}\u{c}\r"),
            _ => return None,
        })
    }
}

/// A character in all of its cases.
fn cases(letter: char, unicode: bool) -> impl Iterator<Item = char> {
    let fold = unicode || letter.is_ascii();
    let lower = letter.to_lowercase().filter(move |_| fold);
    let upper = letter.to_uppercase().filter(move |_| fold);
    std::iter::once(letter).chain(lower).chain(upper)
}
