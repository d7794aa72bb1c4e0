//! Differences as text.

mod access;
mod value;

use std::fmt::Write as _;

use vsc_core::diff::{
    Cause, ChangeKind, Consequence, Difference, EntryChange, HomesShortage, ResourceChange,
    VolumeChange,
};
use vsc_core::template::Path;
use vsc_spec::resource::{Retention, UpdateType};

use crate::markup::RUN;
use crate::terminal::style::{ADDED, CHANGED, DIM, NAME, REMOVED, Style, TITLE, WARNING};
use value::effect;

/// The report of a stack; with `whole`, nothing is shortened.
pub(crate) fn report(stack: &str, difference: &Difference, whole: bool) -> String {
    if difference.is_empty() {
        return format!("{TITLE}{stack}{TITLE:#}: no differences\n");
    }
    let mut text = format!("{TITLE}{stack}{TITLE:#}\n\n");
    text.push_str(&access::tables(difference));
    text.push_str(&entries(&difference.entries, whole));
    if !difference.resources.is_empty() {
        // Writing into a string cannot fail.
        _ = writeln!(text, "{TITLE}Resources{TITLE:#}");
        for change in &difference.resources {
            text.push_str(&resource(change, whole));
        }
        text.push('\n');
    }
    for rename in &difference.renames {
        let is = if rename.is_declared {
            "is moved from"
        } else {
            "looks like"
        };
        _ = writeln!(
            text,
            "{WARNING}!{WARNING:#} {NAME}{}{NAME:#} {is} {NAME}{}{NAME:#} under another logical ID: CloudFormation deletes one and creates the other\n  {DIM}keep the logical ID, or rename it without replacement: `{RUN}refactor {stack} --move {}={}{RUN:#}`{DIM:#}",
            rename.to, rename.from, rename.from, rename.to
        );
    }
    if !difference.renames.is_empty() {
        text.push('\n');
    }
    text.push_str(&summary(difference));
    text
}

/// `3 to add, 1 to change, 1 to replace, 0 to remove`, and warnings about data and access.
fn summary(difference: &Difference) -> String {
    let counts = difference.counts();
    let mut text = format!(
        "{ADDED}{} to add{ADDED:#}, {CHANGED}{} to change{CHANGED:#}, {REMOVED}{} to replace{REMOVED:#}, {REMOVED}{} to remove{REMOVED:#}\n",
        counts.add, counts.change, counts.replace, counts.remove
    );
    let lost = difference
        .resources
        .iter()
        .filter(|change| change.loses_data());
    let lost: Vec<&ResourceChange> = lost.collect();
    let is_sure = lost
        .iter()
        .any(|change| change.update() != UpdateType::MayReplace);
    let fate = if is_sure { "will" } else { "may" };
    let lost: Vec<&str> = lost.iter().map(|change| change.id.as_str()).collect();
    let interrupted: Vec<&str> = difference
        .interrupts()
        .map(|change| change.id.as_str())
        .collect();
    let mut warn = |what: &str| {
        // Writing into a string cannot fail.
        _ = writeln!(text, "{WARNING}!{WARNING:#} {what}");
    };
    if !interrupted.is_empty() {
        let names = vsc_spec::suggest::list(interrupted);
        warn(&format!("{names} will be interrupted"));
    }
    if let Some(homes) = &difference.homes {
        warn(&homes.describe());
    }
    if let Some(shortage) = &difference.shortage {
        let HomesShortage { needed_gib, .. } = shortage;
        warn(&format!(
            "{}: write `home_volume = \"{needed_gib} GiB\"`",
            shortage.describe()
        ));
    }
    if let [one] = difference.left.as_slice() {
        warn(&format!(
            "the home of {one} is kept, for the next user of this name"
        ));
    } else if !difference.left.is_empty() {
        warn(&format!(
            "the homes of {} are kept, for the next users of these names",
            people(&difference.left)
        ));
    }
    let holder = difference.homes.as_ref().map(|homes| homes.holder.as_str());
    if lost.iter().any(|id| Some(*id) != holder) {
        let names = vsc_spec::suggest::list(lost);
        warn(&format!("the data in {names} {fate} be deleted"));
    }
    if difference.widens_access() {
        warn("access is widened");
    }
    text
}

/// All names, never shortened: these are people's homes.
fn people(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
        [] => String::new(),
    }
}

