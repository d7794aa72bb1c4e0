//! What works and is not safe: notes that are right nearly always.

mod database;
mod instance;
mod network;
mod policy;
mod public;
mod range;
mod secret;
mod storage;

use vsc_spec::Json;

use super::items;
use super::report::Report;
use super::resource::resources;

/// A resource with all of its properties.
#[derive(Clone, Copy)]
struct Subject<'a> {
    type_name: &'a str,
    properties: &'a Json,
}

pub(super) fn check(template: &Json, report: &mut Report) {
    report.at("Resources", |report| {
        for (id, type_name, properties) in resources(template) {
            let subject = Subject {
                type_name,
                properties,
            };
            report.along(&[id, "Properties"], |report| {
                network::check(subject, id, template, report);
                instance::check(subject, template, report);
                storage::check(subject, report);
                database::check(subject, report);
                policy::check(subject, report);
                public::check(subject, report);
                secret::written(subject, report);
            });
        }
    });
    secret::check(template, report);
}

/// Whether a value is `true`, as a boolean or as text.
fn is_true(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Bool(value)) => *value,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// Whether a value is `false`, as a boolean or as text.
fn is_false(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Bool(value)) => !*value,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
