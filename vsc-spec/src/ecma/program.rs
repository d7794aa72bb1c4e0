//! Compiles patterns to steps.

use super::parse::Parsed;
use super::{Assertion, Expr};
use crate::characters::Characters;

/// The most steps of a program: counted groups are written out.
const LARGEST: usize = 100_000;

/// A step, after which the next one follows.
#[derive(Debug)]
pub(super) enum Step {
    /// Takes one of these characters.
    One(Characters),
    /// Takes between so many of these characters.
    Many(Characters, usize, usize),
    /// Checks an assertion.
    Assertion(Assertion),
    /// Goes on with the next step, or else with this one. The second number counts the forks.
    Fork(usize, usize),
    /// Goes on with this step.
    Jump(usize),
    /// Checks that the steps between match here, or do not, and goes on with the step `after`.
    Look { negative: bool, after: usize },
    /// The same for the text before, which has the least and the most characters.
    LookBehind {
        negative: bool,
        after: usize,
        least: usize,
        most: usize,
    },
    /// Begins or ends a group: its start is at twice its number, its end at one more.
    Bound(usize),
    /// Takes what a group has taken.
    Back(usize),
    /// The end.
    Done,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// The number of forks.
    pub(super) forks: usize,
    /// The number of bounds of groups; none if no step refers back.
    pub(super) bounds: usize,
}

impl Program {
    /// Compiles a pattern; `None` if it is too large, or if a repeated group may refer back: what a group
    /// has taken is not forgotten where it is repeated.
    pub(super) fn of(parsed: &Parsed) -> Option<Self> {
        let mut program = Self {
            steps: Vec::new(),
            forks: 0,
            bounds: if parsed.refers_back {
                2 * (parsed.groups + 1)
            } else {
                0
            },
        };
        program.add(&parsed.root)?;
        program.steps.push(Step::Done);
        Some(program)
    }

    fn add(&mut self, part: &Expr) -> Option<()> {
        if self.steps.len() > LARGEST {
            return None;
        }
        match part {
            Expr::One(characters) => self.steps.push(Step::One(characters.clone())),
            Expr::Sequence(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            Expr::Choice(parts) => self.choice(parts)?,
            Expr::Repeat(part, least, most) => self.repeat(part, *least, *most)?,
            Expr::Group(_, inner) if self.bounds == 0 => self.add(inner)?,
            Expr::Group(number, inner) => {
                self.steps.push(Step::Bound(2 * number));
                self.add(inner)?;
                self.steps.push(Step::Bound(2 * number + 1));
            }
            Expr::Look {
                is_behind,
                negative,
                inner,
            } => self.look(*is_behind, *negative, inner)?,
            Expr::Back(number) => self.steps.push(Step::Back(*number)),
            Expr::Assertion(assertion) => self.steps.push(Step::Assertion(*assertion)),
        }
        Some(())
    }

    fn choice(&mut self, parts: &[Expr]) -> Option<()> {
        let mut ends = Vec::new();
        let Some((last, others)) = parts.split_last() else {
            return Some(());
        };
        for part in others {
            let fork = self.fork();
            self.add(part)?;
            ends.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.lead(fork);
        }
        self.add(last)?;
        ends.into_iter().for_each(|end| self.lead(end));
        Some(())
    }

    fn repeat(&mut self, part: &Expr, least: usize, most: Option<usize>) -> Option<()> {
        if let Expr::One(characters) = part {
            let most = most.unwrap_or(usize::MAX);
            self.steps.push(Step::Many(characters.clone(), least, most));
            return Some(());
        }
        if self.bounds > 0 && (least, most) != (0, Some(1)) {
            return None;
        }
        for _ in 0..least {
            self.add(part)?;
        }
        match most {
            None => {
                let start = self.fork();
                self.add(part)?;
                self.steps.push(Step::Jump(start));
                self.lead(start);
            }
            Some(most) => {
                let mut forks = Vec::new();
                for _ in least..most {
                    forks.push(self.fork());
                    self.add(part)?;
                }
                forks.into_iter().for_each(|fork| self.lead(fork));
            }
        }
        Some(())
    }

    fn look(&mut self, is_behind: bool, negative: bool, inner: &Expr) -> Option<()> {
        let start = self.steps.len();
        self.steps.push(Step::Done);
        self.add(inner)?;
        self.steps.push(Step::Done);
        let after = self.steps.len();
        self.steps[start] = if is_behind {
            let (least, most) = inner.width();
            let most = most.unwrap_or(usize::MAX);
            Step::LookBehind {
                negative,
                after,
                least,
                most,
            }
        } else {
            Step::Look { negative, after }
        };
        Some(())
    }

    /// Adds a fork, whose other step is not known yet.
    fn fork(&mut self) -> usize {
        self.steps.push(Step::Fork(0, self.forks));
        self.forks += 1;
        self.steps.len() - 1
    }

    /// Lets a fork or a jump lead to the end of the steps so far.
    fn lead(&mut self, from: usize) {
        let end = self.steps.len();
        if let Some(Step::Fork(to, _) | Step::Jump(to)) = self.steps.get_mut(from) {
            *to = end;
        }
    }
}
