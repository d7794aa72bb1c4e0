//! Sets of characters.

/// A range of code points, inclusive.
pub(crate) type Range = (u32, u32);

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Characters {
    /// Those of ASCII, a bit each: most characters of a template.
    ascii: u128,
    /// All of them, sorted, with a gap between any two.
    ranges: Vec<Range>,
}

impl Characters {
    /// The characters of ranges in any order.
    pub(crate) fn new(mut ranges: Vec<Range>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<Range> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        let mut ascii = 0;
        for (first, last) in &joined {
            for code in *first..128.min(last.saturating_add(1)) {
                ascii |= 1 << code;
            }
        }
        Self {
            ascii,
            ranges: joined,
        }
    }

    /// All other characters.
    pub(crate) fn negated(self) -> Self {
        let mut next = 0;
        let mut others = Vec::with_capacity(self.ranges.len() + 1);
        for (first, last) in self.ranges {
            if first > next {
                others.push((next, first - 1));
            }
            next = last.saturating_add(1);
        }
        if next <= u32::from(char::MAX) {
            others.push((next, u32::from(char::MAX)));
        }
        Self::new(others)
    }

    /// The ranges, sorted.
    pub(crate) fn into_ranges(self) -> Vec<Range> {
        self.ranges
    }

    /// Whether the character is in the set.
    pub(crate) fn has(&self, letter: char) -> bool {
        let code = u32::from(letter);
        if code < 128 {
            return self.ascii >> code & 1 == 1;
        }
        let after = self.ranges.partition_point(|(first, _)| *first <= code);
        let range = after.checked_sub(1).and_then(|at| self.ranges.get(at));
        range.is_some_and(|(_, last)| code <= *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_joined_and_negated() {
        let letters = Characters::new(vec![(0x3b1, 0x3c9), (97, 99), (98, 122), (123, 125)]);
        assert_eq!(letters.ranges, [(97, 125), (0x3b1, 0x3c9)]);
        for (letter, is_in) in [('a', true), ('`', false), ('}', true), ('~', false)] {
            assert_eq!(letters.has(letter), is_in, "{letter}");
        }
        for (letter, is_in) in [('α', true), ('ω', true), ('ΰ', false), ('ϊ', false)] {
            assert_eq!(letters.has(letter), is_in, "{letter}");
        }
        let others = letters.clone().negated();
        for letter in ['\0', 'a', '`', '}', '~', 'ΰ', 'α', char::MAX] {
            assert_ne!(others.has(letter), letters.has(letter), "{letter}");
        }
        assert_eq!(others.negated(), letters);
    }
}
