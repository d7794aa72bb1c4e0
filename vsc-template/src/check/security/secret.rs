//! Parameters for secrets.

use vsc_spec::{Json, Object};

use super::is_true;
use crate::check::lint::{exposed_secret, missing_no_echo, secret_default};
use crate::check::report::Report;

/// Suffixes of names that are about a secret, but not one.
const ABOUT: [&str; 20] = [
    "account",
    "age",
    "alias",
    "arn",
    "bucket",
    "count",
    "days",
    "enabled",
    "expiration",
    "id",
    "key",
    "length",
    "name",
    "names",
    "parameter",
    "path",
    "policy",
    "ttl",
    "url",
    "version",
];

/// Whether a parameter is for a secret, by its name.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name.ends_with("secretkey") || name.ends_with("secretaccesskey") || name.ends_with("apikey")
    {
        return true;
    }
    let is_about = ABOUT.iter().any(|end| name.ends_with(end));
    !is_about
        && [
            "password",
            "passwd",
            "passphrase",
            "secret",
            "apitoken",
            "accesstoken",
        ]
        .iter()
        .any(|part| name.contains(part))
}

/// A string parameter that is hidden, or looks like a secret.
pub(in crate::check) struct Input<'a> {
    pub(in crate::check) id: &'a str,
    /// Whether its name is that of a secret.
    pub(in crate::check) is_secret: bool,
    /// Whether it has `NoEcho`.
    pub(in crate::check) is_hidden: bool,
    pub(in crate::check) default: Option<&'a Json>,
}

impl<'a> Input<'a> {
    fn of(id: &'a str, parameter: &'a Json) -> Option<Self> {
        let type_name = parameter.get("Type").and_then(Json::as_str);
        let is_choice = parameter.get("AllowedValues").is_some();
        let input = Self {
            id,
            is_secret: is_secret(id),
            is_hidden: is_true(parameter.get("NoEcho")),
            default: parameter.get("Default"),
        };
        let is_input = type_name == Some("String") && !is_choice;
        (is_input && (input.is_secret || input.is_hidden)).then_some(input)
    }
}

pub(super) fn check(template: &Json, report: &mut Report) {
    let parameters = template.get("Parameters").and_then(Json::as_object);
    let parameters = || parameters.into_iter().flat_map(Object::iter);
    report.at("Parameters", |report| {
        for (id, parameter) in parameters() {
            let Some(input) = Input::of(id, parameter) else {
                continue;
            };
            report.at(id, |report| {
                missing_no_echo::check(&input, report);
                secret_default::check(&input, report);
            });
        }
    });
    let hidden: Vec<&str> = parameters()
        .filter(|(_, parameter)| is_true(parameter.get("NoEcho")))
        .map(|(id, _)| id)
        .collect();
    exposed_secret::check(template, &hidden, report);
}
