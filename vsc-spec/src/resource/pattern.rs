//! Whether two patterns have a string in common.
//!
//! A pattern becomes a finite automaton; two automata share a string if their product reaches its end.
//! What an automaton cannot express (lookarounds, back references, large counts) is widened: the answer
//! may be "yes" without such a string, but never "no" with one.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::str::Chars;

/// Patterns larger than this are not compared: they count as sharing a string.
const LARGEST: usize = 4000;

/// Whether a string can match both patterns, each anywhere in the string unless it is anchored.
pub fn intersects(pattern: &str, other: &str) -> bool {
    thread_local! {
        /// A cache: templates repeat the same questions.
        static KNOWN: RefCell<HashMap<(String, String), bool>> = RefCell::default();
    }
    let key = (pattern.to_owned(), other.to_owned());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    let shared = match (Automaton::of(pattern), Automaton::of(other)) {
        (Some(one), Some(other)) => one.meets(&other),
        _ => true,
    };
    KNOWN.with_borrow_mut(|known| known.insert(key, shared));
    shared
}

/// The characters of a class, as inclusive ranges.
type Class = Vec<(u32, u32)>;

const ANY: (u32, u32) = (0, u32::MAX);

#[derive(Clone, Debug)]
enum Edge {
    Empty,
    /// Only before the first character.
    Start,
    /// Only after the last character.
    End,
    One(Class),
}

/// States and the edges between them.
#[derive(Default)]
struct Automaton {
    edges: Vec<Vec<(Edge, usize)>>,
    start: usize,
    end: usize,
}

impl Automaton {
    fn of(pattern: &str) -> Option<Self> {
        let mut parser = Parser {
            rest: pattern.chars().peekable(),
        };
        let tree = parser.alternatives()?;
        if parser.rest.next().is_some() {
            return None;
        }
        let mut automaton = Self::default();
        automaton.start = automaton.state();
        automaton.end = automaton.state();
        let (start, end) = (automaton.start, automaton.end);
        automaton.edges[start].push((Edge::One(vec![ANY]), start));
        automaton.edges[end].push((Edge::One(vec![ANY]), end));
        automaton.add(&tree, start, end);
        (automaton.edges.len() <= LARGEST).then_some(automaton)
    }

    fn state(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.edges.len() - 1
    }

    fn add(&mut self, tree: &Tree, from: usize, to: usize) {
        if self.edges.len() > LARGEST {
            return;
        }
        match tree {
            Tree::Edge(edge) => self.edges[from].push((edge.clone(), to)),
            Tree::Either(branches) => branches
                .iter()
                .for_each(|branch| self.add(branch, from, to)),
            Tree::Sequence(parts) => {
                let mut from = from;
                for part in parts {
                    let next = self.state();
                    self.add(part, from, next);
                    from = next;
                }
                self.edges[from].push((Edge::Empty, to));
            }
            Tree::Repeat(inner, fewest, most) => self.repeat(inner, (*fewest, *most), from, to),
        }
    }

    fn repeat(&mut self, inner: &Tree, (fewest, most): (u32, Option<u32>), from: usize, to: usize) {
        const COPIES: u32 = 16;
        const OPTIONAL: u32 = 2;
        let mut from = from;
        for _ in 0..fewest.min(COPIES) {
            let next = self.state();
            self.add(inner, from, next);
            from = next;
        }
        match most.map(|most| most.saturating_sub(fewest)) {
            Some(optional) if optional <= OPTIONAL && fewest <= COPIES => {
                for _ in 0..optional {
                    let next = self.state();
                    self.edges[from].push((Edge::Empty, to));
                    self.add(inner, from, next);
                    from = next;
                }
            }
            _ => {
                let looped = self.state();
                self.edges[from].push((Edge::Empty, looped));
                let back = self.state();
                self.add(inner, looped, back);
                self.edges[back].push((Edge::Empty, looped));
                from = looped;
            }
        }
        self.edges[from].push((Edge::Empty, to));
    }

    /// Whether the product of both automata reaches the ends of both.
    fn meets(&self, other: &Self) -> bool {
        let first = Pair {
            states: (self.start, other.start),
            begun: false,
            ended: false,
        };
        let mut seen = HashSet::from([first]);
        let mut open = vec![first];
        while let Some(pair) = open.pop() {
            if pair.states == (self.end, other.end) {
                return true;
            }
            let next = self.after(other, pair);
            open.extend(next.into_iter().filter(|pair| seen.insert(*pair)));
        }
        false
    }

