//! Parses patterns.

use std::collections::HashMap;

use super::{Assertion, Expr, Greed, Pattern, Set};

type Outcome<T> = Result<T, String>;

pub(super) fn pattern(text: &str) -> Outcome<Pattern> {
    let mut parser = Parser {
        text: text.chars().collect(),
        ..Parser::default()
    };
    let root = parser.choice()?;
    if parser.peek().is_some() {
        return Err("unmatched `)`".to_owned());
    }
    // Versions differ in references to groups that do not exist, or not yet.
    let undecided = parser.undecided || parser.highest > parser.groups;
    Ok(Pattern {
        root,
        groups: parser.groups.max(parser.highest),
        undecided,
    })
}

#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of Java, and a pattern can have all of them"
)]
struct Flags {
    any_case: bool,
    unicode: bool,
    lines: bool,
    dot_all: bool,
    unix: bool,
}

#[derive(Default)]
struct Parser {
    text: Vec<char>,
    at: usize,
    flags: Flags,
    groups: usize,
    /// The highest referenced group.
    highest: usize,
    names: HashMap<String, usize>,
    undecided: bool,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    fn take(&mut self, wanted: &str) -> bool {
        let length = wanted.chars().count();
        let there = self.text.get(self.at..self.at + length);
        let is_there = there.is_some_and(|there| there.iter().copied().eq(wanted.chars()));
        self.at += if is_there { length } else { 0 };
        is_there
    }

