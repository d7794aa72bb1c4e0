//! Compares what programs synthesize with the templates that they were converted from.

use vsc::template::Source;
use vsc::{Json, Object, Stack};

/// A function that builds a stack.
pub(crate) type Build = fn(&mut Stack);

/// Prints a line for each: whether it is equal, how many resources there are, and what differs.
pub(crate) fn all(templates: &[(&str, Build)]) {
    for (file, build) in templates {
        let text = std::fs::read_to_string(file).expect("the template is there");
        let source = Source::read(&text).expect("it was read before");
        let resources = source.json().get("Resources").and_then(Json::as_object);
        let count = resources.map_or(0, Object::len);
        let mut stack = Stack::new("converted");
        build(&mut stack);
        let template = stack.template().to_json();
        let reported = match self::templates(source.json(), &template) {
            Some(difference) => format!("different {count} {file}: {difference}"),
            None => match stack.finish() {
                Ok(_) => format!("equal {count} {file}"),
                Err(error) => format!(
                    "rejected {count} {file}: {}",
                    error.to_string().replace('\n', " | ")
                ),
            },
        };
        println!("{reported}");
    }
}

/// The first path at which two templates differ.
pub(crate) fn templates(one: &Json, other: &Json) -> Option<String> {
    difference("", &normal(one), &normal(other))
}

/// The template in a normal form, without differences that CloudFormation ignores.
fn normal(template: &Json) -> Json {
    let sections = template
        .as_object()
        .expect("a template is an object")
        .iter();
    let sections = sections
        .filter(|(name, section)| *name != "AWSTemplateFormatVersion" && !is_empty(section));
    Json::object(sections.map(|(name, section)| {
        let section = match (name, section) {
            ("Resources", Json::Object(resources)) => {
                let resources = resources.iter();
                Json::object(resources.map(|(name, value)| (name.to_owned(), resource(value))))
            }
            // One transform is a list of one.
            ("Transform", one @ (Json::String(_) | Json::Object(_))) => {
                Json::Array(vec![one.clone()])
            }
            _ => section.clone(),
        };
        (name.to_owned(), section)
    }))
}

fn resource(resource: &Json) -> Json {
    let Json::Object(members) = resource else {
        return resource.clone();
    };
    let members = members.iter().filter(|(name, value)| {
        !(["Properties", "Metadata", "DependsOn"].contains(name) && is_empty(value))
    });
    Json::object(members.map(|(name, value)| {
        let value = match (name, value) {
            // One dependency is a list of one.
            ("DependsOn", Json::String(_)) => Json::Array(vec![value.clone()]),
            _ => value.clone(),
        };
        (name.to_owned(), value)
    }))
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Object(object) => object.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The first path at which two values differ. The order of names is free.
fn difference(path: &str, one: &Json, other: &Json) -> Option<String> {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => {
            let mut names = one.names().chain(other.names());
            names.find_map(|name| {
                let path = format!("{path}/{name}");
                match (one.get(name), other.get(name)) {
                    (Some(one), Some(other)) => difference(&path, one, other),
                    (Some(_), None) => Some(format!("{path} is lost")),
                    _ => Some(format!("{path} is new")),
                }
            })
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| {
                difference(&format!("{path}/{index}"), one, other)
            })
        }
        (one, other) => (one != other).then(|| format!("{path}: {one:?} became {other:?}")),
    }
}
