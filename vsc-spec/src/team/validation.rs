//! The errors of a declaration, as they are found.

use super::path::{DeclarationDiagnostic, DeclarationPath};
use crate::const_diagnostic::ConstDiagnostic;
use crate::diagnostic::Diagnostic;

/// The most errors that are reported at once.
const REPORTED: usize = 64;

const MORE: &str = " more errors like these";

/// A part of a declaration whose errors are reported at its own span.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    /// The part.
    pub path: DeclarationPath,
    /// Whether errors of its parts are reported there as well.
    pub within: bool,
    /// The most of its errors that are reported.
    pub most: usize,
}

impl Reported {
    const fn holds(self, path: DeclarationPath) -> bool {
        path.is(self.path) || (self.within && path.is_within(self.path))
    }
}

/// An error and its path.
type Found = Option<(DeclarationPath, ConstDiagnostic)>;

/// The errors of a declaration, in the order in which they were found.
///
/// Const evaluation can make one, which is how constants are checked.
#[derive(Clone, Copy)]
pub struct Validation<E: ?Sized = [Found]> {
    count: usize,
    /// The first errors, as many as there is room for.
    errors: E,
}

/// A validation that holds all errors that are reported.
pub type Reports = Validation<[Found; REPORTED]>;

impl Reports {
    // Const evaluation has no heap.
    #[allow(clippy::large_stack_arrays)]
    pub(super) const fn new() -> Self {
        Self {
            count: 0,
            errors: [None; REPORTED],
        }
    }
}

impl std::ops::Deref for Reports {
    type Target = Validation;

    fn deref(&self) -> &Validation {
        self
    }
}

impl Validation<[Found; 0]> {
    /// Counts the errors, in a few bytes instead of the many for all errors.
    pub(super) const fn counting() -> Self {
        Self {
            count: 0,
            errors: [],
        }
    }
}

impl Validation {
    pub(super) const fn reject(&mut self, path: DeclarationPath, diagnostic: ConstDiagnostic) {
        if self.count < self.errors.len() {
            self.errors[self.count] = Some((path, diagnostic));
        }
        self.count += 1;
    }

