//! The engine against that of the crate regress, with all patterns of all schemas. Where half of a surrogate pair
//! stands alone, the crate drops an escape, so that no pattern here has one.

use std::collections::BTreeSet;

use regress::Regex;

use super::parse::{self, Parsed};
use super::{Expr, Pattern};
use crate::characters::Characters;
use crate::resource::{self, Keyword, Schema};

/// A pattern as the other engine compiles it.
fn other(pattern: &str) -> Option<Regex> {
    let has_properties = pattern.contains(r"\p") || pattern.contains(r"\P");
    let strict = has_properties.then(|| Regex::with_flags(pattern, "u").ok());
    strict.flatten().or_else(|| Regex::new(pattern).ok())
}

fn collect(schema: &Schema, patterns: &mut BTreeSet<String>) {
    for rule in &schema.rules {
        match rule {
            Keyword::Pattern(pattern) => {
                patterns.insert(pattern.clone());
            }
            Keyword::PatternProperties(members) => {
                for (pattern, schema) in members {
                    patterns.insert(pattern.clone());
                    collect(schema, patterns);
                }
            }
            Keyword::Properties(members) => {
                members
                    .iter()
                    .for_each(|(_, schema)| collect(schema, patterns));
            }
            Keyword::Additional(schema) | Keyword::Items(schema) | Keyword::Not(schema) => {
                collect(schema, patterns);
            }
            Keyword::PrefixItems(schemas)
            | Keyword::AllOf(schemas)
            | Keyword::AnyOf(schemas)
            | Keyword::OneOf(schemas) => {
                schemas.iter().for_each(|schema| collect(schema, patterns));
            }
            Keyword::IfThenElse(condition, then, otherwise) => {
                collect(condition, patterns);
                let branches = [then, otherwise].into_iter().flatten();
                branches.for_each(|schema| collect(schema, patterns));
            }
            _ => {}
        }
    }
}

/// Every pattern of the packed schemas, once.
fn patterns() -> BTreeSet<String> {
    let mut patterns = BTreeSet::new();
    for name in resource::names() {
        let known = resource::find(name).expect("what is listed is found");
        let constraints = known.constraints.iter();
        let schemas = constraints.chain(&known.definitions);
        schemas.for_each(|schema| collect(schema, &mut patterns));
        collect(&known.properties, &mut patterns);
    }
    patterns
}

/// Numbers that look random, the same in every run: xorshift.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    fn letter(&mut self, characters: &Characters) -> Option<char> {
        let ranges = characters.clone().into_ranges();
        // Mostly the first ranges, which are ASCII.
        let limit = if self.below(4) == 0 { ranges.len() } else { 4 };
        let (first, last) = ranges.get(self.below(limit.min(ranges.len())))?;
        let count = (last - first).saturating_add(1).min(0x1_0000) as usize;
        let offset = u32::try_from(self.below(count)).unwrap_or_default();
        char::from_u32(first + offset)
    }

    /// A text that the part matches, but for lookarounds.
    fn text(&mut self, part: &Expr, text: &mut String) {
        match part {
            Expr::One(characters) => text.extend(self.letter(characters)),
            Expr::Sequence(parts) => parts.iter().for_each(|part| self.text(part, text)),
            Expr::Choice(parts) => {
                if let Some(part) = parts.get(self.below(parts.len())) {
                    self.text(part, text);
                }
            }
            Expr::Repeat(part, least, most) => {
                let more = match self.below(12) {
                    0 => 40,
                    more => more % 4,
                };
                let most = most.unwrap_or(usize::MAX).min(least + more);
                // Nested counts would multiply.
                let times = if text.len() > 400 { *least } else { most };
                (0..times.min(3_000)).for_each(|_| self.text(part, text));
            }
            Expr::Group(_, inner) => self.text(inner, text),
            Expr::Look { .. } | Expr::Back(_) | Expr::Assertion(_) => {}
        }
    }

    /// The text with one character more, less or changed.
    fn changed(&mut self, text: &str) -> String {
        const POOL: [char; 24] = [
            'a', 'Z', '0', '9', '-', '_', '.', ':', '/', ' ', '\n', '\t', '*', '$', '{', '}', '@',
            '+', 'é', 'ß', '中', '\u{301}', '\u{2028}', '😀',
        ];
        let mut letters: Vec<char> = text.chars().collect();
        let at = self.below(letters.len() + 1);
        let letter = POOL[self.below(POOL.len())];
        match self.below(4) {
            0 => letters.insert(at, letter),
            1 if at < letters.len() => letters[at] = letter,
            2 if at < letters.len() => drop(letters.remove(at)),
            3 => letters.push(letter),
            _ => letters.truncate(at),
        }
        letters.into_iter().collect()
    }
}

