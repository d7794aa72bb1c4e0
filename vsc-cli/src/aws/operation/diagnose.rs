//! `diagnose`: the cause of the last failed operation.

use std::fmt::Write as _;

use clap::ArgMatches;
use vsc_spec::{Json, Object};

use super::declared;
use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::Event;
use crate::aws::failure::{Diagnosis, diagnose};
use crate::aws::hint::hint;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::cli::stacks;
use crate::terminal::Terminal;
use crate::terminal::style::{ERROR, HELP, TITLE};

/// Shows the cause of the last failed operation of a stack.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected_or_named(matches)?, "to diagnose")?;
    let region = stack.region.as_deref();
    let (deployed, events) = runtime::block_on(async {
        let session =
            Session::connect(&SessionOptions::of(matches), region, context.terminal).await?;
        let deployed = declared::find(&session, &stack).await?;
        let events = cloudformation::events_after(&session, &deployed.id, None).await?;
        Ok((deployed, events))
    })?;
    show(
        context.terminal,
        &deployed,
        &events,
        matches.get_flag("json"),
    )
}

fn show(
    terminal: &Terminal,
    deployed: &Deployed,
    events: &[Event],
    json: bool,
) -> Result<(), Failure> {
    let Some((operation, found)) = last_failure(events) else {
        if json {
            let state = Json::object([("state", Json::from(deployed.status.clone()))]);
            return terminal.print_json(&state);
        }
        return terminal.print(&format!(
            "no operation has failed in {} ({})\n",
            deployed.name, deployed.status
        ));
    };
    let is_last = operation.last().map(|event| &event.id) == events.last().map(|event| &event.id);
    if json {
        let found = described(&deployed.status, is_last, &found);
        return terminal.print_json(&found);
    }
    let text = text(&deployed.name, &deployed.status, operation, is_last, &found);
    terminal.print(&text)
}

/// The last operation in which something failed, and its diagnosis.
fn last_failure(events: &[Event]) -> Option<(&[Event], Diagnosis<'_>)> {
    let mut end = events.len();
    while end > 0 {
        let start = events[..end].iter().rposition(Event::is_start).unwrap_or(0);
        let operation = &events[start..end];
        if let Some(found) = diagnose(operation, None) {
            return Some((operation, found));
        }
        end = start;
    }
    None
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

#[cfg(test)]
mod tests;
