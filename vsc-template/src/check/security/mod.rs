//! Code shared by the lints about security, which are in [`lint`](super::lint).

pub(super) mod ingress;
pub(super) mod policy;
pub(super) mod range;
pub(super) mod secret;

use vsc_spec::Json;

use super::items;
use super::lint::{
    hardcoded_secret, instance_metadata_v1, open_function_url, plain_http, public_bucket,
    public_database, unencrypted_storage,
};
use super::report::Report;
use super::resource::resources;

/// A resource with all of its properties.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) type_name: &'a str,
    pub(super) properties: &'a Json,
}

pub(super) fn check(template: &Json, report: &mut Report) {
    report.at("Resources", |report| {
        for (id, type_name, properties) in resources(template) {
            let subject = Subject {
                type_name,
                properties,
            };
            report.along(&[id, "Properties"], |report| {
                ingress::check(subject, id, template, report);
                instance_metadata_v1::check(subject, template, report);
                unencrypted_storage::check(subject, report);
                public_bucket::check(subject, report);
                public_database::check(subject, report);
                policy::check(subject, report);
                open_function_url::check(subject, report);
                plain_http::check(subject, report);
                hardcoded_secret::check(subject, report);
            });
        }
    });
    secret::check(template, report);
}

/// Whether a value is `true`, as a boolean or as a string.
pub(super) fn is_true(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Bool(value)) => *value,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// Whether a value is `false`, as a boolean or as a string.
pub(super) fn is_false(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Bool(value)) => !*value,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
