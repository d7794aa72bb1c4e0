//! What is looked at, and what is found.

use std::fmt::Write as _;

use vsc_spec::{Finding, Json, Object};

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
    Doubtful(Finding),
    /// A deployment will fail.
    Bad(Finding),
    /// It could not be looked at, and why.
    Skipped(String),
}

impl Check {
    pub(super) fn good(subject: &'static str, what: impl Into<String>) -> Self {
        let outcome = Outcome::Good(what.into());
        Self { subject, outcome }
    }

    pub(super) fn doubtful(subject: &'static str, finding: Finding) -> Self {
        let outcome = Outcome::Doubtful(finding);
        Self { subject, outcome }
    }

    pub(super) fn bad(subject: &'static str, finding: Finding) -> Self {
        let outcome = Outcome::Bad(finding);
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
        let (mark, finding) = match &self.outcome {
            Outcome::Good(what) => {
                return format!(
                    "{GOOD}✓{GOOD:#} {NAME}{:<15}{NAME:#} {what}\n",
                    self.subject
                );
            }
            Outcome::Skipped(why) => {
                return format!("{DIM}– {:<15} {why}{DIM:#}\n", self.subject);
            }
            Outcome::Doubtful(finding) => (format!("{WARNING}!{WARNING:#}"), finding),
            Outcome::Bad(finding) => (format!("{ERROR}✗{ERROR:#}"), finding),
        };
        let mut text = format!(
            "{mark} {NAME}{:<15}{NAME:#} {}\n",
            self.subject, finding.what
        );
        for line in finding.why.iter().flat_map(|why| why.lines()) {
            // Writing into a string cannot fail.
            _ = writeln!(text, "{:18}{line}", "");
        }
        if let Some(help) = &finding.help {
            _ = writeln!(text, "{:18}{HELP}= help:{HELP:#} {help}", "");
        }
        text
    }

    pub(super) fn to_json(&self) -> Json {
        let (outcome, what, finding) = match &self.outcome {
            Outcome::Good(what) => ("good", what, None),
            Outcome::Skipped(why) => ("skipped", why, None),
            Outcome::Doubtful(finding) => ("doubtful", &finding.what, Some(finding)),
            Outcome::Bad(finding) => ("bad", &finding.what, Some(finding)),
        };
        let part = |part: fn(&Finding) -> &Option<String>| part(finding?).clone();
        Json::Object(
            Object::new()
                .with("subject", self.subject)
                .with("outcome", outcome)
                .with("what", what.clone())
                .with_some("why", part(|finding| &finding.why))
                .with_some("help", part(|finding| &finding.help)),
        )
    }
}
