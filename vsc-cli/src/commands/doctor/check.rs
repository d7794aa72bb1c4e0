//! Checks and their outcomes.

use std::fmt::Write as _;

use vsc_spec::{Diagnostic, Json, Object};

use crate::terminal::style::{DIM, ERROR, GOOD, HELP, NAME, WARNING};

/// A check and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    /// The subject: `Rust`, `hosted zone`.
    pub(super) subject: &'static str,
    pub(super) outcome: Outcome,
}

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
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
    pub(super) fn good(subject: &'static str, message: impl Into<String>) -> Self {
        let outcome = Outcome::Good(message.into());
        Self { subject, outcome }
    }

    pub(super) fn doubtful(subject: &'static str, diagnostic: Diagnostic) -> Self {
        let outcome = Outcome::Doubtful(diagnostic);
        Self { subject, outcome }
    }

    pub(super) fn bad(subject: &'static str, diagnostic: Diagnostic) -> Self {
        let outcome = Outcome::Bad(diagnostic);
        Self { subject, outcome }
    }

    pub(super) fn skipped(subject: &'static str, reason: impl Into<String>) -> Self {
        let outcome = Outcome::Skipped(reason.into());
        Self { subject, outcome }
    }

    pub(super) fn is_bad(&self) -> bool {
        matches!(self.outcome, Outcome::Bad(_))
    }

    /// A line for the outcome, with note and help below it.
    pub(super) fn text(&self) -> String {
        let (mark, diagnostic) = match &self.outcome {
            Outcome::Good(message) => {
                return format!(
                    "{GOOD}✓{GOOD:#} {NAME}{:<15}{NAME:#} {message}\n",
                    self.subject
                );
            }
            Outcome::Skipped(reason) => {
                return format!("{DIM}– {:<15} {reason}{DIM:#}\n", self.subject);
            }
            Outcome::Doubtful(diagnostic) => (format!("{WARNING}!{WARNING:#}"), diagnostic),
            Outcome::Bad(diagnostic) => (format!("{ERROR}✗{ERROR:#}"), diagnostic),
        };
        let mut text = format!(
            "{mark} {NAME}{:<15}{NAME:#} {}\n",
            self.subject, diagnostic.message
        );
        for line in diagnostic.note.iter().flat_map(|note| note.lines()) {
            // Writing into a string cannot fail.
            _ = writeln!(text, "{:18}{line}", "");
        }
        if let Some(help) = &diagnostic.help {
            _ = writeln!(text, "{:18}{HELP}= help:{HELP:#} {help}", "");
        }
        text
    }

    pub(super) fn to_json(&self) -> Json {
        let (outcome, message, diagnostic) = match &self.outcome {
            Outcome::Good(message) => ("good", message, None),
            Outcome::Skipped(reason) => ("skipped", reason, None),
            Outcome::Doubtful(diagnostic) => ("doubtful", &diagnostic.message, Some(diagnostic)),
            Outcome::Bad(diagnostic) => ("bad", &diagnostic.message, Some(diagnostic)),
        };
        let part = |part: fn(&Diagnostic) -> &Option<String>| part(diagnostic?).clone();
        Json::Object(
            Object::new()
                .with("subject", self.subject)
                .with("outcome", outcome)
                .with("message", message.clone())
                .with_some("note", part(|diagnostic| &diagnostic.note))
                .with_some("help", part(|diagnostic| &diagnostic.help)),
        )
    }
}
