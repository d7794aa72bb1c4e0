//! Secrets: how they come in, where they are written, and where they come out.

use vsc_spec::{Finding, Json, Object};

use super::super::Rule;
use super::super::report::Report;
use super::super::resource::resources;
use super::{Subject, is_true};
use crate::template::reference::variables;

/// Properties whose text is a secret.
const SECRETS: [&str; 9] = [
    "AdminPassword",
    "AuthToken",
    "ClientSecret",
    "MasterPassword",
    "MasterUserPassword",
    "OAuthToken",
    "Password",
    "SecretAccessKey",
    "SecretString",
];

/// Ends of names that are about a secret, and are none.
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

/// Whether a parameter is one that takes a secret, by its name.
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

pub(super) fn check(template: &Json, report: &mut Report) {
    let parameters = template.get("Parameters").and_then(Json::as_object);
    let hidden: Vec<&str> = parameters
        .into_iter()
        .flat_map(Object::iter)
        .filter(|(_, parameter)| is_true(parameter.get("NoEcho")))
        .map(|(id, _)| id)
        .collect();
    report.at("Parameters", |report| {
        for (id, parameter) in parameters.into_iter().flat_map(Object::iter) {
            report.at(id, |report| self::parameter(id, parameter, report));
        }
    });
    if hidden.is_empty() {
        return;
    }
    let search = |value: &Json, place: &'static str, report: &mut Report| {
        Search {
            hidden: &hidden,
            place,
        }
        .value(value, report);
    };
    report.at("Resources", |report| {
        for (id, type_name, properties) in resources(template) {
            let mut at = |path: &[&str], place| {
                let mut value = Some(properties);
                for name in path {
                    value = value.and_then(|value| value.get(name));
                }
                if let Some(value) = value {
                    let path = [&[id, "Properties"], path].concat();
                    report.along(&path, |report| search(value, place, report));
                }
            };
            match type_name {
                "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => {
                    at(&["UserData"], "user data");
                }
                "AWS::EC2::LaunchTemplate" => at(&["LaunchTemplateData", "UserData"], "user data"),
                "AWS::Lambda::Function" | "AWS::Serverless::Function" => {
                    at(&["Environment"], "the environment of a function");
                }
                _ => {}
            }
        }
        let all = template.get("Resources").and_then(Json::as_object);
        for (id, resource) in all.into_iter().flat_map(Object::iter) {
            if let Some(metadata) = resource.get("Metadata") {
                report.along(&[id, "Metadata"], |report| {
                    search(metadata, "metadata", report);
                });
            }
        }
    });
    if let Some(outputs) = template.get("Outputs") {
        report.at("Outputs", |report| search(outputs, "an output", report));
    }
}

fn parameter(id: &str, parameter: &Json, report: &mut Report) {
    let type_name = parameter.get("Type").and_then(Json::as_str);
    let is_choice = parameter.get("AllowedValues").is_some();
    let hidden = is_true(parameter.get("NoEcho"));
    if type_name != Some("String") || is_choice || !(hidden || is_secret(id)) {
        return;
    }
    if !hidden {
        let finding = Finding::new(format!("`{id}` looks like a secret, and everybody sees it"))
            .why("whoever may describe the stack reads the values of its parameters")
            .help("add `NoEcho: true`, or take the secret from Secrets Manager");
        report.name(Rule::EchoedSecret, finding);
    }
    let default = parameter.get("Default");
    let is_written = match default {
        Some(Json::String(text)) => !text.trim().is_empty() && !text.contains("{{resolve:"),
        Some(Json::Integer(_)) => true,
        _ => false,
    };
    if is_written && is_secret(id) {
        let finding = Finding::new(format!("the secret `{id}` has a default"))
            .why("it is in every copy of the template, and stays where nobody changes it")
            .help("leave `Default` out");
        report.at("Default", |report| {
            report.value(Rule::SecretDefault, finding);
        });
    }
}

/// Secrets that are written into properties.
pub(super) fn written(subject: Subject<'_>, report: &mut Report) {
    let Some(properties) = subject.properties.as_object() else {
        return;
    };
    for (name, value) in properties.iter() {
        let Json::String(text) = value else { continue };
        if SECRETS.contains(&name) && !text.is_empty() && !text.contains("{{resolve:") {
            let finding = Finding::new(format!("the secret `{name}` is written into the template"))
                .why("it is in every copy of the template, and in the history of its folder")
                .help("let Secrets Manager generate it, and refer to it by `{{resolve:secretsmanager:…}}`");
            report.at(name, |report| report.value(Rule::WrittenSecret, finding));
        }
    }
}

/// Looks for parameters with `NoEcho` in a place that others read.
struct Search<'a> {
    hidden: &'a [&'a str],
    place: &'static str,
}

impl Search<'_> {
    fn value(&self, value: &Json, report: &mut Report) {
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    report.item(index, |report| self.value(item, report));
                }
            }
            Json::Object(object) => {
                for (name, inner) in object.iter() {
                    report.at(name, |report| {
                        let text = inner
                            .as_array()
                            .and_then(<[Json]>::first)
                            .unwrap_or(inner)
                            .as_str();
                        match (name, text) {
                            ("Ref", Some(id)) if self.hidden.contains(&id) => self.tell(id, report),
                            ("Fn::Sub", Some(text)) => {
                                let mut names = variables(text);
                                if let Some(id) = names.find(|id| self.hidden.contains(id)) {
                                    self.tell(id, report);
                                }
                            }
                            _ => {}
                        }
                        self.value(inner, report);
                    });
                }
            }
            _ => {}
        }
    }

    fn tell(&self, id: &str, report: &mut Report) {
        let place = self.place;
        let finding = Finding::new(format!("the secret `{id}` is readable in {place}"))
            .why("`NoEcho` hides the parameter alone, not where its value goes")
            .help("keep it in Secrets Manager, and read it where it is needed");
        report.value(Rule::ExposedSecret, finding);
    }
}
