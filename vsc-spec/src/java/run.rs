//! Matches by backtracking.

use super::{Assertion, Expr, Greed, Pattern, Set};

/// The most steps before the match is left undecided.
const MOST_STEPS: u32 = 200_000;
/// The greatest depth of the recursion: each level takes some of the stack.
const DEEPEST: u32 = 500;

/// Whether the pattern matches the whole text.
pub(super) fn matches(pattern: &Pattern, text: &str) -> Option<bool> {
    let mut run = Run {
        text: text.chars().collect(),
        groups: vec![None; pattern.groups + 1],
        steps: 0,
        depth: 0,
        gave_up: false,
    };
    let end = run.text.len();
    let found = run.node(&pattern.root, 0, &mut |_, at| at == end);
    (!run.gave_up).then_some(found)
}

/// The continuation of a part: whether the rest matches from an index on.
type Next<'a> = dyn FnMut(&mut Run, usize) -> bool + 'a;

struct Run {
    text: Vec<char>,
    groups: Vec<Option<(usize, usize)>>,
    steps: u32,
    depth: u32,
    gave_up: bool,
}

impl Run {
    fn node(&mut self, node: &Expr, at: usize, next: &mut Next<'_>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST {
            self.gave_up = true;
        }
        if self.gave_up {
            return false;
        }
        self.depth += 1;
        let found = self.part(node, at, next);
        self.depth -= 1;
        found
    }

    fn part(&mut self, node: &Expr, at: usize, next: &mut Next<'_>) -> bool {
        match node {
            Expr::One(set) => self.is_one(set, at) && next(self, at + 1),
            Expr::Sequence(nodes) => self.sequence(nodes, at, next),
            Expr::Choice(nodes) => nodes.iter().any(|node| self.node(node, at, next)),
            Expr::Repeat(node, least, most, greed) => match (node.as_ref(), greed) {
                (_, Greed::Possessive) => {
                    let all = Expr::Repeat(node.clone(), *least, *most, Greed::Greedy);
                    self.atomic(&all, at, next)
                }
                (Expr::One(set), _) => self.letters(set, (*least, *most), *greed, at, next),
                (node, _) => self.again(node, (*least, *most), *greed, at, next),
            },
            Expr::Group(number, node) => {
                let before = self.groups[*number];
                let found = self.node(node, at, &mut |run, end| {
                    let inner = run.groups[*number];
                    run.groups[*number] = Some((at, end));
                    let found = next(run, end);
                    if !found {
                        run.groups[*number] = inner;
                    }
                    found
                });
                if !found {
                    self.groups[*number] = before;
                }
                found
            }
            Expr::Atomic(node) => self.atomic(node, at, next),
            Expr::Look {
                is_behind,
                negative,
                node,
            } => {
                let groups = self.groups.clone();
                let found = if *is_behind {
                    (0..=at)
                        .rev()
                        .any(|from| self.node(node, from, &mut |_, end| end == at))
                } else {
                    self.node(node, at, &mut |_, _| true)
                };
                if found == *negative {
                    self.groups = groups;
                    return false;
                }
                next(self, at)
            }
            Expr::Back(number, any_case) => {
                let Some((from, to)) = self.groups[*number] else {
                    return false;
                };
                let end = at + to - from;
                let same = |one: &char, other: &char| {
                    one == other || (*any_case && one.eq_ignore_ascii_case(other))
                };
                let is_there = self.text.get(at..end).is_some_and(|there| {
                    let known = &self.text[from..to];
                    there.iter().zip(known).all(|(one, other)| same(one, other))
                });
                is_there && next(self, end)
            }
            Expr::Assertion(assertion) => self.is_assertion(*assertion, at) && next(self, at),
        }
    }

    fn is_one(&self, set: &Set, at: usize) -> bool {
        self.text.get(at).is_some_and(|letter| set.has(*letter))
    }

    fn sequence(&mut self, nodes: &[Expr], at: usize, next: &mut Next<'_>) -> bool {
        match nodes.split_first() {
            None => next(self, at),
            Some((first, rest)) => {
                self.node(first, at, &mut |run, at| run.sequence(rest, at, next))
            }
        }
    }

    fn atomic(&mut self, node: &Expr, at: usize, next: &mut Next<'_>) -> bool {
        let mut end = None;
        let found = self.node(node, at, &mut |_, at| {
            end = Some(at);
            true
        });
        found && end.is_some_and(|end| next(self, end))
    }

    /// A repeated set of characters, without recursion for each.
    fn letters(
        &mut self,
        set: &Set,
        (least, most): (u32, Option<u32>),
        greed: Greed,
        at: usize,
        next: &mut Next<'_>,
    ) -> bool {
        let (least, most) = (
            least as usize,
            most.map_or(usize::MAX, |most| most as usize),
        );
        let there = (at..self.text.len()).take(most);
        let count = there.take_while(|at| self.is_one(set, *at)).count();
        if count < least {
            return false;
        }
        let mut attempt = |count: usize| {
            self.steps += 1;
            self.gave_up |= self.steps > MOST_STEPS;
            !self.gave_up && next(self, at + count)
        };
        if greed == Greed::Lazy {
            (least..=count).any(&mut attempt)
        } else {
            (least..=count).rev().any(&mut attempt)
        }
    }

    fn again(
        &mut self,
        node: &Expr,
        (least, most): (u32, Option<u32>),
        greed: Greed,
        at: usize,
        next: &mut Next<'_>,
    ) -> bool {
        if most == Some(0) {
            return next(self, at);
        }
        if least == 0 && greed == Greed::Lazy && next(self, at) {
            return true;
        }
        let left = (least.saturating_sub(1), most.map(|most| most - 1));
        let found = self.node(node, at, &mut |run, end| {
            // An empty match would repeat forever.
            if end == at && least == 0 {
                return false;
            }
            run.again(node, left, greed, end, next)
        });
        found || (least == 0 && greed != Greed::Lazy && next(self, at))
    }

    fn is_assertion(&self, assertion: Assertion, at: usize) -> bool {
        let is_break = |letter: &char| "\n\r\u{85}\u{2028}\u{2029}".contains(*letter);
        let before = at.checked_sub(1).and_then(|at| self.text.get(at));
        let after = self.text.get(at);
        let splits = before == Some(&'\r') && after == Some(&'\n');
        let ends = after.is_none_or(is_break) && !splits;
        match assertion {
            Assertion::Start => before.is_none(),
            Assertion::LineStart => {
                before.is_none_or(is_break) && !splits && (at == 0 || after.is_some())
            }
            Assertion::End => after.is_none(),
            Assertion::LastLineEnd => {
                let rest = &self.text[at..];
                ends && (rest.len() <= 1 || rest == ['\r', '\n'])
            }
            Assertion::LineEnd => ends,
            Assertion::Boundary => is_word(before) != is_word(after),
            Assertion::NoBoundary => is_word(before) == is_word(after),
        }
    }
}

fn is_word(letter: Option<&char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric() || *letter == '_')
}
