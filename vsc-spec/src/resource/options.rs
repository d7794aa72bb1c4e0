//! What may stand beside the properties of a resource.

use super::shape::{ResourceType, Rule};
use crate::finding::Finding;
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
    /// Judges the name of an option.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such option.
    pub fn check_option(&self, name: &str) -> Result<(), Finding> {
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
            finding.help(format!(
                "`{name}` is a property: write it in the first block"
            ))
        } else {
            finding.maybe_help(suggest::did_you_mean(name, OPTIONS))
        })
    }

    pub(super) fn is_custom(&self) -> bool {
        self.name.starts_with("Custom::") || self.name == "AWS::CloudFormation::CustomResource"
    }

    /// Judges the value of `DeletionPolicy` or `UpdateReplacePolicy`.
    ///
    /// # Errors
    ///
    /// When the value is none of those that the option has for this type.
    pub fn check_retention(&self, option: &str, value: &str) -> Result<(), Finding> {
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
