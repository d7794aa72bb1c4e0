//! Matches by backtracking.
//!
//! A fork that was reached at a character before, and led nowhere, leads nowhere again: it is not followed
//! twice, so that no pattern takes forever. Only if a step refers back, it also depends on the groups.

use super::Assertion;
use super::program::{Program, Step};

/// Whether the pattern is found anywhere in the text.
pub(super) fn is_found(program: &Program, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut run = Run {
        program,
        text: &text,
        bounds: vec![None; program.bounds],
    };
    let mut seen = run.nothing_seen();
    let is_anchored = matches!(
        program.steps.first(),
        Some(Step::Assertion(Assertion::Start))
    );
    let last = if is_anchored { 0 } else { text.len() };
    (0..=last).any(|at| run.from(0, at, None, &mut seen))
}

struct Run<'a> {
    program: &'a Program,
    text: &'a [char],
    /// Where groups began and ended.
    bounds: Vec<Option<usize>>,
}

/// Where to go on if the steps so far lead nowhere.
enum Retry {
    /// With a step, at any of the characters between two, the last first.
    At {
        step: usize,
        first: usize,
        last: usize,
    },
    /// As before, but with the earlier bounds of groups.
    Bounds(Vec<Option<usize>>),
}

impl Run<'_> {
    /// A bit for each fork at each character.
    fn nothing_seen(&self) -> Vec<u64> {
        let bits = if self.bounds.is_empty() {
            self.program.forks * (self.text.len() + 1)
        } else {
            0
        };
        vec![0; bits.div_ceil(64)]
    }

    /// Whether a fork is reached at a character for the first time.
    fn is_new(&self, fork: usize, at: usize, seen: &mut [u64]) -> bool {
        let bit = fork * (self.text.len() + 1) + at;
        let Some(word) = seen.get_mut(bit / 64) else {
            return true;
        };
        let mask = 1 << (bit % 64);
        let is_new = *word & mask == 0;
        *word |= mask;
        is_new
    }

    /// Whether the steps match from a character on, and end at a given one.
    fn from(&mut self, step: usize, at: usize, end: Option<usize>, seen: &mut [u64]) -> bool {
        let mut retries = Vec::new();
        let mut current = Some((step, at));
        loop {
            while let Some((step, at)) = current {
                if matches!(self.program.steps.get(step), Some(Step::Done) | None) {
                    if end.is_none_or(|end| end == at) {
                        return true;
                    }
                    break;
                }
                current = self.step(step, at, &mut retries, seen);
            }
            current = loop {
                match retries.pop() {
                    None => return false,
                    Some(Retry::Bounds(bounds)) => self.bounds = bounds,
                    Some(Retry::At { step, first, last }) => {
                        if first < last {
                            let last = last - 1;
                            retries.push(Retry::At { step, first, last });
                        }
                        break Some((step, last));
                    }
                }
            };
        }
    }

    /// Takes a step; returns the next one, and the character at which it goes on.
    fn step(
        &mut self,
        step: usize,
        at: usize,
        retries: &mut Vec<Retry>,
        seen: &mut [u64],
    ) -> Option<(usize, usize)> {
        match self.program.steps.get(step)? {
            Step::One(characters) => {
                let letter = self.text.get(at)?;
                characters.has(*letter).then_some((step + 1, at + 1))
            }
            Step::Many(characters, least, most) => {
                let mut there = self.text.iter().skip(at).take(*most);
                let more = there.position(|letter| !characters.has(*letter));
                let count = more.unwrap_or((self.text.len() - at).min(*most));
                let last = at + count;
                if count < *least {
                    return None;
                }
                if count > *least {
                    retries.push(Retry::At {
                        step: step + 1,
                        first: at + least,
                        last: last - 1,
                    });
                }
                Some((step + 1, last))
            }
            Step::Assertion(assertion) => self.holds(*assertion, at).then_some((step + 1, at)),
            Step::Fork(other, fork) => {
                if !self.is_new(*fork, at, seen) {
                    return None;
                }
                retries.push(Retry::At {
                    step: *other,
                    first: at,
                    last: at,
                });
                Some((step + 1, at))
            }
            Step::Jump(to) => Some((*to, at)),
            Step::Look { negative, after } => self
                .look(step + 1, (at, at), None, *negative, retries)
                .then_some((*after, at)),
            Step::LookBehind {
                negative,
                after,
                least,
                most,
            } => {
                let starts = (at.saturating_sub(*most), at.checked_sub(*least));
                let is_there = match starts {
                    (first, Some(last)) => {
                        self.look(step + 1, (first, last), Some(at), *negative, retries)
                    }
                    _ => *negative,
                };
                is_there.then_some((*after, at))
            }
            Step::Bound(bound) => {
                retries.push(Retry::Bounds(self.bounds.clone()));
                *self.bounds.get_mut(*bound)? = Some(at);
                Some((step + 1, at))
            }
            Step::Back(number) => {
                let bound = |bound: usize| self.bounds.get(bound).copied().flatten();
                // A group that has taken nothing refers to nothing.
                let taken = match (bound(2 * number), bound(2 * number + 1)) {
                    (Some(start), Some(end)) if start <= end => self.text.get(start..end)?,
                    _ => &[],
                };
                let is_there = self.text.get(at..)?.starts_with(taken);
                is_there.then_some((step + 1, at + taken.len()))
            }
            Step::Done => None,
        }
    }

    /// Whether the steps match from any of the characters between two, or from none.
    fn look(
        &mut self,
        step: usize,
        (first, last): (usize, usize),
        end: Option<usize>,
        negative: bool,
        retries: &mut Vec<Retry>,
    ) -> bool {
        let before = self.bounds.clone();
        let mut seen = self.nothing_seen();
        let found = (first..=last)
            .rev()
            .any(|at| self.from(step, at, end, &mut seen));
        if negative {
            self.bounds = before;
        } else if !before.is_empty() {
            retries.push(Retry::Bounds(before));
        }
        found != negative
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let is_word = |at: Option<usize>| {
            let letter = at.and_then(|at| self.text.get(at));
            letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        };
        let is_boundary = || is_word(at.checked_sub(1)) != is_word(Some(at));
        match assertion {
            Assertion::Start => at == 0,
            Assertion::End => at == self.text.len(),
            Assertion::Boundary => is_boundary(),
            Assertion::NoBoundary => !is_boundary(),
        }
    }
}
