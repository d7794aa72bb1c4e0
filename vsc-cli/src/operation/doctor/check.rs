//! Checks and their outcomes.

use vsc_spec::Diagnostic;

/// A check and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// The subject: `Rust`, `hosted zone`.
    pub(crate) subject: &'static str,
    pub(crate) outcome: Outcome,
}

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong.
    Good(String),
    /// A deployment may fail, or works without.
    Doubtful(Diagnostic),
    /// A deployment will fail.
    Bad(Diagnostic),
    /// Not checked, and why.
    Skipped(String),
}

impl Check {
    pub(crate) fn good(subject: &'static str, message: impl Into<String>) -> Self {
        let outcome = Outcome::Good(message.into());
        Self { subject, outcome }
    }

    pub(crate) fn doubtful(subject: &'static str, diagnostic: Diagnostic) -> Self {
        let outcome = Outcome::Doubtful(diagnostic);
        Self { subject, outcome }
    }

    pub(crate) fn bad(subject: &'static str, diagnostic: Diagnostic) -> Self {
        let outcome = Outcome::Bad(diagnostic);
        Self { subject, outcome }
    }

    pub(crate) fn skipped(subject: &'static str, reason: impl Into<String>) -> Self {
        let outcome = Outcome::Skipped(reason.into());
        Self { subject, outcome }
    }

    pub(crate) fn is_bad(&self) -> bool {
        matches!(self.outcome, Outcome::Bad(_))
    }
}
