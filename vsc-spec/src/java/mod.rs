//! Regular expressions of Java, with which CloudFormation matches `AllowedPattern`: `java.util.regex.Pattern`
//! of the Java SE API. They differ from those of ECMA 262 in more than they share: classes within classes,
//! `&&`, `\Q…\E`, `\A`, `\z`, `\h`, possessive quantifiers, inline flags, POSIX classes.

mod parse;
mod run;
mod set;

use set::Set;

/// A pattern that Java compiles.
#[derive(Clone, Debug)]
pub struct Pattern {
    root: Expr,
    groups: usize,
    /// Whether it has syntax that is unknown here, or differs between versions of Java.
    undecided: bool,
}

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    ///
    /// When Java does not compile it, with the reason.
    pub fn new(pattern: &str) -> Result<Self, String> {
        parse::pattern(pattern)
    }

    /// Whether the pattern matches the whole text; `None` if that cannot be decided here.
    pub fn matches(&self, text: &str) -> Option<bool> {
        if self.undecided {
            return None;
        }
        run::matches(self, text)
    }
}

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Expr {
    /// One character.
    One(Set),
    /// Parts in sequence.
    Sequence(Vec<Expr>),
    /// Alternatives; the first that leads to a match.
    Choice(Vec<Expr>),
    /// A repeated part.
    Repeat(Box<Expr>, u32, Option<u32>, Greed),
    /// A capturing group.
    Group(usize, Box<Expr>),
    /// An atomic group.
    Atomic(Box<Expr>),
    /// A lookahead or lookbehind.
    Look {
        is_behind: bool,
        negative: bool,
        node: Box<Expr>,
    },
    /// A back reference, which may ignore case.
    Back(usize, bool),
    /// An assertion.
    Assertion(Assertion),
}

