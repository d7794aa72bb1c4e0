//! Checks of everything that a deployment needs.

use std::fmt::Write as _;

use vsc_spec::{Diagnostic, Json, Object};

use crate::Failure;
use crate::markup::Caller;
use crate::operation::doctor::{Check, Outcome, Section};
use crate::terminal::Terminal;
use crate::terminal::style::{DIM, ERROR, GOOD, HELP, NAME, TITLE, WARNING};

/// Prints the checks.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, sections: &[Section], json: bool) -> Result<(), Failure> {
    if json {
        let sections = sections.iter().map(|section| {
            let checks = section.checks.iter();
            let checks = Json::array(checks.map(|check| to_json(check, terminal.caller())));
            let object = Object::new().with("section", section.title.clone());
            Json::Object(object.with("checks", checks))
        });
        return terminal.print_json(&Json::array(sections));
    }
    let mut all = String::new();
    for section in sections {
        // Writing into a string cannot fail.
        _ = writeln!(all, "{TITLE}{}{TITLE:#}", section.title);
        all.extend(section.checks.iter().map(text));
    }
    terminal.print(&all)
}

/// A line for the outcome, with note and help below it.
pub(crate) fn text(check: &Check) -> String {
    let (mark, diagnostic) = match &check.outcome {
        Outcome::Good(message) => {
            return format!(
                "{GOOD}✓{GOOD:#} {NAME}{:<15}{NAME:#} {message}\n",
                check.subject
            );
        }
        Outcome::Skipped(reason) => {
            return format!("{DIM}– {:<15} {reason}{DIM:#}\n", check.subject);
        }
        Outcome::Doubtful(diagnostic) => (format!("{WARNING}!{WARNING:#}"), diagnostic),
        Outcome::Bad(diagnostic) => (format!("{ERROR}✗{ERROR:#}"), diagnostic),
    };
    let mut text = format!(
        "{mark} {NAME}{:<15}{NAME:#} {}\n",
        check.subject, diagnostic.message
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

fn to_json(check: &Check, caller: &Caller) -> Json {
    let (outcome, message, diagnostic) = match &check.outcome {
        Outcome::Good(message) => ("good", message, None),
        Outcome::Skipped(reason) => ("skipped", reason, None),
        Outcome::Doubtful(diagnostic) => ("doubtful", &diagnostic.message, Some(diagnostic)),
        Outcome::Bad(diagnostic) => ("bad", &diagnostic.message, Some(diagnostic)),
    };
    let part = |part: fn(&Diagnostic) -> &Option<String>| {
        part(diagnostic?).as_ref().map(|text| caller.call(text))
    };
    Json::Object(
        Object::new()
            .with("subject", check.subject)
            .with("outcome", outcome)
            .with("message", caller.call(message))
            .with_some("note", part(|diagnostic| &diagnostic.note))
            .with_some("help", part(|diagnostic| &diagnostic.help)),
    )
}
