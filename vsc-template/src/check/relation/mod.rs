//! Consistency between the resources of a template: a subnet is in its VPC, a queue hides a message for
//! as long as its function runs.
//!
//! A rule follows references to resources of the same template. Values that are not known yet are
//! accepted, and so are resources that never exist together.

mod container;
mod database;
mod gateway;
mod identity;
mod network;
mod queue;
mod scaling;
#[cfg(test)]
mod tests;
mod topic;

use std::collections::HashMap;
use std::convert::Infallible;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource::Violation;
use vsc_spec::resource::service::View;
use vsc_spec::{Json, Object};

use super::lint;
use super::report::Report;

/// A value of a template.
type ResourceView<'a> = View<'a, Infallible>;

/// Diagnostics of a resource's properties.
type Found<'a> = Vec<(&'a str, Violation)>;

/// A rule over all resources.
type Relation = for<'a> fn(&Resources<'a>, &mut Found<'a>);

const RELATIONS: &[Relation] = &[
    container::check,
    database::check,
    gateway::check,
    identity::check,
    network::check,
    queue::check,
    scaling::check,
    topic::check,
];

pub(super) fn check(template: &Json, report: &mut Report) {
    let resources = Resources::of(template);
    let mut found = Vec::new();
    for relation in RELATIONS {
        relation(&resources, &mut found);
    }
    for (id, violation) in found {
        report.along(&["Resources", id, "Properties"], |report| {
            report.add(lint::RELATED_RESOURCES, violation);
        });
    }
}

/// The default value of a property.
static NO_PROPERTIES: Json = Json::Object(Object::new());

/// A resource of the template.
#[derive(Clone)]
struct Resource<'a> {
    id: &'a str,
    type_name: &'a str,
    condition: Option<&'a str>,
    properties: ResourceView<'a>,
}

/// The resources of the template, in its order and by their logical IDs.
struct Resources<'a> {
    all: Vec<Resource<'a>>,
    locations: HashMap<&'a str, usize>,
    /// Whether `Globals` may set missing properties of a serverless function.
    has_globals: bool,
}

impl<'a> Resources<'a> {
    fn of(template: &'a Json) -> Self {
        let resources = template.get("Resources").and_then(Json::as_object);
        let members = resources.into_iter().flat_map(Object::iter);
        let all: Vec<Resource<'a>> = members
            .filter_map(|(id, resource)| {
                Some(Resource {
                    id,
                    type_name: resource.get("Type")?.as_str()?,
                    condition: resource.get("Condition").and_then(Json::as_str),
                    properties: View::new(resource.get("Properties").unwrap_or(&NO_PROPERTIES)),
                })
            })
            .collect();
        let locations = all
            .iter()
            .enumerate()
            .map(|(at, one)| (one.id, at))
            .collect();
        Self {
            all,
            locations,
            has_globals: template.get("Globals").is_some(),
        }
    }

    /// The resources of a type.
    fn typed<'b>(&'b self, type_name: &'b str) -> impl Iterator<Item = &'b Resource<'a>> {
        self.all
            .iter()
            .filter(move |one| one.type_name == type_name)
    }

    /// The resource of a type that a value refers to, by its name or one of its attributes.
    fn referred(&self, value: &ResourceView<'a>, type_name: &str) -> Option<&Resource<'a>> {
        let at = self.locations.get(target(value)?)?;
        let resource = self.all.get(*at)?;
        (resource.type_name == type_name).then_some(resource)
    }

    /// The resource of a type that a property refers to, under all conditions.
    fn related(
        &self,
        resource: &Resource<'a>,
        name: &str,
        type_name: &str,
    ) -> Option<&Resource<'a>> {
        self.referred(&resource.properties.only(name)?, type_name)
    }
}

/// The logical ID of a `Ref` or `Fn::GetAtt`.
fn target<'a>(value: &ResourceView<'a>) -> Option<&'a str> {
    match value.json().function()? {
        (IntrinsicFunction::Ref, name) => name.as_str(),
        (IntrinsicFunction::GetAtt, Json::String(text)) => text.split('.').next(),
        (IntrinsicFunction::GetAtt, Json::Array(parts)) => parts.first()?.as_str(),
        _ => None,
    }
}

/// Whether two resources can exist together, as far as known.
fn coexist(one: &Resource<'_>, other: &Resource<'_>) -> bool {
    one.condition.is_none() || other.condition.is_none() || one.condition == other.condition
}

/// The number of a property, or its default.
fn number(resource: &Resource<'_>, name: &str, default: i64) -> Option<i64> {
    if resource.properties.lacks(name) {
        return Some(default);
    }
    resource.properties.only(name)?.number()
}

/// Whether a property is `true`; `None` if that is not known.
fn is_true(resource: &Resource<'_>, name: &str) -> Option<bool> {
    if resource.properties.lacks(name) {
        return Some(false);
    }
    resource.properties.only(name)?.boolean()
}