/// How a part is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// A zero-width assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Assertion {
    /// The start of the text.
    Start,
    /// The start of a line.
    LineStart,
    /// The end of the text.
    End,
    /// The end of the text, or before the line break there.
    LastLineEnd,
    /// The end of a line.
    LineEnd,
    /// A word boundary.
    Boundary,
    /// Not a word boundary.
    NoBoundary,
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn matches(pattern: &str, text: &str) -> Option<bool> {
        match Pattern::new(pattern) {
            Ok(pattern) => pattern.matches(text),
            Err(error) => panic!("{pattern}: {error}"),
        }
    }

    #[test]
    fn matches_of_java_are_matches() {
        for (pattern, texts) in [
            (r"\A[a-z]+\z", ["abc", "z"]),
            (r"\A[a-z]+\Z", ["abc", "z"]),
            (r"[a-z&&[^bc]]+", ["ad", "xyz"]),
            (r"[a-z&&[def]]", ["d", "f"]),
            (r"[a-d[m-p]]+", ["am", "dp"]),
            (r"[a-z[0-9]]+", ["ad9", "0"]),
            (r"\Qa.b\E", ["a.b", "a.b"]),
            (r"\Q[x]\E+", ["[x]", "[x]]"]),
            (r"x\Q*", ["x*", "x*"]),
            (r"\p{Alpha}\p{Alnum}*", ["abc1", "Z"]),
            (r"\p{Punct}\P{Punct}", ["!a", "_b"]),
            (r"\h*abc\v?", [" abc", "\t\u{a0}abc\n"]),
            (r"a++b", ["ab", "aaab"]),
            (r"(?>ab|a)c", ["abc", "ac"]),
            (r"(?i)abc", ["ABC", "aBc"]),
            (r"a(?i:b)c", ["aBc", "abc"]),
            (r"(?i)a(?-i)b", ["Ab", "ab"]),
            (r"(?s).+", ["a\nb", "x"]),
            (r"(?m)^a$\n^b$", ["a\nb", "a\nb"]),
            (r"(?<year>\d{4})-\k<year>", ["2024-2024", "1999-1999"]),
            (r"(a|b)\1", ["aa", "bb"]),
            (r"(?=.*\d)(?=.*[a-z]).{4,8}", ["abc1", "1abcd"]),
            (r"(?!aws)[a-z]+", ["abc", "aw"]),
            (r".*(?<!-)", ["a-b", "x"]),
            (r".*(?<=ab)", ["xab", "ab"]),
            (r"[\w.-]+@[\w-]+\.[a-z]{2,}", ["a.b@c.de", "x@y.zz"]),
            (r"[]a]+", ["]a", "]"]),
            (r"[^]a]+", ["xyz", "-"]),
            (r"[+\-*/]", ["-", "*"]),
            (r"[\x41-\x43\u0044]+", ["ABCD", "D"]),
            (r"\x{1f916}\0101\cA?", ["\u{1f916}A", "\u{1f916}A\u{1}"]),
            (r"a{2}|b{1,}|c{0,1}", ["aa", "bbb"]),
            (
                r"^(?:\d{1,3}\.){3}\d{1,3}$",
                ["10.0.0.1", "255.255.255.255"],
            ),
            (r"\S+\s\D\W\d", ["ab x-1", "- y!2"]),
            (r"\p{L}+\p{Lu}\pN", ["éÉ1", "aB2"]),
            (r"\p{IsLatin}+", ["abc", "é"]),
            (r"\bab\b", ["ab", "ab"]),
            (r"\R?}", ["\r\n}", "}"]),
            (r"(?:a*?)(?:b+?)", ["ab", "b"]),
            (r"(a?)*b", ["aab", "b"]),
            (r"", ["", ""]),
            (r"a|", ["a", ""]),
            (r"[[:alpha:]]", ["a", ":"]),
            (r"(?u)(?i)é", ["É", "é"]),
            (r"\.\_\-\/\@\ ", ["._-/@ ", "._-/@ "]),
        ] {
            for text in texts {
                assert_eq!(matches(pattern, text), Some(true), "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn the_whole_text_must_match() {
        for (pattern, text) in [
            ("[a-z]+", "abc1"),
            ("[a-z]+", "1abc"),
            ("[a-z]+$", "abc\n"),
            (r"[a-z&&[^bc]]+", "ab"),
            (r"\Qa.b\E", "axb"),
            (r"a++a", "aaa"),
            (r"(?>a|ab)c", "abc"),
            (r"\p{Alpha}", "é"),
            (r"\w", "é"),
            ("(?i)é", "É"),
            ("abc", "ABC"),
            (".", "\n"),
            ("(?=a)b", "b"),
            (r".*(?<!-)", "a-"),
            ("a{2,3}", "aaaa"),
            ("", "a"),
            (r"(a|b)\1", "ab"),
            ("[^a-z]", "b"),
            (r"\h", "\n"),
        ] {
            assert_eq!(matches(pattern, text), Some(false), "{pattern} {text:?}");
        }
    }

    #[test]
    fn invalid_patterns_are_errors() {
        for pattern in [
            "^abc|def)$",
            "[a-z",
            "(abc",
            "(?:a",
            "*a",
            "+",
            "?a",
            "a**",
            "a+?+",
            "[z-a]",
            "a{2,1}",
            "{",
            "a{",
            "a{x}",
            "a{,3}",
            "a{1",
            "[]",
            "[^]",
            "[a&&[b]",
            r"\y",
            r"\i",
            r"a\",
            r"[\j]",
            r"\xg1",
            r"\u00g1",
            r"\08",
            r"\p{Alpha",
            "(?P<name>a)",
            "(?<1a>b)",
            "(?<a>b)(?<a>c)",
            "(?z)a",
            r"\k<none>",
            "(?'a'b)",
            "(?#note)",
            "((a)",
            "a)",
        ] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn undecidable_matches_are_none() {
        for pattern in [
            r"\X",
            "(?x)a b",
            r"[^a&&b]",
            r"\N{DIGIT ONE}",
            r"\p{InGreek}",
            r"\1(a)",
        ] {
            assert_eq!(matches(pattern, "a"), None, "{pattern}");
        }
        let text = "a".repeat(40);
        assert_eq!(matches("(a+)+b", &text), None, "it would take forever");
        assert_eq!(matches("(?:ab)*", &"ab".repeat(2_000)), None);
        assert_eq!(matches("[a-z]*[a-z]", &"a".repeat(4_096)), Some(true));
    }
}