/// Whether a repetition contains another one.
fn is_nested(part: &Expr, depth: usize) -> bool {
    match part {
        Expr::One(_) | Expr::Back(_) | Expr::Assertion(_) => depth > 1,
        Expr::Sequence(parts) | Expr::Choice(parts) => {
            parts.iter().any(|part| is_nested(part, depth))
        }
        Expr::Repeat(inner, least, most) => {
            let varies = *most != Some(*least) && *most != Some(1);
            is_nested(inner, depth + usize::from(varies))
        }
        Expr::Group(_, inner) | Expr::Look { inner, .. } => is_nested(inner, depth),
    }
}

/// The tree that [`Pattern::new`] compiles.
fn tree(pattern: &str) -> Option<Parsed> {
    let has_properties = pattern.contains(r"\p") || pattern.contains(r"\P");
    let strict = has_properties.then(|| parse::pattern(pattern, true));
    strict.flatten().or_else(|| parse::pattern(pattern, false))
}

#[test]
fn patterns_of_all_schemas_have_the_same_verdicts() {
    let patterns = patterns();
    assert!(patterns.len() > 3_000, "{} patterns", patterns.len());
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut found, mut missing) = (0, 0);
    let mut never = Vec::new();
    for pattern in &patterns {
        let ours = Pattern::new(pattern).unwrap_or_else(|| panic!("it is compiled: {pattern}"));
        let theirs = other(pattern).expect("it is valid");
        let tree = tree(pattern).expect("it is parsed");
        let mut both = [false; 2];
        let is_nested = is_nested(&tree.root, 0);
        let mut check = |text: &str| {
            let is_found = ours.is_found(text);
            both[usize::from(is_found)] = true;
            // Where repetitions are nested, the other engine tries every way to divide the text, which
            // takes hours for some patterns of AWS.
            if is_nested && text.len() > 24 {
                return;
            }
            assert_eq!(is_found, theirs.find(text).is_some(), "{pattern} {text:?}");
            *(if is_found { &mut found } else { &mut missing }) += 1;
        };
        for text in ["", "\n", "a", "é", "arn:aws:iam::123456789012:role/x"] {
            check(text);
        }
        for _ in 0..8 {
            let mut text = String::new();
            numbers.text(&tree.root, &mut text);
            check(&text);
            for _ in 0..3 {
                text = numbers.changed(&text);
                check(&text);
            }
        }
        if !both[1] {
            never.push(pattern);
        }
    }
    assert!(found > 20_000 && missing > 20_000, "{found}, {missing}");
    // Those whose lookaheads a blind text does not meet.
    assert!(never.len() < 20, "{never:?}");
}

