//! Lints that are allowed: by whoever checks a template, or in the template itself.
//!
//! `Metadata: {vsc: {allow: [open-port]}}` of a resource allows a lint for that resource, that of
//! the template everywhere in it.

use std::collections::HashMap;

use vsc_spec::resource::Step;
use vsc_spec::{Finding, Json, Object, suggest};

use super::report::Report;
use super::{Diagnostic, Rule, items};

/// Where the lints stand that a template or a resource allows.
const PATH: [&str; 3] = ["Metadata", "vsc", "allow"];

impl Rule {
    /// The rule of this ID, where it can be allowed.
    ///
    /// # Errors
    ///
    /// When there is no such rule; when nothing can be checked without it.
    pub fn allowable(id: &str) -> Result<Self, Finding> {
        match Self::ALL.iter().find(|rule| rule.id() == id) {
            Some(Self::Notation) => Err(Finding::new("`syntax` cannot be allowed")
                .why("nothing is checked in a template that cannot be read")),
            Some(rule) => Ok(*rule),
            None => Err(unknown(id)),
        }
    }
}

fn unknown(id: &str) -> Finding {
    let ids = Rule::ALL.iter().map(|rule| rule.id());
    let help = suggest::did_you_mean(id, ids);
    Finding::new(format!("unknown lint `{}`", id.escape_debug()))
        .help(help.unwrap_or_else(|| "`check` prints the ID in brackets: `open-port`".to_owned()))
}

/// The IDs that a template allows.
pub(super) struct Allowed<'a> {
    everywhere: Vec<&'a str>,
    resources: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Allowed<'a> {
    pub(super) fn by(template: &'a Json) -> Self {
        let resources = template.get("Resources").and_then(Json::as_object);
        let resources = resources.into_iter().flat_map(Object::iter);
        let resources = resources.map(|(id, resource)| (id, looped(resource)));
        Self {
            everywhere: ids(template),
            resources: resources.filter(|(_, ids)| !ids.is_empty()).collect(),
        }
    }

    /// Whether the template, or the resource that the diagnostic is about, allows it.
    pub(super) fn contains(&self, diagnostic: &Diagnostic) -> bool {
        let own = match diagnostic.place.path.as_slice() {
            [Step::Key(section), Step::Key(id), ..] if section == "Resources" => {
                self.resources.get(id.as_ref())
            }
            _ => None,
        };
        let mut ids = self.everywhere.iter().chain(own.into_iter().flatten());
        ids.any(|id| *id == diagnostic.rule.id())
    }
}

/// What a resource allows, or those that a loop makes: `Fn::ForEach::Name: [variable, list, {…}]`.
fn looped(resource: &Json) -> Vec<&str> {
    match resource.as_array() {
        Some([_, _, Json::Object(made)]) => made.iter().flat_map(|(_, one)| looped(one)).collect(),
        _ => ids(resource),
    }
}

fn ids(holder: &Json) -> Vec<&str> {
    let listed = listed(holder).map(items).unwrap_or_default();
    listed.iter().filter_map(Json::as_str).collect()
}

fn listed(holder: &Json) -> Option<&Json> {
    PATH.iter().try_fold(holder, |value, name| value.get(name))
}

/// Checks that what is allowed are lints.
pub(super) fn check(template: &Json, report: &mut Report) {
    holder(template, report);
    let resources = template.get("Resources").and_then(Json::as_object);
    report.at("Resources", |report| {
        for (id, resource) in resources.into_iter().flat_map(Object::iter) {
            report.at(id, |report| holder(resource, report));
        }
    });
}

fn holder(holder: &Json, report: &mut Report) {
    let Some(listed) = listed(holder) else {
        return;
    };
    report.along(&PATH, |report| {
        for (index, id) in items(listed).iter().enumerate() {
            let finding = match id.as_str() {
                Some(id) => Rule::allowable(id).err(),
                None => Some(Finding::new(
                    "expected the ID of a lint, such as `open-port`",
                )),
            };
            let Some(finding) = finding else { continue };
            let one = |report: &mut Report| report.value(Rule::UnknownLint, finding);
            match listed {
                Json::Array(_) => report.item(index, one),
                _ => one(report),
            }
        }
    });
}
