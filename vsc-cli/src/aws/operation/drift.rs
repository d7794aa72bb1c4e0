//! `drift`: changes made outside of CloudFormation.

use std::fmt::Write as _;

use clap::ArgMatches;
use vsc_spec::{Json, Object};

use super::declared;
use crate::Failure;
use crate::aws::drift::{self, Drift};
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::terminal::Terminal;
use crate::terminal::style::{ADDED, CHANGED, DIM, GOOD, NAME, REMOVED, TITLE};

/// Detects the drift of the selected stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stacks = context.selected_or_named(matches)?;
    let drifts = runtime::block_on(async {
        let mut drifts = Vec::new();
        for stack in &stacks {
            let region = stack.region.as_deref();
            let session = Session::connect(&session_options, region, context.terminal).await?;
            let name = &stack.name;
            let deployed = declared::find(&session, stack).await?;
            context
                .terminal
                .note(&format!("{name}: CloudFormation checks each resource"));
            drifts.push((
                name.to_owned(),
                drift::detect(&session, &deployed.id).await?,
            ));
        }
        Ok(drifts)
    })?;
    show(
        context.terminal,
        &drifts,
        matches.get_flag("json"),
        matches.get_flag("exit-code"),
    )
}

fn show(
    terminal: &Terminal,
    drifts: &[(String, Drift)],
    json: bool,
    exit_code: bool,
) -> Result<(), Failure> {
    let has_drifted = drifts.iter().any(|(_, drift)| !drift.drifted.is_empty());
    if json {
        let results = drifts
            .iter()
            .map(|(name, drift)| (name.clone(), to_json(drift)));
        terminal.print_json(&report::by_stack(results.collect()))?;
    } else {
        let texts: Vec<String> = drifts
            .iter()
            .map(|(name, drift)| text(name, drift))
            .collect();
        terminal.print(&texts.join("\n"))?;
        if has_drifted {
            terminal.note(
                "next: declare the changes to keep; a deployment reverts only properties that it changes itself",
            );
        }
    }
    if has_drifted && exit_code {
        return Err(Failure::reported());
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
                Json::array(drift.drifted.iter().map(drift::Drifted::to_json)),
            )
            .with("inSync", Json::Integer(count))
            .with("notChecked", Json::array(drift.unchecked.iter().cloned()))
            .with_some("reason", drift.reason.clone()),
    )
}

#[cfg(test)]
mod tests;
