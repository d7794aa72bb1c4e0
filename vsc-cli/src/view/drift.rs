//! Changes made outside of CloudFormation.

use std::fmt::Write as _;

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::drift::{Drift, Drifted};
use crate::terminal::Terminal;
use crate::terminal::style::{ADDED, CHANGED, DIM, GOOD, NAME, REMOVED, TITLE};

/// Prints the drift of stacks.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    drifts: &[(String, Drift)],
    json: bool,
) -> Result<(), Failure> {
    if json {
        let results = drifts.iter();
        return terminal.print_json(&Json::object(
            results.map(|(name, drift)| (name.clone(), to_json(drift))),
        ));
    }
    let texts: Vec<String> = drifts
        .iter()
        .map(|(name, drift)| text(name, drift))
        .collect();
    terminal.print(&texts.join("\n"))?;
    if drifts.iter().any(|(_, drift)| !drift.drifted.is_empty()) {
        terminal.note(
            "next: declare the changes to keep; a deployment reverts only properties that it changes itself",
        );
    }
    Ok(())
}

fn text(name: &str, drift: &Drift) -> String {
    let mut text = format!("{TITLE}{name}{TITLE:#}\n");
    for resource in &drift.drifted {
        let (mark, style) = if resource.is_deleted {
            ("-", REMOVED)
        } else {
            ("~", CHANGED)
        };
        // Writing into a string cannot fail.
        _ = writeln!(
            text,
            "  {style}{mark}{style:#} {NAME}{}{NAME:#} {DIM}{} {}{DIM:#}{}",
            resource.logical_id,
            resource.resource_type,
            resource.physical_id,
            if resource.is_deleted {
                "  is deleted"
            } else {
                ""
            }
        );
        for property in &resource.properties {
            _ = writeln!(
                text,
                "      {}: {REMOVED}{}{REMOVED:#} → {ADDED}{}{ADDED:#}",
                property.path.trim_start_matches('/').replace('/', "."),
                property.expected,
                property.actual
            );
        }
    }
    if drift.drifted.is_empty() {
        _ = writeln!(text, "  {GOOD}no drift{GOOD:#}");
    }
    let unchecked = match drift.unchecked.len() {
        0 => String::new(),
        count => format!(", {count} of types without drift detection"),
    };
    _ = writeln!(
        text,
        "  {DIM}{} drifted, {} in sync{unchecked}{DIM:#}",
        drift.drifted.len(),
        drift.in_sync
    );
    if let Some(reason) = &drift.reason {
        _ = writeln!(
            text,
            "  {CHANGED}not all could be checked: {reason}{CHANGED:#}"
        );
    }
    text
}

fn to_json(drift: &Drift) -> Json {
    let count = i64::try_from(drift.in_sync).unwrap_or(i64::MAX);
    Json::Object(
        Object::new()
            .with(
                "drifted",
                Json::array(drift.drifted.iter().map(Drifted::to_json)),
            )
            .with("inSync", Json::Integer(count))
            .with("notChecked", Json::array(drift.unchecked.iter().cloned()))
            .with_some("reason", drift.reason.clone()),
    )
}
