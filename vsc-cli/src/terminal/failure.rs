//! Failures on the terminal, and for scripts.

use std::fmt::Write as _;

use vsc_spec::{Diagnostic, Json, Object};

use super::style::{ERROR, HELP};
use super::{Terminal, Verbosity};
use crate::failure::{Failure, Problem};

impl Terminal {
    /// Reports a failure on standard error.
    pub(crate) fn failure(&self, failure: &Failure) {
        if failure.is_interruption() {
            return self.error(&format!("{failure}\n"));
        }
        let with_details = self.verbosity() == Verbosity::Verbose;
        let problems = failure.problems().iter();
        let texts = problems.map(|problem| reported(problem, with_details));
        self.error(&texts.collect::<String>());
    }

    /// The errors for scripts, as those of `check --json`: `message`, `note` and `help` of each, and its
    /// stack or declaration. Empty if the result has them already.
    pub(crate) fn failure_items(&self, failure: &Failure) -> Vec<Object> {
        if failure.is_in_result() {
            return Vec::new();
        }
        let problems = failure.problems().iter();
        problems
            .map(|problem| {
                let Diagnostic { message, help, .. } = problem.diagnostic(self.caller());
                let has_details = self.verbosity() == Verbosity::Verbose;
                let details = problem.details.iter().filter(|_| has_details);
                let notes = details
                    .chain(&problem.notes)
                    .map(|note| self.caller().call(note));
                let note = notes.collect::<Vec<String>>().join("\n");
                let state = problem.state.as_ref();
                Object::new()
                    .with("severity", "error")
                    .with("kind", failure.kind().name())
                    .with("message", message)
                    .with_some("note", Some(note).filter(|note| !note.is_empty()))
                    .with_some("state", state.map(|state| self.caller().call(state)))
                    .with_some("help", help)
                    .with_some("subject", problem.subject.clone())
            })
            .collect()
    }

    /// The errors in a list of diagnostics, as `check --json` has them.
    pub(crate) fn failure_diagnostics(&self, failure: &Failure) -> impl Iterator<Item = Json> {
        const NAMES: [(&str, &str); 6] = [
            ("kind", "id"),
            ("severity", "severity"),
            ("message", "message"),
            ("note", "note"),
            ("help", "help"),
            ("subject", "file"),
        ];
        self.failure_items(failure).into_iter().map(|error| {
            let members = NAMES
                .iter()
                .filter_map(|(own, name)| Some((*name, error.get(own)?.clone())));
            Json::object(members)
        })
    }

    /// The message of each problem, for reports that are not printed on a terminal.
    pub(crate) fn failure_messages(&self, failure: &Failure) -> Vec<String> {
        let problems = failure.problems().iter();
        problems
            .map(|problem| {
                let text = self.caller().call(&problem.to_string());
                match &problem.subject {
                    Some(subject) => format!("{subject}: {text}"),
                    None => text,
                }
            })
            .collect()
    }

    /// The JSON that is printed instead of a result.
    pub(crate) fn failure_json(&self, failure: &Failure) -> Json {
        let items = self.failure_items(failure);
        let errors = Json::array(items.into_iter().map(Json::Object));
        Json::Object(Object::new().with("errors", errors))
    }
}

/// A problem behind `error:`, with coloured hints.
fn reported(problem: &Problem, with_details: bool) -> String {
    let mut text = format!("{ERROR}error:{ERROR:#} ");
    // Writing into a string cannot fail.
    if let Some(subject) = &problem.subject {
        _ = write!(text, "{}: ", vsc_spec::visible::one_line(subject));
    }
    text.push_str(&problem.message);
    let details = problem.details.iter().filter(|_| with_details);
    let lines = details.chain(&problem.notes).chain(&problem.state);
    for line in lines {
        _ = write!(text, "\n{line}");
    }
    for hint in &problem.hints {
        _ = write!(text, "\n{HELP}= help:{HELP:#} {hint}");
    }
    text + "\n"
}