    /// Takes everything up to a character, and the character.
    fn until(&mut self, end: char) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let length = rest.iter().position(|letter| *letter == end)?;
        self.at += length + 1;
        Some(rest[..length].iter().collect())
    }

    fn choice(&mut self) -> Outcome<Expr> {
        let mut parts = vec![self.sequence()?];
        while self.take("|") {
            parts.push(self.sequence()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Expr::Choice(parts)
        })
    }

    fn sequence(&mut self) -> Outcome<Expr> {
        let mut nodes = Vec::new();
        while let Some(letter) = self.peek() {
            if matches!(letter, '|' | ')') {
                break;
            }
            if self.take(r"\Q") {
                self.quoted(&mut nodes)?;
            } else if let Some(node) = self.atom()? {
                let node = self.repeated(node)?;
                nodes.push(node);
            }
        }
        Ok(Expr::Sequence(nodes))
    }

    /// Takes literal text up to `\E`; a quantifier applies to its last character.
    fn quoted(&mut self, nodes: &mut Vec<Expr>) -> Outcome<()> {
        while self.peek().is_some() && !self.take(r"\E") {
            if let Some(letter) = self.next() {
                let one = self.one(Set::one(letter));
                nodes.push(one);
            }
        }
        if let Some(last) = nodes.pop() {
            let last = self.repeated(last)?;
            nodes.push(last);
        }
        Ok(())
    }

    fn one(&self, set: Set) -> Expr {
        Expr::One(if self.flags.any_case {
            Set::Folded(Box::new(set), self.flags.unicode)
        } else {
            set
        })
    }

    /// A part without its quantifier; `None` for a flag.
    fn atom(&mut self) -> Outcome<Option<Expr>> {
        let Some(letter) = self.next() else {
            return Ok(None);
        };
        Ok(Some(match letter {
            '*' | '+' | '?' => return Err(format!("nothing to repeat before `{letter}`")),
            '{' => return Err("`{` is not a repetition: write `\\{` for a brace".to_owned()),
            '(' => return self.group(),
            '[' => {
                let set = self.class(0)?;
                self.one(set)
            }
            '.' if self.flags.dot_all => Expr::One(Set::everything()),
            '.' => Expr::One(Set::line(self.flags.unix)),
            '^' if self.flags.lines => Expr::Assertion(Assertion::LineStart),
            '^' => Expr::Assertion(Assertion::Start),
            '$' if self.flags.lines => Expr::Assertion(Assertion::LineEnd),
            '$' => Expr::Assertion(Assertion::LastLineEnd),
            '\\' => self.escape()?,
            letter => self.one(Set::one(letter)),
        }))
    }

    fn repeated(&mut self, node: Expr) -> Outcome<Expr> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node),
            _ => return Ok(node),
        };
        self.at += 1;
        Ok(self.greed(node, least, most))
    }

    fn counted(&mut self, node: Expr) -> Outcome<Expr> {
        self.at += 1;
        let inside = self.until('}').unwrap_or_default();
        let (least, most) = match inside.split_once(',') {
            Some((least, "")) => (number(least), Some(None)),
            Some((least, most)) => (number(least), number(most).map(Some)),
            None => (number(&inside), number(&inside).map(Some)),
        };
        let (Some(least), Some(most)) = (least, most) else {
            return Err("invalid repetition: expected `{2}`, `{2,}` or `{2,5}`".to_owned());
        };
        if most.is_some_and(|most| most < least) {
            return Err(format!(
                "invalid repetition `{{{inside}}}`: the maximum is less than the minimum"
            ));
        }
        Ok(self.greed(node, least, most))
    }

    fn greed(&mut self, node: Expr, least: u32, most: Option<u32>) -> Expr {
        let greed = if self.take("?") {
            Greed::Lazy
        } else if self.take("+") {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        Expr::Repeat(Box::new(node), least, most, greed)
    }

    /// The rest of a group, after `(`.
    fn group(&mut self) -> Outcome<Option<Expr>> {
        let flags = self.flags;
        if !self.take("?") {
            self.groups += 1;
            let number = self.groups;
            let node = self.closed(flags)?;
            return Ok(Some(Expr::Group(number, Box::new(node))));
        }
        let look = [
            ("=", false, false),
            ("!", false, true),
            ("<=", true, false),
            ("<!", true, true),
        ];
        for (sign, is_behind, negative) in look {
            if self.take(sign) {
                let node = Box::new(self.closed(flags)?);
                return Ok(Some(Expr::Look {
                    is_behind,
                    negative,
                    node,
                }));
            }
        }
        if self.take(":") {
            return self.closed(flags).map(Some);
        }
        if self.take(">") {
            let node = self.closed(flags)?;
            return Ok(Some(Expr::Atomic(Box::new(node))));
        }
        if self.take("<") {
            return self.named(flags).map(Some);
        }
        self.flag_group(flags)
    }

    fn named(&mut self, flags: Flags) -> Outcome<Expr> {
        let name = self.until('>').unwrap_or_default();
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !is_name {
            return Err("the name of a group has only letters and digits".to_owned());
        }
        self.groups += 1;
        let number = self.groups;
        if self.names.insert(name.clone(), number).is_some() {
            return Err(format!("duplicate group name `{name}`"));
        }
        let node = self.closed(flags)?;
        Ok(Expr::Group(number, Box::new(node)))
    }

    /// The rest of a group, after which the flags are restored.
    fn closed(&mut self, flags: Flags) -> Outcome<Expr> {
        let node = self.choice()?;
        if !self.take(")") {
            return Err("unclosed `(`".to_owned());
        }
        self.flags = flags;
        Ok(node)
    }

    fn flag_group(&mut self, before: Flags) -> Outcome<Option<Expr>> {
        let mut on = true;
        loop {
            match self.next() {
                Some('-') if on => on = false,
                Some('i') => self.flags.any_case = on,
                Some('u') => self.flags.unicode = on,
                Some('m') => self.flags.lines = on,
                Some('s') => self.flags.dot_all = on,
                Some('d') => self.flags.unix = on,
                // White space and comments; classes of Unicode.
                Some('x' | 'U') => self.undecided = true,
                Some(')') => return Ok(None),
                Some(':') => return self.closed(before).map(Some),
                Some(other) => return Err(format!("`(?{other}` is not a valid group")),
                None => return Err("unclosed `(`".to_owned()),
            }
        }
    }

    /// An escape, after the backslash.
    fn escape(&mut self) -> Outcome<Expr> {
        let Some(letter) = self.peek() else {
            return Err("trailing backslash".to_owned());
        };
        let assertion = match letter {
            'A' => Some(Assertion::Start),
            'Z' => Some(Assertion::LastLineEnd),
            'z' => Some(Assertion::End),
            'b' => Some(Assertion::Boundary),
            'B' => Some(Assertion::NoBoundary),
            _ => None,
        };
        if let Some(assertion) = assertion {
            self.at += 1;
            if self.peek() == Some('{') {
                self.undecided = true;
                self.until('}');
            }
            return Ok(Expr::Assertion(assertion));
        }
        match letter {
            '1'..='9' => {
                self.at += 1;
                let number = letter.to_digit(10).unwrap_or_default() as usize;
                // More digits count if there are enough groups.
                self.undecided |= self.peek().is_some_and(|next| next.is_ascii_digit());
                self.undecided |= number > self.groups;
                self.highest = self.highest.max(number);
                Ok(Expr::Back(number, self.flags.any_case))
            }
            'k' => {
                self.at += 1;
                let name = if self.take("<") {
                    self.until('>')
                } else {
                    None
                };
                let name = name.unwrap_or_default();
                match self.names.get(&name) {
                    Some(number) => Ok(Expr::Back(*number, self.flags.any_case)),
                    None => Err(format!("there is no group `{name}`")),
                }
            }
            'R' => {
                self.at += 1;
                let one = Expr::One(Set::escaped('v').unwrap_or(Set::one('\n')));
                let both = ['\r', '\n'].map(|letter| Expr::One(Set::one(letter)));
                Ok(Expr::Choice(vec![Expr::Sequence(both.to_vec()), one]))
            }
            'X' | 'G' | 'E' => {
                self.at += 1;
                self.undecided = true;
                Ok(Expr::Sequence(Vec::new()))
            }
            _ => {
                let set = self.escaped_set()?;
                Ok(self.one(set))
            }
        }
    }

    /// An escape for characters, in a class or outside.
    fn escaped_set(&mut self) -> Outcome<Set> {
        let Some(letter) = self.next() else {
            return Err("trailing backslash".to_owned());
        };
        if let Some(set) = Set::escaped(letter) {
            return Ok(set);
        }
        if matches!(letter, 'p' | 'P') {
            return self.property(letter == 'P');
        }
        if letter == 'N' {
            self.undecided = true;
            self.until('}');
            return Ok(Set::everything());
        }
        self.code(letter).map(Set::one)
    }

    fn property(&mut self, negative: bool) -> Outcome<Set> {
        let name = match self.next() {
            Some('{') => self.until('}'),
            other => other.map(String::from),
        };
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Err("`\\p` needs the name of a property in braces: `\\p{Alpha}`".to_owned());
        };
        let set = Set::property(&name).unwrap_or_else(|| {
            self.undecided = true;
            Set::everything()
        });
        Ok(if negative { set.not() } else { set })
    }

    /// The character of an escape.
    fn code(&mut self, letter: char) -> Outcome<char> {
        Ok(match letter {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'a' => '\u{7}',
            'e' => '\u{1b}',
            'c' => {
                let control = self.next().and_then(|next| u8::try_from(next).ok());
                return match control {
                    Some(control) => Ok(char::from(control ^ 64)),
                    None => Err("`\\c` needs a letter".to_owned()),
                };
            }
            'x' if self.take("{") => {
                let digits = self.until('}').unwrap_or_default();
                return hexadecimal(&digits);
            }
            'x' => return self.digits(2),
            'u' => return self.digits(4),
            '0' => return self.octal(),
            letter if letter.is_ascii_alphabetic() => {
                return Err(format!("unknown escape sequence `\\{letter}`"));
            }
            letter => letter,
        })
    }

    fn digits(&mut self, count: usize) -> Outcome<char> {
        let digits: String = self.text.iter().skip(self.at).take(count).collect();
        self.at += digits.chars().count();
        if digits.len() != count {
            return Err(format!("expected {count} hexadecimal digits"));
        }
        // Half of a surrogate pair is not a character here.
        let code = u32::from_str_radix(&digits, 16);
        if code.is_ok_and(|code| (0xd800..0xe000).contains(&code)) {
            self.undecided = true;
            return Ok('\0');
        }
        hexadecimal(&digits)
    }

    fn octal(&mut self) -> Outcome<char> {
        let mut code = 0;
        let mut count = 0;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) {
            if count == 3 || code * 8 + digit > 0o377 {
                break;
            }
            code = code * 8 + digit;
            count += 1;
            self.at += 1;
        }
        match char::from_u32(code).filter(|_| count > 0) {
            Some(letter) => Ok(letter),
            None => Err("`\\0` needs octal digits".to_owned()),
        }
    }

    /// The rest of a class, after `[`.
    fn class(&mut self, depth: usize) -> Outcome<Set> {
        const DEEPEST: usize = 50;
        const OPEN: &str = "unclosed `[`";
        if depth > DEEPEST {
            return Err("classes are nested too deeply".to_owned());
        }
        let negative = self.take("^");
        let mut parts: Vec<Vec<Set>> = vec![Vec::new()];
        let (mut is_first, mut is_mixed) = (true, false);
        loop {
            let Some(letter) = self.peek() else {
                return Err(OPEN.to_owned());
            };
            let mut set = None;
            if letter == ']' && !is_first {
                self.at += 1;
                break;
            } else if letter == '[' {
                self.at += 1;
                set = Some(self.class(depth + 1)?);
                is_mixed = true;
            } else if self.take("&&") {
                parts.push(Vec::new());
                is_mixed = true;
            } else if self.take(r"\Q") {
                while self.peek().is_some() && !self.take(r"\E") {
                    let letter = self.next().map(Set::one);
                    parts
                        .last_mut()
                        .into_iter()
                        .for_each(|part| part.extend(letter.clone()));
                }
            } else {
                set = Some(self.range()?);
            }
            is_first = false;
            if let Some(part) = parts.last_mut() {
                part.extend(set);
            }
        }
        // Before Java 9, the negation applied only to the first part.
        self.undecided |= negative && is_mixed;
        let any = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(Set::Any);
        let all = Set::All(any.collect());
        Ok(if negative { all.not() } else { all })
    }

    /// A character of a class, or a range of them.
    fn range(&mut self) -> Outcome<Set> {
        let from = match self.class_letter()? {
            Ok(letter) => letter,
            Err(set) => return Ok(set),
        };
        let ahead = |parser: &Self, by: usize| parser.text.get(parser.at + by).copied();
        let is_range =
            self.peek() == Some('-') && !matches!(ahead(self, 1), None | Some(']' | '['));
        if !is_range || (ahead(self, 1) == Some('&') && ahead(self, 2) == Some('&')) {
            return Ok(Set::one(from));
        }
        self.at += 1;
        match self.class_letter()? {
            Ok(to) if to < from => Err(format!(
                "invalid range `{from}-{to}`: the end is before the start"
            )),
            Ok(to) => Ok(Set::Range(from, to)),
            Err(_) => {
                self.undecided = true;
                Ok(Set::one(from))
            }
        }
    }

    /// A character, or the set of an escape.
    fn class_letter(&mut self) -> Outcome<Result<char, Set>> {
        match self.next() {
            Some('\\') => {}
            Some(letter) => return Ok(Ok(letter)),
            None => return Err("unclosed `[`".to_owned()),
        }
        match self.peek() {
            Some(letter) if Set::escaped(letter).is_none() && !"pPN".contains(letter) => {
                self.at += 1;
                if letter.is_ascii_digit() && letter != '0' || letter == 'E' {
                    self.undecided = true;
                    return Ok(Ok(letter));
                }
                self.code(letter).map(Ok)
            }
            _ => self.escaped_set().map(Err),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn hexadecimal(digits: &str) -> Outcome<char> {
    let right = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| right);
    code.and_then(char::from_u32)
        .ok_or_else(|| format!("`{digits}` is not a code point"))
}