fn entries(changes: &[EntryChange], whole: bool) -> String {
    let mut text = String::new();
    let mut section = "";
    for change in changes {
        // Writing into a string cannot fail.
        if change.section != section {
            if !section.is_empty() {
                text.push('\n');
            }
            section = &change.section;
            _ = writeln!(text, "{TITLE}{section}{TITLE:#}");
        }
        let (sign, style) = signed(change.kind, UpdateType::InPlace);
        let whole_value = change.changes.iter().all(|one| one.path.steps().is_empty());
        if change.name.is_empty() || whole_value {
            for one in &change.changes {
                text.push_str(&value::change(&change.name, one, "  ", whole));
            }
            continue;
        }
        _ = writeln!(text, "  {style}{sign}{style:#} {}", change.name);
        for one in &change.changes {
            text.push_str(&value::change(&one.path.to_string(), one, "      ", whole));
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn signed(kind: ChangeKind, update: UpdateType) -> (&'static str, Style) {
    match (kind, update) {
        (ChangeKind::Added, _) => ("+", ADDED),
        (ChangeKind::Removed, _) => ("-", REMOVED),
        (ChangeKind::Changed, UpdateType::Replaces | UpdateType::MayReplace) => ("±", REMOVED),
        (ChangeKind::Changed, _) => ("~", CHANGED),
    }
}

fn resource(change: &ResourceChange, whole: bool) -> String {
    let update = change.update();
    let (sign, style) = signed(change.kind, update);
    let mut text = format!(
        "  {style}{sign}{style:#} {} {NAME}{}{NAME:#}{}{}\n",
        change.type_name,
        change.id,
        effect(update),
        retention(change)
    );
    let indent = "      ";
    if let Some(old) = &change.old_type {
        // Writing into a string cannot fail.
        _ = writeln!(
            text,
            "{indent}{CHANGED}~{CHANGED:#} Type: {REMOVED}{old}{REMOVED:#} → {ADDED}{}{ADDED:#}\n{indent}{WARNING}!{WARNING:#} CloudFormation rejects this: give the new resource another logical ID",
            change.type_name
        );
    }
    if let Some(property) = change.rejected() {
        _ = writeln!(
            text,
            "{indent}{WARNING}!{WARNING:#} CloudFormation rejects this update, since `{property}` cannot be updated: give the resource another logical ID"
        );
    }
    if let Some(of_volume) = change.of_volume() {
        let says = match of_volume {
            VolumeChange::CoolsDown => {
                "EBS modifies a volume at most once in six hours: a second update waits, and so does a rollback"
            }
            VolumeChange::Shrinks => {
                "EBS volumes cannot shrink, so AWS rejects this update: keep the size, or copy the data to another volume"
            }
        };
        _ = writeln!(text, "{indent}{WARNING}!{WARNING:#} {says}");
    }
    for one in &change.properties {
        text.push_str(&value::change(&one.path.to_string(), one, indent, whole));
    }
    for one in &change.options {
        text.push_str(&value::change(&one.path.to_string(), one, indent, whole));
    }
    for follows in &change.consequences {
        text.push_str(&consequence(follows, indent));
    }
    text
}

fn consequence(follows: &Consequence, indent: &str) -> String {
    let Consequence { cause, path, .. } = follows;
    let effect = effect(follows.update);
    let root = *path == Path::root();
    let reported = match (follows.source, root) {
        (Cause::Replaced, _) => format!("{path} refers to {cause}, which is replaced"),
        (Cause::MaybeReplaced, _) => format!("{path} refers to {cause}, which may be replaced"),
        (Cause::Definition, true) => {
            format!("it exists only if the condition {cause} is true, which changes")
        }
        (Cause::Definition, false) => format!("{path} depends on {cause}, which changes"),
    };
    format!("{indent}{DIM}↳ {reported}{DIM:#}{effect}\n")
}

/// What a deletion does with the data of the resource.
fn retention(change: &ResourceChange) -> String {
    match change.retention {
        Some(Retention::Retained) => {
            format!("  {DIM}it is kept, outside of the stack{DIM:#}")
        }
        Some(Retention::Snapshot) => format!("  {DIM}a snapshot of it is kept{DIM:#}"),
        Some(Retention::Deleted) if change.holds_data => {
            format!("  {WARNING}with its data{WARNING:#}")
        }
        _ => String::new(),
    }
}
