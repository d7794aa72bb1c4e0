//! Parses patterns: ECMA 262, "Patterns", and without the flag `u` annex B.1.2.

use super::{Assertion, Expr};
use crate::characters::{Characters, Range};
use crate::unicode;

/// The deepest nesting of groups: the parser is recursive.
const DEEPEST: usize = 200;
/// The most repetitions that are told apart: no text is as long.
const MOST: usize = 1 << 24;

/// A parsed pattern.
pub(super) struct Parsed {
    pub(super) root: Expr,
    /// The number of capturing groups.
    pub(super) groups: usize,
    /// Whether it has back references.
    pub(super) refers_back: bool,
}

/// Parses a pattern; `None` if it is invalid or not supported. `unicode` is the flag `u`.
pub(super) fn pattern(text: &str, unicode: bool) -> Option<Parsed> {
    let mut parser = Parser {
        text: text.chars().collect(),
        at: 0,
        unicode,
        groups: 0,
        all_groups: 0,
        refers_back: false,
        depth: 0,
    };
    parser.all_groups = count_groups(&parser.text);
    let root = parser.choice()?;
    (parser.at == parser.text.len()).then_some(Parsed {
        root,
        groups: parser.groups,
        refers_back: parser.refers_back,
    })
}

/// The number of capturing groups, which decides what is a back reference.
fn count_groups(text: &[char]) -> usize {
    let (mut groups, mut at, mut in_class) = (0, 0, false);
    while let Some(letter) = text.get(at) {
        match letter {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && text.get(at + 1) != Some(&'?') => groups += 1,
            _ => {}
        }
        at += 1;
    }
    groups
}

/// The characters of `\d`, `\s` and `\w`.
fn class(letter: char) -> Option<Characters> {
    let ranges = match letter.to_ascii_lowercase() {
        'd' => vec![range('0', '9')],
        'w' => vec![
            range('0', '9'),
            range('A', 'Z'),
            range('_', '_'),
            range('a', 'z'),
        ],
        // White space and line terminators.
        's' => vec![
            range('\t', '\r'),
            range(' ', ' '),
            range('\u{a0}', '\u{a0}'),
            range('\u{1680}', '\u{1680}'),
            range('\u{2000}', '\u{200a}'),
            range('\u{2028}', '\u{2029}'),
            range('\u{202f}', '\u{202f}'),
            range('\u{205f}', '\u{205f}'),
            range('\u{3000}', '\u{3000}'),
            range('\u{feff}', '\u{feff}'),
        ],
        _ => return None,
    };
    let characters = Characters::new(ranges);
    Some(if letter.is_ascii_uppercase() {
        characters.negated()
    } else {
        characters
    })
}

fn range(first: char, last: char) -> Range {
    (u32::from(first), u32::from(last))
}

fn one(code: u32) -> Expr {
    Expr::One(Characters::new(vec![(code, code)]))
}

/// A character of a class, or the set of an escape.
enum Member {
    One(u32),
    Set(Characters),
}

impl Member {
    fn add_to(self, ranges: &mut Vec<Range>) {
        match self {
            Self::One(code) => ranges.push((code, code)),
            Self::Set(characters) => ranges.extend(characters.into_ranges()),
        }
    }
}