    /// The value, or `None` after its error is recorded.
    pub(super) const fn take<T: Copy>(
        &mut self,
        path: DeclarationPath,
        outcome: Result<T, ConstDiagnostic>,
    ) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.reject(path, diagnostic);
                None
            }
        }
    }

    /// The number of errors.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Stops const evaluation with an error of a part, if there is one: with the first of them for
    /// 0, with the second for 1, and so on.
    ///
    /// # Panics
    ///
    /// By design: the macro calls it while the crate is compiled, and the panic becomes a compile error
    /// at the caller.
    #[track_caller]
    pub const fn admit(&self, part: Reported, nth: usize) {
        let (mut at, mut found) = (0, 0);
        while at < self.count && at < self.errors.len() {
            if let Some((path, diagnostic)) = &self.errors[at]
                && part.holds(*path)
            {
                assert!(found != nth, "{}", diagnostic.as_str());
                found += 1;
            }
            at += 1;
        }
    }

    /// Stops const evaluation with any error that none of these parts reports: the crate does not compile,
    /// whatever the rule and the path.
    ///
    /// # Panics
    ///
    /// As [`Validation::admit`] does.
    #[track_caller]
    pub const fn admit_rest(&self, parts: &[Reported]) {
        let mut more = self.count.saturating_sub(self.errors.len());
        let mut at = 0;
        while at < self.count && at < self.errors.len() {
            if let Some((path, diagnostic)) = &self.errors[at] {
                let mut part = 0;
                while part < parts.len() && !parts[part].holds(*path) {
                    part += 1;
                }
                assert!(part < parts.len(), "{}", diagnostic.as_str());
                if self.count_before(at, parts[part]) >= parts[part].most {
                    more += 1;
                }
            }
            at += 1;
        }
        if more > 0 {
            let rest = ConstDiagnostic::new("there are ").count(more).text(MORE);
            panic!("{}", rest.as_str());
        }
    }

    /// The number of errors of a part that were found before another one.
    const fn count_before(&self, end: usize, part: Reported) -> usize {
        let (mut at, mut found) = (0, 0);
        while at < end {
            if let Some((path, _)) = &self.errors[at]
                && part.holds(*path)
            {
                found += 1;
            }
            at += 1;
        }
        found
    }

    /// The errors that are reported.
    pub fn errors(&self) -> impl Iterator<Item = DeclarationDiagnostic> {
        let reported = self.errors.iter().flatten();
        reported.map(|(path, diagnostic)| DeclarationDiagnostic {
            path: *path,
            diagnostic: (*diagnostic).into(),
        })
    }

    /// The number of errors beyond those that are reported, if any.
    pub fn rest(&self) -> Option<DeclarationDiagnostic> {
        let more = self.count.saturating_sub(self.errors.len());
        (more > 0).then(|| DeclarationDiagnostic {
            path: DeclarationPath::Declaration,
            diagnostic: Diagnostic::new(format!("there are {more}{MORE}")),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::super::key::Key;
    use super::super::user_key::UserField;
    use super::*;

    const USERS: DeclarationPath = DeclarationPath::Value(Key::Users);

    fn name(at: usize) -> DeclarationPath {
        DeclarationPath::User(at, UserField::Name)
    }

    /// Errors `error 0`, `error 1` and so on at these paths.
    fn validation(paths: &[DeclarationPath]) -> Reports {
        let mut validation = Reports::new();
        record(paths, &mut validation);
        validation
    }

    fn record(paths: &[DeclarationPath], validation: &mut Validation) {
        for (at, path) in paths.iter().enumerate() {
            validation.reject(*path, ConstDiagnostic::new("error ").count(at));
        }
    }

    /// The error with which const evaluation stops, if any.
    fn error(stops: impl FnOnce()) -> Option<String> {
        let panic = catch_unwind(AssertUnwindSafe(stops)).err()?;
        panic.downcast_ref::<String>().cloned()
    }

    fn part(path: DeclarationPath, within: bool, most: usize) -> Reported {
        Reported { path, within, most }
    }

    #[test]
    fn each_error_of_a_part_is_reported_there() {
        let validation = validation(&[
            name(0),
            DeclarationPath::Value(Key::Domain),
            USERS,
            name(1),
            DeclarationPath::Value(Key::Memory),
        ]);
        for (part, expected) in [
            (part(USERS, true, 3), &["error 0", "error 2", "error 3"][..]),
            (part(USERS, false, 1), &["error 2"]),
            (part(name(1), true, 1), &["error 3"]),
            (
                part(DeclarationPath::Value(Key::Memory), false, 1),
                &["error 4"],
            ),
            (part(DeclarationPath::Value(Key::Cpus), true, 1), &[]),
        ] {
            for nth in 0..4 {
                let message = error(|| validation.admit(part, nth));
                let expected = expected.get(nth).map(ToString::to_string);
                assert_eq!(message, expected, "{part:?} {nth}");
            }
        }
    }

    #[test]
    fn an_error_of_no_part_stops_const_evaluation() {
        let users = |most| part(USERS, true, most);
        let domain = part(DeclarationPath::Value(Key::Domain), true, 1);
        let paths = [USERS, name(0), DeclarationPath::Value(Key::Domain), name(1)];
        let validation = validation(&paths);
        let more = |count| Some(format!("there are {count} more errors like these"));
        for (parts, expected) in [
            (&[users(3), domain][..], None),
            (&[domain, users(4)], None),
            (&[], Some("error 0".to_owned())),
            (&[users(3)], Some("error 2".to_owned())),
            (&[domain], Some("error 0".to_owned())),
            (&[users(2), domain], more(1)),
            (&[users(1), domain], more(2)),
            (&[part(USERS, false, 9), domain], Some("error 1".to_owned())),
            // The first part that has an error reports it.
            (&[part(USERS, false, 1), users(2), domain], more(1)),
        ] {
            let message = error(|| validation.admit_rest(parts));
            assert_eq!(message, expected, "{parts:?}");
        }
        assert_eq!(error(|| Validation::new().admit_rest(&[])), None);
    }

    #[test]
    fn errors_beyond_the_limit_are_counted() {
        for (count, reported, rest) in [
            (0, 0, 0),
            (63, 63, 0),
            (64, 64, 0),
            (65, 64, 1),
            (70, 64, 6),
        ] {
            let validation = validation(&vec![USERS; count]);
            assert_eq!(validation.count(), count);
            assert_eq!(validation.errors().count(), reported);
            let expected = (rest > 0).then(|| DeclarationDiagnostic {
                path: DeclarationPath::Declaration,
                diagnostic: Diagnostic::new(format!("there are {rest} more errors like these")),
            });
            assert_eq!(validation.rest(), expected, "{count}");
            let all = part(USERS, true, 64);
            let message = error(|| validation.admit_rest(&[all]));
            assert_eq!(
                message,
                expected.map(|error| error.diagnostic.message),
                "{count}"
            );
            assert_eq!(error(|| validation.admit(all, 64)), None, "{count}");
            let last = reported.checked_sub(1);
            let message = last.and_then(|last| error(|| validation.admit(all, last)));
            assert_eq!(message, last.map(|last| format!("error {last}")));
        }
        let validation = validation(&[USERS; 70]);
        let message = error(|| validation.admit_rest(&[part(USERS, true, 60)]));
        assert_eq!(
            message.as_deref(),
            Some("there are 10 more errors like these")
        );
    }

    #[test]
    fn a_valid_value_passes() {
        let validation: &mut Validation = &mut Reports::new();
        assert_eq!(validation.take(USERS, Ok(3)), Some(3));
        assert_eq!(validation.count(), 0);
        let rejected: Option<u8> = validation.take(USERS, Err(ConstDiagnostic::new("no")));
        assert_eq!((rejected, validation.count()), (None, 1));
    }

    #[test]
    fn errors_are_counted_without_room_for_them() {
        for count in [0, 1, REPORTED, REPORTED + 3] {
            let paths: Vec<DeclarationPath> = (0..count).map(name).collect();
            let mut counting = Validation::counting();
            record(&paths, &mut counting);
            assert_eq!(counting.count, validation(&paths).count());
        }
    }
}
