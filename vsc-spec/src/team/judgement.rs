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

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::super::key::Key;
    use super::super::user_key::UserField;
    use super::*;

    const USERS: Place = Place::Value(Key::Users);

    fn name(at: usize) -> Place {
        Place::User(at, UserField::Name)
    }

    /// Errors `error 0`, `error 1` and so on at these places.
    fn judgement(places: &[Place]) -> Judgement {
        let mut judgement = Judgement::new();
        for (at, place) in places.iter().enumerate() {
            judgement.refuse(*place, ConstFinding::new("error ").count(at));
        }
        judgement
    }

    /// The error with which const evaluation stops, if it does.
    fn error(stops: impl FnOnce()) -> Option<String> {
        let panic = catch_unwind(AssertUnwindSafe(stops)).err()?;
        panic.downcast_ref::<String>().cloned()
    }

    fn part(place: Place, within: bool, most: usize) -> Reported {
        Reported {
            place,
            within,
            most,
        }
    }

    #[test]
    fn each_error_of_a_part_is_reported_there() {
        let judgement = judgement(&[
            name(0),
            Place::Value(Key::Domain),
            USERS,
            name(1),
            Place::Value(Key::Memory),
        ]);
        for (part, expected) in [
            (part(USERS, true, 3), &["error 0", "error 2", "error 3"][..]),
            (part(USERS, false, 1), &["error 2"]),
            (part(name(1), true, 1), &["error 3"]),
            (part(Place::Value(Key::Memory), false, 1), &["error 4"]),
            (part(Place::Value(Key::Cpus), true, 1), &[]),
        ] {
            for nth in 0..4 {
                let message = error(|| judgement.admit(part, nth));
                let expected = expected.get(nth).map(ToString::to_string);
                assert_eq!(message, expected, "{part:?} {nth}");
            }
        }
    }

    #[test]
    fn an_error_that_no_part_reports_stops_const_evaluation_as_well() {
        let users = |most| part(USERS, true, most);
        let domain = part(Place::Value(Key::Domain), true, 1);
        let places = [USERS, name(0), Place::Value(Key::Domain), name(1)];
        let judgement = judgement(&places);
        let more = |count| Some(format!("there are {count} more mistakes like these"));
        for (parts, expected) in [
            (&[users(3), domain][..], None),
            (&[domain, users(4)], None),
            (&[], Some("error 0".to_owned())),
            (&[users(3)], Some("error 2".to_owned())),
            (&[domain], Some("error 0".to_owned())),
            (&[users(2), domain], more(1)),
            (&[users(1), domain], more(2)),
            (&[part(USERS, false, 9), domain], Some("error 1".to_owned())),
            // The first part that an error is of reports it.
            (&[part(USERS, false, 1), users(2), domain], more(1)),
        ] {
            let message = error(|| judgement.admit_rest(parts));
            assert_eq!(message, expected, "{parts:?}");
        }
        assert_eq!(error(|| Judgement::new().admit_rest(&[])), None);
    }

    #[test]
    fn so_many_are_told_and_the_rest_is_counted() {
        for (count, told, rest) in [
            (0, 0, 0),
            (63, 63, 0),
            (64, 64, 0),
            (65, 64, 1),
            (70, 64, 6),
        ] {
            let judgement = judgement(&vec![USERS; count]);
            assert_eq!(judgement.count(), count);
            assert_eq!(judgement.refusals().count(), told);
            let expected = (rest > 0).then(|| Refusal {
                place: Place::Declaration,
                finding: Finding::new(format!("there are {rest} more mistakes like these")),
            });
            assert_eq!(judgement.rest(), expected, "{count}");
            let all = part(USERS, true, 64);
            let message = error(|| judgement.admit_rest(&[all]));
            assert_eq!(message, expected.map(|error| error.finding.what), "{count}");
            assert_eq!(error(|| judgement.admit(all, 64)), None, "{count}");
            let last = told.checked_sub(1);
            let message = last.and_then(|last| error(|| judgement.admit(all, last)));
            assert_eq!(message, last.map(|last| format!("error {last}")));
        }
        let judgement = judgement(&[USERS; 70]);
        let message = error(|| judgement.admit_rest(&[part(USERS, true, 60)]));
        assert_eq!(
            message.as_deref(),
            Some("there are 10 more mistakes like these")
        );
    }

    #[test]
    fn what_passes_goes_on() {
        let mut judgement = Judgement::new();
        assert_eq!(judgement.take(USERS, Ok(3)), Some(3));
        assert_eq!(judgement.count(), 0);
        let refused: Option<u8> = judgement.take(USERS, Err(ConstFinding::new("no")));
        assert_eq!((refused, judgement.count()), (None, 1));
    }
}
