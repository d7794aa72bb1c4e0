//! Resources of which only the logical ID changed.

use std::collections::HashMap;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object};

use super::resource::{is_same_resource, type_of};

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
}

/// Removed resources that are added under another logical ID, with the same type and properties.
/// References to a renamed resource are equal if they use its new name.
pub(super) fn find(old: &Object, new: &Object) -> Vec<Rename> {
    let mut gone: Vec<&str> = old.names().filter(|id| !new.contains(id)).collect();
    let mut come: Vec<&str> = new.names().filter(|id| !old.contains(id)).collect();
    let mut renames: Vec<Rename> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
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
                    substituted(text, names).into()
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

fn substituted(text: &str, names: &HashMap<String, String>) -> String {
    names.iter().fold(text.to_owned(), |text, (from, to)| {
        text.replace(&format!("${{{from}}}"), &format!("${{{to}}}"))
            .replace(&format!("${{{from}."), &format!("${{{to}."))
    })
}
