//! Descriptions of the members of a resource's objects, for editors.

use std::collections::BTreeMap;

use super::check::Step;
use super::expectation::Asked;
use super::outline::Outline;
use super::shape::{Keyword, ResourceType, Schema};
use super::update::UpdateType;

/// A member of an object, such as a property.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its description, in Markdown.
    pub description: String,
}

impl ResourceType {
    /// The members of the object at a path, without read-only ones; empty if there is no such object.
    pub fn members(&self, path: &[Step]) -> Vec<Member> {
        let Asked::Schemas { schemas, .. } = self.target(path) else {
            return Vec::new();
        };
        let rules = self.reachable(&schemas);
        let mut schemas: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
        for rule in &rules {
            if let Keyword::Properties(members) = rule {
                for (name, schema) in members {
                    schemas.entry(name).or_default().push(schema);
                }
            }
        }
        let mut path = path.to_vec();
        let members = schemas.into_iter().filter_map(|(name, schemas)| {
            let required = rules.iter().any(|rule| {
                matches!(rule, Keyword::Required(names) if names.iter().any(|known| known == name))
            });
            path.push(Step::Key(name.to_owned().into()));
            let outline = self.trace(name, &schemas, &mut path, 0);
            path.pop();
            (!outline.read_only).then(|| Member {
                name: name.to_owned(),
                description: describe(&outline, required),
            })
        });
        members.collect()
    }
}

fn describe(outline: &Outline, required: bool) -> String {
    let required = if required { "; required" } else { "" };
    let mut lines = vec![format!("Takes {}{required}.", outline.takes())];
    if !outline.identifies.is_empty() {
        lines.push(format!(
            "Identifies `{}`.",
            outline.identifies.join("` or `")
        ));
    }
    if !outline.allowed.is_empty() {
        let allowed: Vec<String> = outline
            .allowed
            .iter()
            .map(|value| format!("`{value}`"))
            .collect();
        lines.push(format!("Allowed: {}.", allowed.join(", ")));
    }
    for pattern in outline
        .patterns
        .iter()
        .filter(|pattern| !pattern.contains('`'))
    {
        lines.push(format!("Matches `{pattern}`."));
    }
    match outline.update {
        UpdateType::InPlace => {}
        UpdateType::Interrupts => lines.push("A change interrupts the resource.".to_owned()),
        UpdateType::MayReplace => lines.push("A change may replace the resource.".to_owned()),
        UpdateType::Replaces => lines.push("A change replaces the resource.".to_owned()),
    }
    if outline.deprecated {
        lines.push("Deprecated.".to_owned());
    }
    lines.join("\n\n")
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
        assert!(group.contains("A change replaces the resource."), "{group}");
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
    fn read_only_members_are_omitted() {
        assert_eq!(member("AWS::S3::Bucket", &[], "Arn"), None);
    }
}