struct Parser {
    text: Vec<char>,
    at: usize,
    unicode: bool,
    /// The number of groups so far, and in the whole pattern.
    groups: usize,
    all_groups: usize,
    refers_back: bool,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let length = wanted.chars().count();
        let there = self.text.get(self.at..self.at + length);
        let is_there = there.is_some_and(|there| there.iter().copied().eq(wanted.chars()));
        if is_there {
            self.at += length;
        }
        is_there
    }

    fn choice(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut parts = vec![self.sequence()?];
        while self.take("|") {
            parts.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Expr::Choice(parts)
        })
    }

    fn sequence(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        while let Some(letter) = self.peek() {
            if matches!(letter, '|' | ')') {
                break;
            }
            let part = self.atom()?;
            parts.push(self.repeated(part)?);
        }
        Some(Expr::Sequence(parts))
    }

    fn atom(&mut self) -> Option<Expr> {
        let letter = self.next()?;
        Some(match letter {
            '^' => Expr::Assertion(Assertion::Start),
            '$' => Expr::Assertion(Assertion::End),
            '.' => {
                let breaks = vec![range('\n', '\n'), range('\r', '\r'), (0x2028, 0x2029)];
                Expr::One(Characters::new(breaks).negated())
            }
            '(' => self.group()?,
            '[' => Expr::One(self.class()?),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return None,
            '{' | '}' | ']' if self.unicode => return None,
            '{' => {
                self.at -= 1;
                if self.counts().is_some() {
                    return None;
                }
                self.at += 1;
                one(u32::from(letter))
            }
            letter => one(u32::from(letter)),
        })
    }

    fn group(&mut self) -> Option<Expr> {
        let look = [
            ("?=", false, false),
            ("?!", false, true),
            ("?<=", true, false),
            ("?<!", true, true),
        ];
        for (sign, is_behind, negative) in look {
            if self.take(sign) {
                return Some(Expr::Look {
                    is_behind,
                    negative,
                    inner: Box::new(self.closed()?),
                });
            }
        }
        if self.take("?:") {
            return self.closed();
        }
        if self.peek() == Some('?') {
            return None;
        }
        self.groups += 1;
        let number = self.groups;
        Some(Expr::Group(number, Box::new(self.closed()?)))
    }

    fn closed(&mut self) -> Option<Expr> {
        let inner = self.choice()?;
        self.take(")").then_some(inner)
    }

    fn repeated(&mut self, part: Expr) -> Option<Expr> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                // `counts` ends before the brace that closes.
                Some(counts) => counts,
                None if self.unicode => return None,
                None => return Some(part),
            },
            _ => return Some(part),
        };
        self.at += 1;
        // Lazy or not.
        self.take("?");
        let is_repeatable = match &part {
            Expr::Look { is_behind, .. } => !is_behind && !self.unicode,
            Expr::Assertion(Assertion::Start | Assertion::End) => false,
            _ => true,
        };
        let is_ordered = most.is_none_or(|most| least <= most);
        (is_repeatable && is_ordered).then(|| Expr::Repeat(Box::new(part), least, most))
    }

    /// The counts of `{3}`, `{3,}` or `{3,5}`, up to the brace that closes; takes nothing if it is none of them.
    fn counts(&mut self) -> Option<(usize, Option<usize>)> {
        let start = self.at;
        let counts = self.counts_inside();
        if counts.is_none() {
            self.at = start;
        }
        counts
    }

    fn counts_inside(&mut self) -> Option<(usize, Option<usize>)> {
        self.at += 1;
        let least = self.number()?;
        let most = if self.take(",") {
            self.number()
        } else {
            Some(least)
        };
        (self.peek() == Some('}')).then_some((least, most))
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|letter| letter.to_digit(10)) {
            let before: usize = number.unwrap_or_default();
            number = Some((before * 10 + digit as usize).min(MOST));
            self.at += 1;
        }
        number
    }

    /// An escape, after the backslash.
    fn escape(&mut self) -> Option<Expr> {
        match self.peek()? {
            'b' => {
                self.at += 1;
                Some(Expr::Assertion(Assertion::Boundary))
            }
            'B' => {
                self.at += 1;
                Some(Expr::Assertion(Assertion::NoBoundary))
            }
            '1'..='9' => {
                let number = self.number()?;
                self.refers_back = true;
                (number <= self.all_groups).then_some(Expr::Back(number))
            }
            _ => Some(match self.escaped()? {
                Member::One(code) => one(code),
                Member::Set(characters) => Expr::One(characters),
            }),
        }
    }

    /// An escape for characters, in a class or outside.
    fn escaped(&mut self) -> Option<Member> {
        let letter = self.next()?;
        if let Some(characters) = class(letter) {
            return Some(Member::Set(characters));
        }
        if matches!(letter, 'p' | 'P') && self.unicode {
            return self.property(letter == 'P').map(Member::Set);
        }
        Some(Member::One(match letter {
            'f' => 0xc,
            'n' => 0xa,
            'r' => 0xd,
            't' => 0x9,
            'v' => 0xb,
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            // Octal and control characters, and a reference by name.
            '0'..='9' | 'c' | 'k' => return None,
            'x' => match self.digits(2) {
                Some(code) => code,
                None if self.unicode => return None,
                None => u32::from('x'),
            },
            'u' => match self.code_point() {
                Some(code) => code,
                None if self.unicode => return None,
                None => u32::from('u'),
            },
            letter if self.unicode && !"^$\\.*+?()[]{}|/".contains(letter) => return None,
            letter => u32::from(letter),
        }))
    }

    fn property(&mut self, negative: bool) -> Option<Characters> {
        if !self.take("{") {
            return None;
        }
        let rest = self.text.get(self.at..)?;
        let length = rest.iter().position(|letter| *letter == '}')?;
        let name: String = rest[..length].iter().collect();
        self.at += length + 1;
        let characters = Characters::new(unicode::property(&name)?);
        Some(if negative {
            characters.negated()
        } else {
            characters
        })
    }

    /// The code of `\u0041` or `\u{41}`, after the `u`.
    fn code_point(&mut self) -> Option<u32> {
        if self.peek() != Some('{') {
            let first = self.digits(4)?;
            return Some(self.surrogate_pair(first).unwrap_or(first));
        }
        let rest = self.text.get(self.at + 1..)?;
        let length = rest.iter().position(|letter| *letter == '}')?;
        let digits: String = rest[..length].iter().collect();
        let code = u32::from_str_radix(&digits, 16).ok();
        let code = code.filter(|code| *code <= u32::from(char::MAX))?;
        self.at += length + 2;
        Some(code)
    }

    /// The code of a pair like `\uD83D\uDE00`, after its first half; takes nothing if it is not a pair.
    fn surrogate_pair(&mut self, first: u32) -> Option<u32> {
        let high = first.checked_sub(0xd800).filter(|high| *high < 0x400)?;
        let start = self.at;
        let second = self.take(r"\u").then(|| self.digits(4)).flatten();
        let low = second.and_then(|second| second.checked_sub(0xdc00));
        let Some(low) = low.filter(|low| *low < 0x400) else {
            self.at = start;
            return None;
        };
        Some(0x1_0000 + (high << 10 | low))
    }

    /// The value of so many hexadecimal digits; takes nothing if there are fewer.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + count)?;
        let code = digits.iter().try_fold(0, |code, letter| {
            letter.to_digit(16).map(|digit| code * 16 + digit)
        })?;
        self.at += count;
        Some(code)
    }

    /// The rest of a class, after `[`.
    fn class(&mut self) -> Option<Characters> {
        let negative = self.take("^");
        let mut ranges = Vec::new();
        while !self.take("]") {
            let first = self.member()?;
            if !self.take("-") {
                first.add_to(&mut ranges);
                continue;
            }
            if self.peek() == Some(']') {
                first.add_to(&mut ranges);
                ranges.push(range('-', '-'));
                continue;
            }
            match (first, self.member()?) {
                (Member::One(first), Member::One(last)) if first <= last => {
                    ranges.push((first, last));
                }
                (Member::One(_), Member::One(_)) => return None,
                _ if self.unicode => return None,
                (first, last) => {
                    first.add_to(&mut ranges);
                    ranges.push(range('-', '-'));
                    last.add_to(&mut ranges);
                }
            }
        }
        let characters = Characters::new(ranges);
        Some(if negative {
            characters.negated()
        } else {
            characters
        })
    }

    fn member(&mut self) -> Option<Member> {
        match self.next()? {
            '\\' if self.take("b") => Some(Member::One(8)),
            '\\' if self.unicode && self.take("-") => Some(Member::One(u32::from('-'))),
            '\\' => self.escaped(),
            letter => Some(Member::One(u32::from(letter))),
        }
    }
}
