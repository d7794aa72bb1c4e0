//! Regular expressions of ECMA 262, with which schemas match strings: <https://tc39.es/ecma262/#sec-patterns>.
//!
//! Whether a pattern is found is all that a schema asks, so nothing is captured. Of the syntax it has what
//! patterns of schemas use: no named groups, no modifiers, no octal and control escapes.

mod parse;
mod program;
mod run;
#[cfg(test)]
mod tests;

use crate::characters::Characters;
use program::Program;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    program: Program,
}

impl Pattern {
    /// Compiles a pattern; `None` if it is invalid, or has syntax that is not supported.
    ///
    /// In a pattern with `\p{…}`, the stricter syntax of the flag `u` holds, unless it is invalid by that.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        let has_properties = pattern.contains(r"\p") || pattern.contains(r"\P");
        let parsed = if has_properties {
            parse::pattern(pattern, true)
        } else {
            None
        };
        let parsed = match parsed {
            Some(parsed) => parsed,
            None => parse::pattern(pattern, false)?,
        };
        let program = Program::of(&parsed)?;
        Some(Self { program })
    }

    /// Whether the pattern is found anywhere in the text.
    pub(crate) fn is_found(&self, text: &str) -> bool {
        run::is_found(&self.program, text)
    }
}

/// A part of a pattern.
#[derive(Debug)]
enum Expr {
    /// One character.
    One(Characters),
    /// Parts in sequence.
    Sequence(Vec<Expr>),
    /// Alternatives.
    Choice(Vec<Expr>),
    /// A repeated part, with the least and the most times. Whether it prefers more or fewer makes no
    /// difference to whether the pattern is found.
    Repeat(Box<Expr>, usize, Option<usize>),
    /// A capturing group, by its number.
    Group(usize, Box<Expr>),
    /// A lookahead or lookbehind.
    Look {
        is_behind: bool,
        negative: bool,
        inner: Box<Expr>,
    },
    /// A back reference.
    Back(usize),
    /// A zero-width assertion.
    Assertion(Assertion),
}

/// A zero-width assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Assertion {
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// A word boundary.
    Boundary,
    /// Not a word boundary.
    NoBoundary,
}

impl Expr {
    /// The fewest and the most characters that the part matches; the most are `None` if there is no limit.
    fn width(&self) -> (usize, Option<usize>) {
        match self {
            Self::One(_) => (1, Some(1)),
            Self::Sequence(parts) => parts.iter().fold((0, Some(0)), |(least, most), part| {
                let (fewest, longest) = part.width();
                let most = most.zip(longest).map(|(one, other)| one + other);
                (least + fewest, most)
            }),
            Self::Choice(parts) => {
                let widths = || parts.iter().map(Self::width);
                let least = widths().map(|(least, _)| least).min();
                let most = widths().try_fold(0, |longest, (_, most)| Some(longest.max(most?)));
                (least.unwrap_or_default(), most)
            }
            Self::Repeat(part, fewest, longest) => {
                let (least, most) = part.width();
                let most = most.zip(*longest).map(|(most, times)| most * times);
                (least * fewest, most)
            }
            Self::Group(_, inner) => inner.width(),
            Self::Look { .. } | Self::Assertion(_) => (0, Some(0)),
            Self::Back(_) => (0, None),
        }
    }
}
