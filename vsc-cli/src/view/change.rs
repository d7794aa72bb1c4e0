//! The changes of a change set, and its risks.

use vsc_core::diff::Difference;
use vsc_spec::resource::UpdateType;

use super::diff::report;
use crate::aws::change::{Action, Change, Replacement, Risk};
use crate::terminal::style::{ADDED, CHANGED, DIM, REMOVED, TITLE, WARNING};

/// The change in one line.
pub(crate) fn line(change: &Change) -> String {
    let (style, sign) = match (change.action, change.replacement) {
        (Action::Add | Action::Import, _) => (ADDED, '+'),
        (Action::Remove, _) => (REMOVED, '-'),
        (_, Replacement::Yes | Replacement::Maybe) => (REMOVED, '±'),
        _ => (CHANGED, '~'),
    };
    let mut line = format!(
        "  {style}{sign} {}{style:#} {DIM}{}{DIM:#}",
        change.logical_id, change.resource_type
    );
    if !change.parts.is_empty() {
        line = format!("{line}: {}", change.parts.join(", "));
    }
    match change.replacement {
        Replacement::Yes => format!("{line} {WARNING}(replaced){WARNING:#}"),
        Replacement::Maybe => format!("{line} {WARNING}(may be replaced){WARNING:#}"),
        Replacement::No => line,
    }
}

/// The risks, as the predicate of "This …".
pub(crate) fn risks(risks: &[Risk]) -> String {
    let mut parts = Vec::new();
    let mut part = |verb: &str, of: fn(&Risk) -> Option<&str>| {
        let names: Vec<&str> = risks.iter().filter_map(of).collect();
        if !names.is_empty() {
            parts.push(format!("{verb} {}", vsc_spec::suggest::list(names)));
        }
    };
    part("replaces", |risk| match risk {
        Risk::Replaces(id, Replacement::Yes) => Some(id),
        _ => None,
    });
    part("may replace", |risk| match risk {
        Risk::Replaces(id, Replacement::Maybe) => Some(id),
        _ => None,
    });
    part("removes", |risk| match risk {
        Risk::Removes(id) => Some(id),
        _ => None,
    });
    part("ends all terminals by restarting", |risk| match risk {
        Risk::Restarts(id) => Some(id),
        _ => None,
    });
    part("interrupts", |risk| match risk {
        Risk::Interrupts(id) => Some(id),
        _ => None,
    });
    part("grants access through", |risk| match risk {
        Risk::Access(id) => Some(id),
        _ => None,
    });
    parts.join(", ")
}

/// The changes as a table: replacements first, additions last.
pub(crate) fn table(stack: &str, changes: &[Change]) -> String {
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| match (change.action, change.replacement) {
        (_, Replacement::Yes) => 0,
        (_, Replacement::Maybe) => 1,
        (Action::Remove, _) => 2,
        (Action::Modify | Action::Unknown, _) => 3,
        (Action::Add | Action::Import, _) => 4,
    });
    let count = |action| {
        changes
            .iter()
            .filter(|change| change.action == action)
            .count()
    };
    let imported = match count(Action::Import) {
        0 => String::new(),
        count => format!("{count} imported, "),
    };
    let title = format!(
        "{TITLE}{stack}{TITLE:#}: {imported}{} added, {} changed, {} removed",
        count(Action::Add),
        count(Action::Modify) + count(Action::Unknown),
        count(Action::Remove)
    );
    let lines = sorted.into_iter().map(line);
    std::iter::once(title)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The difference by property, and the changes that only CloudFormation reports, such as a new image
/// behind the same parameter, or other parameter values.
pub(super) fn text(
    stack: &str,
    difference: Option<&Difference>,
    changes: &[Change],
    whole: bool,
) -> String {
    let Some(difference) = difference else {
        return table(stack, changes);
    };
    let text = report(stack, difference, whole);
    let others: Vec<String> = changes
        .iter()
        .filter(|change| !is_covered(difference, change))
        .map(line)
        .collect();
    if others.is_empty() {
        return text.trim_end().to_owned();
    }
    format!(
        "{text}\n{TITLE}also reported by CloudFormation{TITLE:#}\n{}",
        others.join("\n")
    )
}

/// Whether the difference shows as much of a resource as the change set does.
fn is_covered(difference: &Difference, change: &Change) -> bool {
    let mut resources = difference.resources.iter();
    let known = resources.find(|resource| resource.id == change.logical_id);
    known.is_some_and(|known| match change.replacement {
        // The difference shows an imported resource as an added one.
        Replacement::No => change.action != Action::Import,
        Replacement::Maybe | Replacement::Yes => known.update() >= UpdateType::MayReplace,
    })
}