    fn after(&self, other: &Self, pair: Pair) -> Vec<Pair> {
        let (one, two) = pair.states;
        let mut next = Vec::new();
        for (edge, to) in &self.edges[one] {
            next.extend(pair.without_character(edge, (*to, two)));
        }
        for (edge, to) in &other.edges[two] {
            next.extend(pair.without_character(edge, (one, *to)));
        }
        if pair.ended {
            return next;
        }
        for (edge, to) in &self.edges[one] {
            let Edge::One(class) = edge else { continue };
            for (edge, other_to) in &other.edges[two] {
                if matches!(edge, Edge::One(other) if overlap(class, other)) {
                    next.push(Pair {
                        states: (*to, *other_to),
                        begun: true,
                        ended: false,
                    });
                }
            }
        }
        next
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Pair {
    states: (usize, usize),
    begun: bool,
    ended: bool,
}

impl Pair {
    fn without_character(self, edge: &Edge, states: (usize, usize)) -> Option<Self> {
        let pair = Self { states, ..self };
        match edge {
            Edge::Empty => Some(pair),
            Edge::Start => (!self.begun).then_some(pair),
            Edge::End => Some(Self {
                ended: true,
                ..pair
            }),
            Edge::One(_) => None,
        }
    }
}

fn overlap(one: &Class, other: &Class) -> bool {
    one.iter()
        .any(|(low, high)| other.iter().any(|(from, to)| low <= to && from <= high))
}

fn negated(mut class: Class) -> Class {
    class.sort_unstable();
    let mut next = 0;
    let mut outside = Vec::new();
    for (low, high) in class {
        if low > next {
            outside.push((next, low - 1));
        }
        next = next.max(high.saturating_add(1));
    }
    outside.push((next, u32::MAX));
    outside
}

#[derive(Debug)]
enum Tree {
    Edge(Edge),
    Sequence(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat(Box<Tree>, u32, Option<u32>),
}

impl Tree {
    const EMPTY: Self = Self::Edge(Edge::Empty);

    fn anything() -> Self {
        Self::Repeat(Box::new(Self::Edge(Edge::One(vec![ANY]))), 0, None)
    }
}

/// Parses ECMA 262 patterns; `None` for unknown syntax.
struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Parser<'_> {
    fn skips(&mut self, wanted: char) -> bool {
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn alternatives(&mut self) -> Option<Tree> {
        let mut branches = vec![self.sequence()?];
        while self.skips('|') {
            branches.push(self.sequence()?);
        }
        Some(Tree::Either(branches))
    }

    fn sequence(&mut self) -> Option<Tree> {
        let mut parts = Vec::new();
        while let Some(next) = self.rest.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let atom = self.atom()?;
            parts.push(self.repeated(atom));
        }
        Some(Tree::Sequence(parts))
    }

    fn atom(&mut self) -> Option<Tree> {
        let one = |class: Class| Some(Tree::Edge(Edge::One(class)));
        match self.rest.next()? {
            '^' => Some(Tree::Edge(Edge::Start)),
            '$' => Some(Tree::Edge(Edge::End)),
            '.' => one(vec![ANY]),
            '(' => self.group(),
            '[' => one(self.class()?),
            '\\' => match *self.rest.peek()? {
                'b' | 'B' => {
                    self.rest.next();
                    Some(Tree::EMPTY)
                }
                digit if digit.is_ascii_digit() && digit != '0' => {
                    self.rest.next();
                    Some(Tree::anything())
                }
                _ => one(self.escape()?),
            },
            '*' | '+' | '?' => None,
            letter => one(vec![(u32::from(letter), u32::from(letter))]),
        }
    }

    fn group(&mut self) -> Option<Tree> {
        let mut looks = false;
        if self.skips('?') {
            match self.rest.next()? {
                ':' => {}
                '=' | '!' => looks = true,
                '<' => match self.rest.peek()? {
                    '=' | '!' => {
                        looks = true;
                        self.rest.next();
                    }
                    _ => while self.rest.next()? != '>' {},
                },
                _ => return None,
            }
        }
        let inner = self.alternatives()?;
        if !self.skips(')') {
            return None;
        }
        Some(if looks { Tree::EMPTY } else { inner })
    }

    fn repeated(&mut self, atom: Tree) -> Tree {
        let (fewest, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let mut ahead = self.rest.clone();
                ahead.next();
                let bounds: String = ahead.by_ref().take_while(|letter| *letter != '}').collect();
                let Some(bounds) = counts(&bounds) else {
                    return atom;
                };
                self.rest = ahead;
                self.skips('?');
                return Tree::Repeat(Box::new(atom), bounds.0, bounds.1);
            }
            _ => return atom,
        };
        self.rest.next();
        // Lazy and possessive forms match the same strings.
        let _ = self.skips('?') || self.skips('+');
        Tree::Repeat(Box::new(atom), fewest, most)
    }

    fn class(&mut self) -> Option<Class> {
        let negate = self.skips('^');
        let mut class = Class::new();
        let mut first = true;
        loop {
            let letter = match self.rest.next()? {
                ']' if !first || negate => break,
                ']' => break,
                '\\' => self.escape()?,
                letter => vec![(u32::from(letter), u32::from(letter))],
            };
            first = false;
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|end| end != ']');
            let single = matches!(letter.as_slice(), [(low, high)] if low == high);
            if is_range && single {
                self.rest.next();
                let end = match self.rest.next()? {
                    '\\' => self.escape()?,
                    letter => vec![(u32::from(letter), u32::from(letter))],
                };
                match end.as_slice() {
                    [(high, same)] if high == same => class.push((letter[0].0, *high)),
                    _ => {
                        class.extend(letter);
                        class.push((u32::from('-'), u32::from('-')));
                        class.extend(end);
                    }
                }
            } else {
                class.extend(letter);
            }
        }
        Some(if negate { negated(class) } else { class })
    }

