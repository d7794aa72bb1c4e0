//! What is wrong with a declaration, as it is found.

use super::place::{Place, Refusal};
use crate::const_finding::ConstFinding;
use crate::finding::Finding;

/// How many refusals are told at once.
const TOLD: usize = 64;

const MORE: &str = " more mistakes like these";

/// A part of a declaration whose errors are reported at its own span.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    /// The part.
    pub place: Place,
    /// Whether what is in it is reported there as well.
    pub within: bool,
    /// How many of its errors are reported.
    pub most: usize,
}

impl Reported {
    const fn holds(self, place: Place) -> bool {
        place.is(self.place) || (self.within && place.is_within(self.place))
    }
}

/// The refusals of a declaration, in the order in which they were found.
///
/// Const evaluation can make it: that is how constants are judged.
#[derive(Clone, Copy)]
pub struct Judgement {
    refusals: [Option<(Place, ConstFinding)>; TOLD],
    count: usize,
}

impl Judgement {
    // Const evaluation cannot put it anywhere else.
    #[allow(clippy::large_stack_arrays)]
    pub(super) const fn new() -> Self {
        Self {
            refusals: [None; TOLD],
            count: 0,
        }
    }

    pub(super) const fn refuse(&mut self, place: Place, finding: ConstFinding) {
        if self.count < TOLD {
            self.refusals[self.count] = Some((place, finding));
        }
        self.count += 1;
    }

    /// The value, or nothing after its refusal.
    pub(super) const fn take<T: Copy>(
        &mut self,
        place: Place,
        outcome: Result<T, ConstFinding>,
    ) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(finding) => {
                self.refuse(place, finding);
                None
            }
        }
    }

    /// How many refusals there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Stops const evaluation with an error of a part, if there is one: with the first of them for
    /// 0, with the second for 1, and so on.
    ///
    /// # Panics
    ///
    /// That is what it is for: the macro calls it while the crate is compiled, and the panic
    /// becomes a compile error at the caller.
    #[track_caller]
    pub const fn admit(&self, part: Reported, nth: usize) {
        let (mut at, mut found) = (0, 0);
        while at < self.count && at < TOLD {
            if let Some((place, finding)) = &self.refusals[at]
                && part.holds(*place)
            {
                assert!(found != nth, "{}", finding.as_str());
                found += 1;
            }
            at += 1;
        }
    }

    /// Stops const evaluation with any error that none of these parts reports: whatever rule finds
    /// it, and wherever it belongs, the crate does not compile.
    ///
    /// # Panics
    ///
    /// As [`Judgement::admit`] does.
    #[track_caller]
    pub const fn admit_rest(&self, parts: &[Reported]) {
        let mut more = self.count.saturating_sub(TOLD);
        let mut at = 0;
        while at < self.count && at < TOLD {
            if let Some((place, finding)) = &self.refusals[at] {
                let mut part = 0;
                while part < parts.len() && !parts[part].holds(*place) {
                    part += 1;
                }
                assert!(part < parts.len(), "{}", finding.as_str());
                if self.count_before(at, parts[part]) >= parts[part].most {
                    more += 1;
                }
            }
            at += 1;
        }
        if more > 0 {
            let rest = ConstFinding::new("there are ").count(more).text(MORE);
            panic!("{}", rest.as_str());
        }
    }

    /// How many errors of a part were found before another one.
    const fn count_before(&self, end: usize, part: Reported) -> usize {
        let (mut at, mut found) = (0, 0);
        while at < end {
            if let Some((place, _)) = &self.refusals[at]
                && part.holds(*place)
            {
                found += 1;
            }
            at += 1;
        }
        found
    }

    /// The refusals that are told.
    pub fn refusals(&self) -> impl Iterator<Item = Refusal> {
        let told = self.refusals.into_iter().flatten();
        told.map(|(place, finding)| Refusal {
            place,
            finding: finding.into(),
        })
    }

    /// How many more there are than those that are told, if there are any.
    pub fn rest(&self) -> Option<Refusal> {
        let more = self.count.saturating_sub(TOLD);
        (more > 0).then(|| Refusal {
            place: Place::Declaration,
            finding: Finding::new(format!("there are {more}{MORE}")),
        })
    }
}
