//! What may stand beside the properties of a resource.

use super::check::{Dialect, Place, Refusal, Step, Target};
use super::shape::{ResourceType, Rule};
use crate::finding::Finding;
use crate::json::{Json, Object, Text};
use crate::suggest;

/// The options of a resource (AWS CloudFormation User Guide, "Resource attributes").
pub const OPTIONS: [&str; 7] = [
    "DependsOn",
    "Condition",
    "Metadata",
    "CreationPolicy",
    "UpdatePolicy",
    "DeletionPolicy",
    "UpdateReplacePolicy",
];

/// Types of which CloudFormation takes a snapshot before it deletes them (same guide,
/// "`DeletionPolicy` attribute").
pub(super) const SNAPSHOTS: [&str; 8] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

impl ResourceType {
    /// Judges what stands beside the properties of a resource: everything that is wrong with it.
    pub fn check_options<E>(&self, options: &Object<E>, dialect: Dialect) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        for (name, value) in options.iter() {
            let path = vec![Step::Key(Text::Owned(name.to_owned()))];
            match self.check_option(name, dialect) {
                Ok(()) => refusals.extend(self.option(name, value, &path, dialect)),
                Err(finding) => refusals.push(refusal(path, Target::Key, finding)),
            }
        }
        refusals
    }

    fn option<E>(
        &self,
        name: &str,
        value: &Json<E>,
        path: &[Step],
        dialect: Dialect,
    ) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let takes = |what| Finding::new(format!("`{name}` takes {what}"));
        let mut refuse = |finding| refusals.push(refusal(path.to_vec(), Target::Value, finding));
        match (name, value) {
            (_, Json::Null) => {
                let finding = Finding::new(format!("`{name}` cannot be `null`"));
                refuse(finding.help("leave it out"));
            }
            ("CreationPolicy" | "UpdatePolicy", value) => match self.check_policy(name, value) {
                Err(finding) => refusals.push(refusal(path.to_vec(), Target::Key, finding)),
                Ok(below) => refusals.extend(below.into_iter().map(|below| {
                    let Refusal { place, finding } = below;
                    let path = [path, &place.path].concat();
                    refusal(path, place.target, finding)
                })),
            },
            (_, Json::Expression(_)) => {}
            ("DeletionPolicy" | "UpdateReplacePolicy", Json::String(text)) => {
                if let Err(finding) = self.check_retention(name, text) {
                    refuse(finding);
                }
            }
            ("DeletionPolicy" | "UpdateReplacePolicy", value) if !is_function(value) => {
                refuse(takes("a string such as \"Retain\""));
            }
            ("DependsOn", Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Err(finding) = check_dependency(item, dialect) {
                        let path = [path, &[Step::Index(index)]].concat();
                        refusals.push(refusal(path, Target::Value, finding));
                    }
                }
            }
            ("DependsOn", item) => {
                if let Err(finding) = check_dependency(item, dialect) {
                    refuse(finding);
                }
            }
            ("Condition", value) if value.as_str().is_none() => refuse(takes("a condition")),
            ("Metadata", value) if value.as_object().is_none() => refuse(takes("an object")),
            _ => {}
        }
        refusals
    }

    /// Judges the name of an option.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such option.
    fn check_option(&self, name: &str, dialect: Dialect) -> Result<(), Finding> {
        // The version of the protocol between CloudFormation and a custom resource.
        if OPTIONS.contains(&name) || (name == "Version" && self.is_custom()) {
            return Ok(());
        }
        let finding = Finding::new(format!("a resource has no option `{name}`"))
            .why(format!("it has {}", suggest::list(OPTIONS)));
        let is_property = self.properties.rules.iter().any(|rule| {
            matches!(rule, Rule::Properties(members) if members.iter().any(|(known, _)| known == name))
        });
        Err(if is_property {
            let place = match dialect {
                Dialect::Rust => "in the first block",
                Dialect::Template | Dialect::Extended => "below `Properties`",
            };
            finding.help(format!("`{name}` is a property: write it {place}"))
        } else {
            finding.maybe_help(suggest::did_you_mean(name, OPTIONS))
        })
    }

    pub(super) fn is_custom(&self) -> bool {
        self.name.starts_with("Custom::") || self.name == "AWS::CloudFormation::CustomResource"
    }

    /// Whether what provides the resource is somebody's own: its attributes are not known here.
    pub(super) fn is_open(&self) -> bool {
        self.is_custom() || super::catalog::registered(&self.name).is_some()
    }

    /// Judges the value of `DeletionPolicy` or `UpdateReplacePolicy`.
    ///
    /// # Errors
    ///
    /// When the value is none of those that the option has for this type.
    fn check_retention(&self, option: &str, value: &str) -> Result<(), Finding> {
        let mut allowed = vec!["Delete", "Retain"];
        if option == "DeletionPolicy" {
            allowed.push("RetainExceptOnCreate");
        }
        let takes_snapshots = SNAPSHOTS.contains(&self.name.as_str());
        if takes_snapshots {
            allowed.push("Snapshot");
        }
        if allowed.contains(&value) {
            return Ok(());
        }
        let mut finding = Finding::new(format!("`{option}` cannot be `{value}`")).why(format!(
            "allowed: {}",
            suggest::list(allowed.iter().copied())
        ));
        if value == "Snapshot" {
            finding = finding.why(format!("there are no snapshots of an `{}`", self.name));
        }
        Err(finding.maybe_help(suggest::did_you_mean(value, allowed)))
    }
}

fn refusal(path: Vec<Step>, target: Target, finding: Finding) -> Refusal {
    let place = Place { path, target };
    Refusal { place, finding }
}

/// With the transform `AWS::LanguageExtensions` policies may depend on the template's parameters.
fn is_function<E>(value: &Json<E>) -> bool {
    let single = value.as_object().and_then(Object::single);
    single.is_some_and(|(name, _)| name == "Ref" || name.starts_with("Fn::"))
}

/// Judges an item of `DependsOn`.
fn check_dependency<E>(item: &Json<E>, dialect: Dialect) -> Result<(), Finding> {
    match item {
        Json::String(id) => check_logical_id(id),
        Json::Expression(_) => Ok(()),
        _ => Err(Finding::new(match dialect {
            Dialect::Rust => "`DependsOn` takes resources, as in `[&host]`",
            Dialect::Template | Dialect::Extended => {
                "`DependsOn` takes the names of resources, as in `[Host]`"
            }
        })),
    }
}

/// Judges a logical ID.
///
/// # Errors
///
/// When it is not made of 1 to 255 letters and digits (AWS CloudFormation User Guide,
/// "Resources section").
pub fn check_logical_id(id: &str) -> Result<(), Finding> {
    let alphanumeric: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    if alphanumeric == id && (1..=255).contains(&id.len()) {
        return Ok(());
    }
    let finding = Finding::new(format!("`{id}` is no logical ID"))
        .why("a logical ID is made of 1 to 255 letters and digits");
    Err(if alphanumeric.is_empty() || id.len() > 255 {
        finding
    } else {
        finding.help(format!("write `{alphanumeric}`"))
    })
}
