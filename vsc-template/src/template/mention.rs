//! References in a value, with their paths.

use std::collections::HashSet;

use vsc_spec::cloudformation::{CONDITION, IntrinsicFunction, PseudoParameter, is_function};
use vsc_spec::{Json, Object};

use super::path::Path;
use super::reference::variables;

/// The kind of a reference: all kinds that CloudFormation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// `Ref`, or `${Name}` in `Fn::Sub`.
    Ref,
    /// `Fn::GetAtt`, or `${Name.Attribute}` in `Fn::Sub`.
    Attribute,
    /// `DependsOn`.
    DependsOn,
    /// `Fn::If`, or the resource attribute `Condition`.
    Condition,
    /// `Fn::FindInMap`.
    Mapping,
}

/// A reference to a parameter, a resource, a condition or a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Its path, up to the intrinsic function that contains it.
    pub path: Path,
    /// Its kind.
    pub relation: Relation,
    /// The name of its target.
    pub name: String,
    /// The attribute of the target.
    pub attribute: Option<String>,
}

/// All references in a value, in order, without pseudo parameters.
pub fn mentions(value: &Json) -> Vec<Mention> {
    let mut finder = Finder::default();
    finder.value(&Path::root(), value);
    finder.found
}

/// The references in the properties and resource attributes of a resource; paths begin at the resource.
pub fn mentions_of_resource(resource: &Json) -> Vec<Mention> {
    let mut finder = Finder::default();
    let Some(resource) = resource.as_object() else {
        return finder.found;
    };
    for (name, value) in resource.iter() {
        let path = Path::root().member(name);
        match (name, value) {
            ("DependsOn", Json::String(other)) => {
                finder.push(&path, Relation::DependsOn, other, None);
            }
            ("DependsOn", Json::Array(others)) => {
                for other in others.iter().filter_map(Json::as_str) {
                    finder.push(&path, Relation::DependsOn, other, None);
                }
            }
            ("Condition", Json::String(condition)) => {
                finder.push(&path, Relation::Condition, condition, None);
            }
            (_, value) => finder.value(&path, value),
        }
    }
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Mention>,
    /// The references found so far, by path and target.
    known: HashSet<Mention>,
}

impl Finder {
    fn push(&mut self, path: &Path, relation: Relation, name: &str, attribute: Option<&str>) {
        if PseudoParameter::is_reserved(name) {
            return;
        }
        let mention = Mention {
            path: path.clone(),
            relation,
            name: name.to_owned(),
            attribute: attribute.map(str::to_owned),
        };
        if self.known.insert(mention.clone()) {
            self.found.push(mention);
        }
    }