    /// An escape, after the backslash.
    fn escape(&mut self) -> Option<Class> {
        let range = |from: char, to: char| (u32::from(from), u32::from(to));
        let digits = || vec![range('0', '9')];
        let words = || {
            vec![
                range('0', '9'),
                range('A', 'Z'),
                range('a', 'z'),
                range('_', '_'),
            ]
        };
        let spaces = || vec![(9, 13), range(' ', ' '), (0xa0, 0xa0), (0x2000, 0x3000)];
        let one = |code: u32| vec![(code, code)];
        Some(match self.rest.next()? {
            'd' => digits(),
            'D' => negated(digits()),
            'w' => words(),
            'W' => negated(words()),
            's' => spaces(),
            'S' => negated(spaces()),
            'n' => one(10),
            'r' => one(13),
            't' => one(9),
            'f' => one(12),
            'v' => one(11),
            '0' => one(0),
            'x' => one(self.hexadecimal(2)?),
            'u' if self.rest.peek() != Some(&'{') => one(self.hexadecimal(4)?),
            // Unicode properties: any non-ASCII character, and any ASCII one that may match.
            'p' | 'P' | 'u' => {
                if self.skips('{') {
                    while self.rest.next()? != '}' {}
                } else {
                    self.rest.next();
                }
                vec![ANY]
            }
            letter => one(u32::from(letter)),
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let digits: String = self.rest.by_ref().take(digits).collect();
        u32::from_str_radix(&digits, 16).ok()
    }
}

/// `3`, `3,` and `3,5`.
fn counts(bounds: &str) -> Option<(u32, Option<u32>)> {
    match bounds.split_once(',') {
        None => bounds.parse().ok().map(|count| (count, Some(count))),
        Some((fewest, "")) => fewest.parse().ok().map(|fewest| (fewest, None)),
        Some((fewest, most)) => Some((fewest.parse().ok()?, Some(most.parse().ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_share_a_string_or_none() {
        let plain = "^[^:]+$";
        let queue = "^arn:aws:sqs:[a-z0-9-]*:[0-9]*:[^:/]+$";
        for (pattern, other, shared) in [
            ("^arn:aws:iam::\\d{12}:role/.+$", plain, false),
            ("^arn:aws:iam::\\d{12}:role/.+$", queue, false),
            ("^arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*$", queue, true),
            ("^(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()$", queue, true),
            ("arn:.*", plain, false),
            ("^[\\w+=,.@-]{1,64}$", queue, false),
            ("^[\\w+=,.@-]{1,64}$", plain, true),
            ("[\\w+=,.@-]+", queue, true),
            ("^(?!aws:)[a-z]+$", plain, true),
            ("^(a|b){2}$", "^bc$", false),
            ("^(a|b){2}$", "^ba$", true),
            ("^a{100,200}$", "^a+$", true),
            ("^$|^b", "^$", true),
            ("^[^\\]x]$", "^x$", false),
            ("^\\u0041$", "^A$", true),
            ("(unclosed", "^x$", true),
        ] {
            assert_eq!(intersects(pattern, other), shared, "{pattern} and {other}");
            assert_eq!(intersects(other, pattern), shared, "{other} and {pattern}");
        }
    }
}
