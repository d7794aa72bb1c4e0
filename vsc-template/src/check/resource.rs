//! Resources: their type, properties and resource attributes.

use std::cell::Cell;

use vsc_spec::cloudformation::{IntrinsicFunction, has_function_prefix};
use vsc_spec::resource::service::{self, Advice};
use vsc_spec::resource::{self, ResourceType, Step, Violation, ViolationKind};
use vsc_spec::{Json, Object};

use super::Purpose;
use super::lint::{self, deprecated_property, mistaken_type, unpackaged_local_path};
use super::report::Report;
use super::transform::Transforms;

pub(super) fn check(
    template: &Json,
    transforms: Transforms,
    purpose: Purpose,
    report: &mut Report,
) {
    let Some(resources) = template.get("Resources").and_then(Json::as_object) else {
        return;
    };
    let check = Checker {
        transforms,
        purpose,
        has_globals: template.get("Globals").is_some(),
        searches: Cell::new(0),
    };
    report.at("Resources", |report| {
        check.all(resources, report);
    });
}

struct Checker {
    transforms: Transforms,
    purpose: Purpose,
    has_globals: bool,
    /// The number of unknown types for which the nearest one was looked up.
    searches: Cell<usize>,
}

/// The most unknown types for which the nearest one is looked up: more of them have the same cause.
const MOST_SEARCHES: usize = 100;

impl Checker {
    fn all(&self, resources: &Object, report: &mut Report) {
        for (id, value) in resources.iter() {
            report.at(id, |report| {
                if IntrinsicFunction::is_loop(id) {
                    self.repeated(value, report);
                } else if !has_function_prefix(id) {
                    self.one(id, value, report);
                }
            });
        }
    }

    /// The template of a loop, its third argument: AWS CloudFormation Template Reference,
    /// "`Fn::ForEach`".
    fn repeated(&self, arguments: &Json, report: &mut Report) {
        if let Some([_, _, Json::Object(resources)]) = arguments.as_array() {
            report.item(2, |report| self.all(resources, report));
        }
    }

    fn one(&self, id: &str, value: &Json, report: &mut Report) {
        let Some(members) = value.as_object() else {
            return report.value(lint::RESOURCE, lint::resource::not_an_object(id));
        };
        // An included file may set the type.
        if members.contains(IntrinsicFunction::Transform.name()) {
            return;
        }
        let name = match members.get("Type") {
            Some(Json::String(name)) => name,
            Some(_) => {
                let diagnostic = lint::resource::invalid_type();
                return report.at("Type", |report| report.value(lint::RESOURCE, diagnostic));
            }
            None => {
                return report.name(lint::RESOURCE, lint::resource::missing_type(id));
            }
        };
        if let Some(resource) = resource::shared(name) {
            self.typed(&resource, members, report);
        } else if let Some(resource) = resource::registered(name) {
            mistaken_type::check(name, report);
            self.typed(&resource, members, report);
        } else {
            self.unknown(name, report);
        }
    }

    fn unknown(&self, name: &str, report: &mut Report) {
        // A loop or a template engine generates the name.
        if name.contains("${") {
            return;
        }
        let searches = self.searches.get();
        let diagnostic = lint::resource_type::unknown(name, searches < MOST_SEARCHES);
        self.searches.set(searches + 1);
        report.at("Type", |report| {
            report.value(lint::RESOURCE_TYPE, diagnostic);
        });
    }

    fn typed(&self, resource: &ResourceType, members: &Object, report: &mut Report) {
        if let Some(diagnostic) = self.transforms.missing(&resource.name) {
            return report.at("Type", |report| {
                report.value(lint::RESOURCE_TYPE, diagnostic);
            });
        }
        let is_serverless = resource.name.starts_with("AWS::Serverless::");
        let options: Object = members
            .iter()
            .filter(|(name, _)| !matches!(*name, "Type" | "Properties"))
            .filter(|(name, _)| !self.is_of_serverless(name))
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        for violation in resource.check_resource_attributes(&options, self.transforms.dialect()) {
            report.add(lint::RESOURCE, violation);
        }
        let nothing = Json::Object(Object::new());
        let properties = members.get("Properties").unwrap_or(&nothing);
        if matches!(properties, Json::Array(_) | Json::Null) || properties.as_object().is_none() {
            let diagnostic = lint::property::not_an_object();
            return report.at("Properties", |report| {
                report.value(lint::PROPERTY, diagnostic);
            });
        }
        let violations = resource.check_as(properties, self.transforms.dialect());
        let is_written = members.contains("Properties");
        for mut violation in violations {
            if is_serverless && !self.holds_for_serverless(&violation) {
                continue;
            }
            let mut lint = lint::PROPERTY;
            let path = unpackaged_local_path::instead_of(&violation, &resource.name, properties);
            if let Some(diagnostic) = path {
                lint = lint::UNPACKAGED_LOCAL_PATH;
                violation.diagnostic = diagnostic;
            }
            if is_written {
                violation
                    .location
                    .path
                    .insert(0, Step::Key("Properties".into()));
            }
            report.add(lint, violation);
        }
        if let Some(properties) = properties.as_object() {
            deprecated_property::check(&resource.deprecated, properties, report);
        }
        if is_written && self.purpose == Purpose::Review {
            self.advise(resource, properties, report);
        }
    }

    /// Resource attributes that the Serverless Application Model adds to all types: AWS SAM
    /// Developer Guide, "Connectors", "Globals".
    fn is_of_serverless(&self, name: &str) -> bool {
        self.transforms.serverless && matches!(name, "Connectors" | "IgnoreGlobals")
    }

    fn advise(&self, resource: &ResourceType, properties: &Json, report: &mut Report) {
        let is_serverless = resource.name.starts_with("AWS::Serverless::");
        report.at("Properties", |report| {
            for (advice, violation) in service::advise(&resource.name, properties) {
                if is_serverless && !self.holds_for_serverless(&violation) {
                    continue;
                }
                let lint = match advice {
                    Advice::Runtime => lint::DEPRECATED_RUNTIME,
                    Advice::Action => lint::UNKNOWN_ACTION,
                    Advice::Incomplete => lint::INCOMPLETE_FUNCTION,
                };
                report.add(lint, violation);
            }
        });
    }

    /// `Globals` may set a missing property, and read-only properties are accepted.
    fn holds_for_serverless(&self, violation: &Violation) -> bool {
        match violation.kind {
            ViolationKind::Missing => !self.has_globals,
            ViolationKind::ReadOnly => false,
            _ => true,
        }
    }
}

/// The resources of a template with their types and properties.
pub(super) fn resources(template: &Json) -> impl Iterator<Item = (&str, &str, &Json)> {
    static NOTHING: Json = Json::Null;
    let resources = template.get("Resources").and_then(Json::as_object);
    resources
        .into_iter()
        .flat_map(Object::iter)
        .filter_map(|(id, resource)| {
            let type_name = resource.get("Type")?.as_str()?;
            Some((
                id,
                type_name,
                resource.get("Properties").unwrap_or(&NOTHING),
            ))
        })
}