    fn value(&mut self, path: &Path, value: &Json) {
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&path.item(index), item);
                }
            }
            Json::Object(object) => match object.single() {
                Some((name, argument)) if is_function_or_condition(name) => {
                    self.call(path, name, argument);
                }
                _ => {
                    for (name, member) in object.iter() {
                        self.value(&path.member(name), member);
                    }
                }
            },
            _ => {}
        }
    }

    /// References within a function have the path of the function.
    fn inside(&mut self, path: &Path, value: &Json) {
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.inside(path, item)),
            Json::Object(object) => match object.single() {
                Some((name, argument)) if is_function_or_condition(name) => {
                    self.call(path, name, argument);
                }
                _ => object
                    .iter()
                    .for_each(|(_, member)| self.inside(path, member)),
            },
            _ => {}
        }
    }

    fn call(&mut self, path: &Path, name: &str, argument: &Json) {
        let list = argument.as_array().unwrap_or_default();
        let first = list.first().unwrap_or(argument).as_str();
        if let (CONDITION, Some(condition)) = (name, first) {
            return self.push(path, Relation::Condition, condition, None);
        }
        let Some(function) = IntrinsicFunction::parse(name) else {
            return self.inside(path, argument);
        };
        match (function, first) {
            (IntrinsicFunction::Ref, Some(target)) => self.push(path, Relation::Ref, target, None),
            (IntrinsicFunction::GetAtt, Some(target)) => {
                let (target, dotted) = match target.split_once('.') {
                    Some((target, attribute)) => (target, Some(attribute)),
                    None => (target, None),
                };
                let attribute = list.get(1).and_then(Json::as_str).or(dotted);
                self.push(path, Relation::Attribute, target, attribute);
                list.iter().skip(1).for_each(|item| self.inside(path, item));
            }
            (IntrinsicFunction::Sub, Some(text)) => {
                let own = list.get(1).and_then(Json::as_object);
                self.substitution(path, text, own);
            }
            (IntrinsicFunction::If, Some(condition)) => {
                self.push(path, Relation::Condition, condition, None);
                list.iter().skip(1).for_each(|item| self.inside(path, item));
            }
            (IntrinsicFunction::FindInMap, Some(mapping)) => {
                self.push(path, Relation::Mapping, mapping, None);
                list.iter().skip(1).for_each(|item| self.inside(path, item));
            }
            _ => self.inside(path, argument),
        }
    }

    fn substitution(&mut self, path: &Path, text: &str, own: Option<&Object>) {
        for variable in variables(text) {
            match own.and_then(|own| own.get(variable)) {
                Some(value) => self.inside(path, value),
                None => match variable.split_once('.') {
                    Some((name, attribute)) => {
                        self.push(path, Relation::Attribute, name, Some(attribute));
                    }
                    None => self.push(path, Relation::Ref, variable, None),
                },
            }
        }
    }
}

/// Whether the only member of an object is a reference: a function, or a condition by its name.
pub fn is_function_or_condition(name: &str) -> bool {
    is_function(name) || name == CONDITION
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &Json) -> Vec<String> {
        let mentions = mentions(value);
        let reported = mentions.iter().map(|mention| {
            let attribute = mention.attribute.as_deref().unwrap_or("-");
            let Mention {
                path,
                relation,
                name,
                ..
            } = mention;
            format!("{path} {relation:?} {name} {attribute}")
        });
        reported.collect()
    }

    #[test]
    fn references_are_found_with_their_paths() {
        let call = |name: &'static str, argument: Json| Json::object([(name, argument)]);
        let value = Json::object([
            ("Subnet", call("Ref", "SubnetId".into())),
            ("Region", call("Ref", "AWS::Region".into())),
            (
                "Items",
                Json::array([
                    call("Fn::GetAtt", "Host.PrivateIp".into()),
                    call("Fn::GetAtt", Json::array(["Host", "Arn"])),
                ]),
            ),
            (
                "Text",
                call(
                    "Fn::Sub",
                    Json::array([
                        Json::from("${Own} ${Address} ${Host.Arn} ${!Not}"),
                        Json::object([("Own", call("Ref", "Name".into()))]),
                    ]),
                ),
            ),
            (
                "Some",
                call(
                    "Fn::If",
                    Json::array([
                        Json::from("IsLarge"),
                        call("Fn::FindInMap", Json::array(["Sizes", "a", "b"])),
                        Json::from("x"),
                    ]),
                ),
            ),
        ]);
        assert_eq!(
            found(&value),
            [
                "Subnet Ref SubnetId -",
                "Items[0] Attribute Host PrivateIp",
                "Items[1] Attribute Host Arn",
                "Text Ref Name -",
                "Text Ref Address -",
                "Text Attribute Host Arn",
                "Some Condition IsLarge -",
                "Some Mapping Sizes -",
            ]
        );
    }

    #[test]
    fn resource_attributes_are_searched_as_well() {
        let resource = Json::object([
            ("DependsOn", Json::array(["A", "B"])),
            ("Condition", Json::from("C")),
        ]);
        let names: Vec<String> = mentions_of_resource(&resource)
            .into_iter()
            .map(|mention| mention.name)
            .collect();
        assert_eq!(names, ["A", "B", "C"]);
    }
}
