//! Resources of which only the logical ID changed, or whose declaration names the old one.

use std::collections::{BTreeMap, HashMap};

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object};

use super::resource::{is_same_resource, type_of};
use crate::stack::MOVED_FROM;

/// A resource that seems to be renamed: CloudFormation deletes one and creates the other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rename {
    /// The old logical ID.
    pub from: String,
    /// The new logical ID.
    pub to: String,
    /// Its type.
    pub type_name: String,
    /// Whether the declaration names the old logical ID. Otherwise the properties are equal.
    pub is_declared: bool,
}

/// The old logical ID that the declaration of a resource names.
fn moved_from(resource: &Json) -> Option<&str> {
    resource.get("Metadata")?.get(MOVED_FROM)?.as_str()
}

/// Removed resources that are named by an added one, or are added under another logical ID, with the same type and properties.
/// References to a renamed resource are equal if they use its new name.
pub(super) fn find(old: &Object, new: &Object) -> Vec<Rename> {
    let mut gone: Vec<&str> = old.names().filter(|id| !new.contains(id)).collect();
    let mut come: Vec<&str> = new.names().filter(|id| !old.contains(id)).collect();
    let mut renames: Vec<Rename> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    come.retain(|to| {
        let after = new.get(to);
        let from = after.and_then(moved_from);
        let Some(index) = gone.iter().position(|id| Some(*id) == from) else {
            return true;
        };
        let from = gone.remove(index);
        names.insert(from.to_owned(), (*to).to_owned());
        renames.push(Rename {
            from: from.to_owned(),
            to: (*to).to_owned(),
            type_name: after.map(type_of).unwrap_or_default().to_owned(),
            is_declared: true,
        });
        false
    });
    loop {
        let known = renames.len();
        gone.retain(|from| {
            let Some(before) = old.get(from).map(|resource| renamed(resource, &names)) else {
                return true;
            };
            let index = come.iter().position(|to| {
                new.get(to)
                    .is_some_and(|after| is_same_resource(&before, after))
            });
            let Some(index) = index else { return true };
            let to = come.remove(index);
            names.insert((*from).to_owned(), to.to_owned());
            renames.push(Rename {
                from: (*from).to_owned(),
                to: to.to_owned(),
                type_name: type_of(&before).to_owned(),
                is_declared: false,
            });
            false
        });
        if renames.len() == known {
            return renames;
        }
    }
}

/// The value with references to the new names.
fn renamed(value: &Json, names: &HashMap<String, String>) -> Json {
    if names.is_empty() {
        return value.clone();
    }
    match value {
        Json::Array(items) => Json::array(items.iter().map(|item| renamed(item, names))),
        Json::Object(object) => match object.function() {
            Some((
                function @ (IntrinsicFunction::Ref
                | IntrinsicFunction::GetAtt
                | IntrinsicFunction::Sub),
                argument,
            )) => Json::object([(function, in_call(function, argument, names))]),
            _ => Json::object(
                object
                    .iter()
                    .map(|(name, member)| (name.to_owned(), renamed(member, names))),
            ),
        },
        other => other.clone(),
    }
}

fn in_call(function: IntrinsicFunction, argument: &Json, names: &HashMap<String, String>) -> Json {
    match (function, argument) {
        (IntrinsicFunction::Sub, Json::String(text)) => substituted(text, names).into(),
        (IntrinsicFunction::Ref, Json::String(name)) => names
            .get(&**name)
            .unwrap_or(&name.to_string())
            .clone()
            .into(),
        (_, Json::String(path)) => match path.split_once('.') {
            Some((name, attribute)) => {
                let name = names.get(name).map_or(name, String::as_str);
                format!("{name}.{attribute}").into()
            }
            None => argument.clone(),
        },
        (_, Json::Array(items)) => Json::array(items.iter().enumerate().map(|(index, item)| {
            match item {
                Json::String(text) if index == 0 && function == IntrinsicFunction::Sub => {
                    // The names of its own variables are no references.
                    let own = items.get(1).and_then(Json::as_object);
                    let is_own = |name: &str| own.is_some_and(|own| own.contains(name));
                    let names = names.iter().filter(|(name, _)| !is_own(name));
                    let names = names.map(|(old, new)| (old.clone(), new.clone()));
                    substituted(text, &names.collect()).into()
                }
                Json::String(name) if index == 0 => names
                    .get(&**name)
                    .unwrap_or(&name.to_string())
                    .clone()
                    .into(),
                other => renamed(other, names),
            }
        })),
        (_, other) => other.clone(),
    }
}