#[test]
fn syntax_is_accepted_as_by_the_other_engine() {
    for pattern in [
        "a{2}",
        "a{2,}",
        "a{2,3}",
        "a{3,2}",
        "a{,3}",
        "a{",
        "{",
        "{2}",
        "}",
        "]",
        "a{2",
        "a**",
        "a+?",
        "a??",
        "a{2}?",
        "*a",
        "^*",
        "$+",
        r"\b+",
        "(?=a)*",
        "(?!a)?",
        "(?<=a)*",
        "(?<!a)b",
        "(?:a",
        "(a",
        "a)",
        "()",
        "(?:)*",
        "(a|)+b",
        "[]",
        "[^]",
        "[a",
        "[]a]",
        "[z-a]",
        "[a-]",
        "[-a]",
        r"[\w-z]",
        r"[a-\d]",
        r"[\b]",
        r"[\-]",
        r"\-",
        r"\_",
        r"\/",
        r"\x4",
        r"\x41",
        r"\u004",
        r"\u0041",
        r"\u{41}",
        r"\u{110000}",
        r"\0",
        r"(a)\1",
        r"\p{L}",
        r"\p{Letters}",
        r"\p{L",
        r"\p{L}\-",
        r"\p{L}[\-]",
        r"\P{L}{",
        r"\p{L}{2}",
        r"\p{L}]",
        r"[\p{L}-z]",
        r"[^\p{L}]",
        r"(?=\p{L})*",
        "a\\",
        r"\p",
        "(?a)",
        "a|*",
        "x{99999999999999999999}",
    ] {
        let is_ours = Pattern::new(pattern).is_some();
        assert_eq!(is_ours, other(pattern).is_some(), "{pattern}");
    }
}

#[test]
fn matches_are_those_of_the_other_engine() {
    let texts = [
        "", "a", "aa", "aaa", "ab", "abab", "ba", "b", "A", "-", "_", "]", "\\", "é", "\n", "a\n",
        " ", "\u{2028}", "\u{feff}", "u004", "p{L}", "x4", "{", "a{", "a{,3}", "\u{8}", "z", "0",
        "\0", "aXa", "中文", "a-b_c", "aaab", "😀",
    ];
    for pattern in [
        "^a*$",
        "^(a|b)*$",
        "^(a|b)+?$",
        "(a*)*b",
        "^(?:a?){3}$",
        "^a{2,3}$",
        "^(ab){2}$",
        "^(ab){0}$",
        "^(ab)?$",
        "a(?=b)",
        "a(?!b)",
        "(?<=a)b",
        "(?<!a)b",
        "(?<=a|ba)b",
        "(?<=(a*))b",
        "^.$",
        r"^\S$",
        r"^\s$",
        r"^\W$",
        r"^\w+$",
        r"^\D$",
        r"\bb",
        r"\Bb",
        "^[]$",
        "^[^]$",
        r"^[\w-z]$",
        r"^[^\d]$",
        r"^[\b]$",
        r"^\uD83D\uDE00$",
        r"^[\uD83D\uDE00]$",
        r"\u004",
        r"\x4",
        "a{",
        "a{,3}",
        r"^(a)\1$",
        r"^(a|b)\1?$",
        r"^(?:(a)|b)?\1$",
        r"^(?=(a+))\1b",
        r"^(?!(a+)b)\1a",
        r"^\1(a)$",
        r"^\p{L}$",
        r"^\P{L}$",
        r"\p{L}\-",
        r"^[\p{L}\-_]+$",
        r"^\0$",
        "^$",
        "$^",
        "b|^$",
        "(?=a)*b",
        "x?",
        "^(a+)+$",
        "[^a]b",
        r"^[^\x00-\x7f]+$",
    ] {
        let ours = Pattern::new(pattern).unwrap_or_else(|| panic!("it is compiled: {pattern}"));
        let theirs = other(pattern).expect("it is valid");
        for text in texts {
            let is_found = theirs.find(text).is_some();
            assert_eq!(ours.is_found(text), is_found, "{pattern} {text:?}");
        }
    }
}

/// Backtracking alone would take forever.
#[test]
fn no_pattern_takes_forever() {
    let text = "a".repeat(5_000);
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(a*)*b", "(a?a?)*c", "^(?=(a+)+$)a"] {
        let pattern = Pattern::new(pattern).expect("it is valid");
        pattern.is_found(&format!("{text}!"));
    }
}

#[test]
fn what_is_not_supported_is_not_compiled() {
    for pattern in [
        "(?<name>a)",
        r"(?<a>b)\k<a>",
        "(?i:a)",
        r"\c",
        r"\12",
        r"((a)*)\2",
        "(?:(?:a{999}b){999}c){999}",
    ] {
        assert!(Pattern::new(pattern).is_none(), "{pattern}");
    }
    let deep = format!("{}a{}", "(".repeat(300), ")".repeat(300));
    assert!(Pattern::new(&deep).is_none());
}
