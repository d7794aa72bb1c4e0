//! What is looked at, and what is found.

use std::fmt::Write as _;

use vsc_spec::{Diagnostic, Json, Object};

use crate::terminal::style::{DIM, ERROR, GOOD, HELP, NAME, WARNING};

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    /// What it is about: `Rust`, `hosted zone`.
    pub(super) subject: &'static str,
    pub(super) outcome: Outcome,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is as it should be.
    Good(String),
    /// A deployment works without, or may fail.
    Doubtful(Diagnostic),
    /// A deployment will fail.
    Bad(Diagnostic),
    /// It could not be looked at, and why.
    Skipped(String),
}

impl Check {
    pub(super) fn good(subject: &'static str, what: impl Into<String>) -> Self {
        let outcome = Outcome::Good(what.into());
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

    pub(super) fn skipped(subject: &'static str, why: impl Into<String>) -> Self {
        let outcome = Outcome::Skipped(why.into());
        Self { subject, outcome }
    }

    pub(super) fn is_bad(&self) -> bool {
        matches!(self.outcome, Outcome::Bad(_))
    }

    /// In a line, with the reason and the remedy below it.
    pub(super) fn text(&self) -> String {
        let (mark, diagnostic) = match &self.outcome {
            Outcome::Good(what) => {
                return format!(
                    "{GOOD}✓{GOOD:#} {NAME}{:<15}{NAME:#} {what}\n",
                    self.subject
                );
            }
            Outcome::Skipped(why) => {
                return format!("{DIM}– {:<15} {why}{DIM:#}\n", self.subject);
            }
            Outcome::Doubtful(diagnostic) => (format!("{WARNING}!{WARNING:#}"), diagnostic),
            Outcome::Bad(diagnostic) => (format!("{ERROR}✗{ERROR:#}"), diagnostic),
        };
        let mut text = format!(
            "{mark} {NAME}{:<15}{NAME:#} {}\n",
            self.subject, diagnostic.message
        );
        for line in diagnostic.note.iter().flat_map(|why| why.lines()) {
            // Writing into a string cannot fail.
            _ = writeln!(text, "{:18}{line}", "");
        }
        if let Some(help) = &diagnostic.help {
            _ = writeln!(text, "{:18}{HELP}= help:{HELP:#} {help}", "");
        }
        text
    }

    pub(super) fn to_json(&self) -> Json {
        let (outcome, what, diagnostic) = match &self.outcome {
            Outcome::Good(what) => ("good", what, None),
            Outcome::Skipped(why) => ("skipped", why, None),
            Outcome::Doubtful(diagnostic) => ("doubtful", &diagnostic.message, Some(diagnostic)),
            Outcome::Bad(diagnostic) => ("bad", &diagnostic.message, Some(diagnostic)),
        };
        let part = |part: fn(&Diagnostic) -> &Option<String>| part(diagnostic?).clone();
        Json::Object(
            Object::new()
                .with("subject", self.subject)
                .with("outcome", outcome)
                .with("what", what.clone())
                .with_some("why", part(|diagnostic| &diagnostic.note))
                .with_some("help", part(|diagnostic| &diagnostic.help)),
        )
    }
}