/// The string of `Fn::Sub` with the new names: each reference is renamed once.
fn substituted(text: &str, names: &HashMap<String, String>) -> String {
    let mut parts = text.split("${");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str("${");
        let end = part.find(['.', '}']).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        whole.push_str(names.get(name).map_or(name, String::as_str));
        whole.push_str(rest);
    }
    whole
}

/// The template with other logical IDs of resources, in their declarations and in all references. Two
/// resources may exchange their names.
pub fn with_logical_ids(template: &Json, names: &BTreeMap<String, String>) -> Json {
    let names = &names
        .iter()
        .map(|(old, new)| (old.clone(), new.clone()))
        .collect();
    let Some(sections) = template.as_object() else {
        return template.clone();
    };
    Json::object(sections.iter().map(|(section, content)| {
        let content = renamed(content, names);
        let content = match content.as_object() {
            Some(resources) if section == "Resources" => {
                Json::object(resources.iter().map(|(id, resource)| {
                    let id = names.get(id).map_or(id, String::as_str);
                    (id.to_owned(), with_dependencies(resource, names))
                }))
            }
            _ => content,
        };
        (section.to_owned(), content)
    }))
}

/// The resource with the new names in its `DependsOn`.
fn with_dependencies(resource: &Json, names: &HashMap<String, String>) -> Json {
    let name_of = |value: &Json| match value.as_str().and_then(|name| names.get(name)) {
        Some(name) => name.clone().into(),
        None => value.clone(),
    };
    let Some(attributes) = resource.as_object() else {
        return resource.clone();
    };
    Json::object(attributes.iter().map(|(name, value)| {
        let value = match value {
            Json::Array(others) if name == "DependsOn" => Json::array(others.iter().map(name_of)),
            Json::String(_) if name == "DependsOn" => name_of(value),
            other => other.clone(),
        };
        (name.to_owned(), value)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Source;

    #[test]
    fn a_declaration_names_the_old_logical_id() {
        let read = |text: &str| Source::read(text).expect("it is a template").json().clone();
        let old = read("{A: {Type: T, Properties: {x: 1}}, B: {Type: U, Properties: {y: !Ref A}}}");
        let new = read(
            "{New: {Type: T, Properties: {x: 2}, Metadata: {'vsc:MovedFrom': A}}, C: {Type: U, Properties: {y: !Ref New}}}",
        );
        let resources = |json: &Json| json.as_object().expect("it is one").clone();
        let found = find(&resources(&old), &resources(&new));
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.from.as_str(), one.to.as_str(), one.is_declared))
            .collect();
        assert_eq!(found, [("A", "New", true), ("B", "C", false)]);
        // The metadata may stay after the resource was renamed.
        assert_eq!(find(&resources(&new), &resources(&new)), []);
    }

    #[test]
    fn logical_ids_are_renamed_in_declarations_and_references() {
        let read = |text: &str| Source::read(text).expect("it is a template").json().clone();
        let old = read(
            "Resources:
  A: {Type: T, Properties: {B: !Ref B, A: A}}
  B: {Type: T, DependsOn: A}
  C: {Type: T, DependsOn: [A, B, D], Properties: {X: !GetAtt A.Arn, Y: !Sub '${A}-${B.Arn}-${!A}-${Ab}', Z: !Sub ['${A} ${B}', {A: !Ref A}]}}
Outputs:
  A: {Value: !Ref A}
",
        );
        let names = [("A", "B"), ("B", "A")];
        let names = names.map(|(old, new)| (old.to_owned(), new.to_owned()));
        let new = with_logical_ids(&old, &BTreeMap::from(names));
        assert_eq!(
            new,
            read(
                "Resources:
  B: {Type: T, Properties: {B: !Ref A, A: A}}
  A: {Type: T, DependsOn: B}
  C: {Type: T, DependsOn: [B, A, D], Properties: {X: !GetAtt B.Arn, Y: !Sub '${B}-${A.Arn}-${!A}-${Ab}', Z: !Sub ['${A} ${A}', {A: !Ref B}]}}
Outputs:
  A: {Value: !Ref B}
"
            )
        );
    }
}
