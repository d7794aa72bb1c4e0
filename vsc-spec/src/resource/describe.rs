//! What may stand in an object of a resource, in words for those who are writing it.

use std::collections::BTreeMap;

use super::check::Step;
use super::expectation::Asked;
use super::shape::{ResourceType, Rule, Schema};
use crate::json::Json;

/// A member of an object, such as a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it takes, as Markdown.
    pub description: String,
}

impl ResourceType {
    /// What may stand in the object at the end of a path below the properties, without what AWS
    /// sets by itself; empty where there is no such object.
    pub fn members(&self, path: &[Step]) -> Vec<Member> {
        let Asked::Schemas { schemas, .. } = self.place(path) else {
            return Vec::new();
        };
        let rules = self.reachable(&schemas);
        let mut schemas: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
        for rule in &rules {
            if let Rule::Properties(members) = rule {
                for (name, schema) in members {
                    schemas.entry(name).or_default().push(schema);
                }
            }
        }
        let members = schemas.into_iter().filter_map(|(name, schemas)| {
            let place = place(path, name);
            if self.read_only.contains(&place) {
                return None;
            }
            let required = rules.iter().any(|rule| {
                matches!(rule, Rule::Required(names) if names.iter().any(|known| known == name))
            });
            Some(Member {
                name: name.to_owned(),
                description: self.describe(&place, &schemas, required),
            })
        });
        members.collect()
    }

    fn describe(&self, place: &str, schemas: &[&Schema], required: bool) -> String {
        let rules = self.reachable(schemas);
        let expectation = self.summary(schemas, required, 0);
        let takes = match expectation.types.in_words() {
            words if words.is_empty() => "anything".to_owned(),
            words => words,
        };
        let items = expectation.items.map(|items| items.types.in_words());
        let mut lines = vec![format!(
            "Takes {takes}{}{}.",
            match items {
                Some(words) if !words.is_empty() => format!("; each item is {words}"),
                _ => String::new(),
            },
            if required { "; required" } else { "" },
        )];
        if !expectation.formats.is_empty() {
            lines.push(format!(
                "Identifies `{}`.",
                expectation.formats.join("` or `")
            ));
        }
        for rule in rules {
            match rule {
                Rule::Enum(values) | Rule::EnumAnyCase(values) => lines.push(format!(
                    "Allowed: {}.",
                    values.iter().map(code).collect::<Vec<_>>().join(", ")
                )),
                Rule::Pattern(pattern) if !pattern.contains('`') => {
                    lines.push(format!("Matches `{pattern}`."));
                }
                _ => {}
            }
        }
        let is = |paths: &[String]| paths.iter().any(|path| path == place);
        if is(&self.create_only) {
            lines.push("A change needs a new resource.".to_owned());
        }
        if is(&self.conditional_create_only) {
            lines.push("A change may need a new resource.".to_owned());
        }
        if is(&self.deprecated) {
            lines.push("Deprecated.".to_owned());
        }
        lines.join("\n\n")
    }
}

/// The path as schemas write it: `Rules/*/Id`.
fn place(path: &[Step], name: &str) -> String {
    let mut place = String::new();
    for step in path {
        match step {
            Step::Key(name) => place.push_str(name),
            Step::Index(_) => place.push('*'),
        }
        place.push('/');
    }
    place + name
}

fn code(value: &Json) -> String {
    match value {
        Json::String(text) => format!("`{text}`"),
        Json::Integer(number) => format!("`{number}`"),
        Json::Number(number) => format!("`{number}`"),
        Json::Bool(value) => format!("`{value}`"),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Text;
    use crate::resource::find;

    fn member(type_name: &str, path: &[Step], name: &str) -> Option<String> {
        let resource = find(type_name).expect("the type exists");
        let mut members = resource.members(path).into_iter();
        members
            .find(|member| member.name == name)
            .map(|member| member.description)
    }

    #[test]
    fn properties_are_described() {
        let subnet = member("AWS::EC2::Instance", &[], "SubnetId").unwrap_or_default();
        assert!(subnet.starts_with("Takes a string."), "{subnet}");
        assert!(
            subnet.contains("Identifies `AWS::EC2::Subnet.Id`."),
            "{subnet}"
        );
        let group = member("AWS::EC2::SecurityGroup", &[], "GroupDescription").unwrap_or_default();
        assert!(group.starts_with("Takes a string; required."), "{group}");
        assert!(group.contains("A change needs a new resource."), "{group}");
    }

    #[test]
    fn members_of_nested_objects_are_described() {
        let path = [Step::Key(Text::Borrowed("VersioningConfiguration"))];
        let status = member("AWS::S3::Bucket", &path, "Status").unwrap_or_default();
        assert!(
            status.contains("Allowed: `Enabled`, `Suspended`."),
            "{status}"
        );
    }

    #[test]
    fn what_aws_sets_is_left_out() {
        assert_eq!(member("AWS::S3::Bucket", &[], "Arn"), None);
    }
}
