//! Suppressions: `Metadata: {vsc: {suppress: [{id: open-port, reason: …}]}}` of a resource suppresses
//! a lint for that resource, that of the template everywhere in it.
//!
//! The older form `allow: [open-port]` has the same effect, but no reason.

use std::collections::HashMap;

use vsc_spec::resource::Step;
use vsc_spec::{Diagnostic, Json, Object};

use super::lint::{SUPPRESSION_WITHOUT_REASON, UNKNOWN_LINT};
use super::lint::{suppression_without_reason, unknown_lint};
use super::report::Report;
use super::{Lint, LintDiagnostic, items};

/// Where suppressions are in a resource or a template, with or without a reason.
const METADATA: [&str; 2] = ["Metadata", "vsc"];
const KEYS: [&str; 2] = ["suppress", "allow"];

/// The IDs that a template suppresses.
pub(super) struct Suppressions<'a> {
    everywhere: Vec<&'a str>,
    resources: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Suppressions<'a> {
    pub(super) fn of(template: &'a Json) -> Self {
        let resources = template.get("Resources").and_then(Json::as_object);
        let resources = resources.into_iter().flat_map(Object::iter);
        let resources = resources.map(|(id, resource)| (id, looped(resource)));
        Self {
            everywhere: ids(template),
            resources: resources.filter(|(_, ids)| !ids.is_empty()).collect(),
        }
    }

    /// Whether the template, or the resource that the diagnostic is about, suppresses it.
    pub(super) fn contain(&self, diagnostic: &LintDiagnostic) -> bool {
        let own = match diagnostic.location.path.as_slice() {
            [Step::Key(section), Step::Key(id), ..] if section == "Resources" => {
                self.resources.get(id.as_ref())
            }
            _ => None,
        };
        let mut ids = self.everywhere.iter().chain(own.into_iter().flatten());
        ids.any(|id| *id == diagnostic.lint.id())
    }
}

/// The IDs that a resource, or the resources of a loop, suppress: `Fn::ForEach::Name: [variable, list, {…}]`.
fn looped(resource: &Json) -> Vec<&str> {
    match resource.as_array() {
        Some([_, _, Json::Object(made)]) => made.iter().flat_map(|(_, one)| looped(one)).collect(),
        _ => ids(resource),
    }
}

fn ids(holder: &Json) -> Vec<&str> {
    let lists = KEYS.iter().filter_map(|key| listed(holder, key));
    lists.flat_map(items).filter_map(id).collect()
}

fn listed<'a>(holder: &'a Json, key: &str) -> Option<&'a Json> {
    let path = METADATA.iter().copied().chain([key]);
    path.into_iter()
        .try_fold(holder, |value, name| value.get(name))
}

/// The ID of an entry: `open-port`, or `{ id: open-port, reason: … }`.
fn id(entry: &Json) -> Option<&str> {
    entry.as_str().or_else(|| entry.get("id")?.as_str())
}

fn has_reason(entry: &Json) -> bool {
    let reason = entry.get("reason").and_then(Json::as_str);
    reason.is_some_and(|reason| !reason.trim().is_empty())
}

/// Checks that suppressions have IDs of lints, and reasons.
pub(super) fn check(template: &Json, report: &mut Report) {
    holder(template, report);
    let resources = template.get("Resources").and_then(Json::as_object);
    report.at("Resources", |report| {
        for (id, resource) in resources.into_iter().flat_map(Object::iter) {
            report.at(id, |report| looped_holder(resource, report));
        }
    });
}

fn looped_holder(resource: &Json, report: &mut Report) {
    match resource.as_array() {
        Some([_, _, Json::Object(made)]) => report.item(2, |report| {
            for (id, one) in made.iter() {
                report.at(id, |report| looped_holder(one, report));
            }
        }),
        _ => holder(resource, report),
    }
}

fn holder(holder: &Json, report: &mut Report) {
    for key in KEYS {
        let Some(listed) = listed(holder, key) else {
            continue;
        };
        report.along(&[METADATA[0], METADATA[1], key], |report| {
            for (index, entry) in items(listed).iter().enumerate() {
                match listed {
                    Json::Array(_) => report.item(index, |report| check_entry(entry, report)),
                    _ => check_entry(entry, report),
                }
            }
        });
    }
}

fn check_entry(entry: &Json, report: &mut Report) {
    let Some(id) = id(entry) else {
        return report.value(UNKNOWN_LINT, unknown_lint::not_an_id());
    };
    match Lint::allowable(id) {
        Err(diagnostic) => at_id(entry, UNKNOWN_LINT, diagnostic, report),
        Ok(lint) if !has_reason(entry) => {
            let diagnostic = suppression_without_reason::unexplained(lint.id());
            at_id(entry, SUPPRESSION_WITHOUT_REASON, diagnostic, report);
        }
        Ok(_) => {}
    }
}

/// Reports a diagnostic at the ID of an entry.
fn at_id(entry: &Json, lint: Lint, diagnostic: Diagnostic, report: &mut Report) {
    if entry.get("id").is_some() {
        report.at("id", |report| report.value(lint, diagnostic));
    } else {
        report.value(lint, diagnostic);
    }
}
