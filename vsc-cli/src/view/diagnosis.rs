//! The cause of a failed operation.

use std::fmt::Write as _;

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::event::Event;
use crate::aws::failure::Diagnosis;
use crate::aws::hint::hint;
use crate::aws::report;
use crate::operation::diagnose::{History, last_failure};
use crate::terminal::Terminal;
use crate::terminal::style::{ERROR, HELP, TITLE};

/// Prints the cause of the last failed operation.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, history: &History, json: bool) -> Result<(), Failure> {
    let deployed = &history.deployed;
    let Some(found) = last_failure(&history.events) else {
        if json {
            let state = Json::object([("state", Json::from(deployed.status.clone()))]);
            return terminal.print_json(&state);
        }
        return terminal.print(&format!(
            "no operation has failed in {} ({})\n",
            deployed.name, deployed.status
        ));
    };
    if json {
        let found = described(&deployed.status, found.is_last, &found.diagnosis);
        return terminal.print_json(&found);
    }
    terminal.print(&text(
        &deployed.name,
        &deployed.status,
        found.events,
        found.is_last,
        &found.diagnosis,
    ))
}

fn text(
    name: &str,
    status: &str,
    operation: &[Event],
    is_last: bool,
    found: &Diagnosis<'_>,
) -> String {
    let started = operation.first().map(|event| event.status.as_str());
    let kind = match started {
        Some("CREATE_IN_PROGRESS") => "creation",
        Some("DELETE_IN_PROGRESS") => "deletion",
        Some("UPDATE_IN_PROGRESS") => "update",
        _ => "operation",
    };
    let when = operation.first().map(Event::timestamp).unwrap_or_default();
    let mut text = format!("{TITLE}the {kind} of {name} that started at {when} failed{TITLE:#}\n");
    _ = writeln!(text, "{ERROR}cause:{ERROR:#} {}", report::cause(found.root));
    for event in &found.consequences {
        _ = writeln!(text, "then: {}", report::cause(event));
    }
    if !found.cancelled.is_empty() {
        let ids = found
            .cancelled
            .iter()
            .map(|event| event.logical_id.as_str());
        _ = writeln!(
            text,
            "cancelled because of it: {}",
            vsc_spec::suggest::list(ids)
        );
    }
    _ = writeln!(
        text,
        "{name} is {status} now{}",
        if is_last {
            ""
        } else {
            "; later operations succeeded"
        }
    );
    let reason = found.root.reason.as_deref().unwrap_or_default();
    if let Some(hint) = hint(&found.root.resource_type, reason) {
        _ = writeln!(text, "{HELP}= help:{HELP:#} {hint}");
    }
    text
}

fn described(status: &str, is_last: bool, found: &Diagnosis<'_>) -> Json {
    let reason = found.root.reason.as_deref().unwrap_or_default();
    Json::Object(
        Object::new()
            .with("state", status.to_owned())
            .with("isLastOperation", is_last)
            .with("cause", found.root.to_json())
            .with_some("help", hint(&found.root.resource_type, reason))
            .with(
                "consequences",
                Json::array(found.consequences.iter().map(|event| event.to_json())),
            )
            .with(
                "cancelled",
                Json::array(found.cancelled.iter().map(|event| event.to_json())),
            ),
    )
}
