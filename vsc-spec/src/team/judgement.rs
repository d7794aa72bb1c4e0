//! What is wrong with a declaration, as it is found.

use super::place::{Place, Refusal};
use crate::const_finding::ConstFinding;
use crate::finding::Finding;

/// How many refusals are told at once.
const TOLD: usize = 64;

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

    /// Stops const evaluation with a refusal of a part, if it is refused: with the first of them
    /// for 0, with the second for 1, and so on.
    ///
    /// # Panics
    ///
    /// That is what it is for: the macro calls it while the crate is compiled, and the panic
    /// becomes a compile error at the caller.
    #[track_caller]
    pub const fn admit(&self, place: Place, nth: usize) {
        self.admit_if(place, false, nth);
    }

    /// As [`Judgement::admit`], for a part and all that is in it.
    ///
    /// # Panics
    ///
    /// As [`Judgement::admit`] does.
    #[track_caller]
    pub const fn admit_within(&self, place: Place, nth: usize) {
        self.admit_if(place, true, nth);
    }

    #[track_caller]
    const fn admit_if(&self, place: Place, within: bool, nth: usize) {
        let (mut at, mut found) = (0, 0);
        while at < self.count && at < TOLD {
            if let Some((refused, finding)) = &self.refusals[at]
                && (refused.is(place) || (within && refused.is_within(place)))
            {
                assert!(found != nth, "{}", finding.as_str());
                found += 1;
            }
            at += 1;
        }
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
            finding: Finding::new(format!("there are {more} more mistakes like these")),
        })
    }
}
