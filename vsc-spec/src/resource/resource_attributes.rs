//! Resource attributes, next to the properties of a resource.

use super::check::{Dialect, Location, Step, Target, Violation, check_functions};
use super::shape::{Keyword, ResourceType};
use crate::cloudformation::{
    IntrinsicFunction, RETENTION_FUNCTIONS, ResourceAttribute, is_function,
};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Object, Text};
use crate::suggest;

/// The resource attributes (AWS CloudFormation User Guide, "Resource attributes").
pub const RESOURCE_ATTRIBUTES: [&str; 7] = ResourceAttribute::NAMES;

/// Types of which CloudFormation can take a snapshot before it deletes them (same guide,
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
    /// Checks the attributes of a resource: everything that is wrong with them.
    pub fn check_resource_attributes<E>(
        &self,
        options: &Object<E>,
        dialect: Dialect,
    ) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (name, value) in options.iter() {
            let path = vec![Step::Key(Text::Owned(name.to_owned()))];
            match self.check_attribute_name(name, dialect) {
                Ok(()) => {
                    violations.extend(self.check_resource_attribute(name, value, &path, dialect));
                }
                Err(diagnostic) => violations.push(violation(path, Target::Key, diagnostic)),
            }
        }
        violations
    }

    fn check_resource_attribute<E>(
        &self,
        name: &str,
        value: &Json<E>,
        path: &[Step],
        dialect: Dialect,
    ) -> Vec<Violation> {
        let mut violations = Vec::new();
        let takes = |expected| Diagnostic::new(format!("`{name}` takes {expected}"));
        let mut reject =
            |diagnostic| violations.push(violation(path.to_vec(), Target::Value, diagnostic));
        match (name, value) {
            (_, Json::Null) => {
                let diagnostic = Diagnostic::new(format!("`{name}` cannot be `null`"));
                reject(diagnostic.help("remove it"));
            }
            ("CreationPolicy" | "UpdatePolicy", value) => match self.check_policy(name, value) {
                Err(diagnostic) => {
                    violations.push(violation(path.to_vec(), Target::Key, diagnostic));
                }
                Ok(below) => violations.extend(below.into_iter().map(|below| within(path, below))),
            },
            (_, Json::Expression(_)) => {}
            ("DeletionPolicy" | "UpdateReplacePolicy", value) => {
                let below = self.retention(name, value, dialect);
                violations.extend(below.into_iter().map(|below| within(path, below)));
            }
            ("Metadata", Json::Object(_)) => {
                let below = check_metadata(value, dialect);
                violations.extend(below.into_iter().map(|below| within(path, below)));
            }
            ("DependsOn", Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Err(diagnostic) = check_dependency(item, dialect) {
                        let path = [path, &[Step::Index(index)]].concat();
                        violations.push(violation(path, Target::Value, diagnostic));
                    }
                }
            }
            ("DependsOn", item) => {
                if let Err(diagnostic) = check_dependency(item, dialect) {
                    reject(diagnostic);
                }
            }
            ("Condition", value) if value.as_str().is_none() => {
                reject(takes("the name of a condition"));
            }
            ("Metadata", _) => {
                reject(takes("an object").help("for example `{ Owner: \"ops\" }`"));
            }
            ("Version", Json::Array(_) | Json::Object(_)) => {
                reject(takes("a string such as \"1.0\""));
            }
            _ => {}
        }
        violations
    }

    /// Checks `DeletionPolicy` or `UpdateReplacePolicy`, or a function for it: with the transform
    /// `AWS::LanguageExtensions` it may depend on the template's parameters (cfn-lint's E3035 and E3036).
    fn retention<E>(&self, option: &str, value: &Json<E>, dialect: Dialect) -> Vec<Violation> {
        let reject = |target, diagnostic| vec![violation(Vec::new(), target, diagnostic)];
        let call = value.as_object().and_then(Object::single);
        match (value, call) {
            (Json::Expression(_), _) => Vec::new(),
            (Json::String(text), _) => match self.check_retention(option, text) {
                Ok(()) => Vec::new(),
                Err(diagnostic) => reject(Target::Value, diagnostic),
            },
            (_, Some((name, argument))) if is_function(name) => {
                if let Some(diagnostic) = disallowed_function(option, name) {
                    return reject(Target::Value, diagnostic);
                }
                let mut violations = check_functions(value, dialect);
                if let (Some(IntrinsicFunction::If), Json::Array(branches)) =
                    (IntrinsicFunction::parse(name), argument)
                {
                    for (index, branch) in branches.iter().enumerate().skip(1) {
                        let path = [Step::Key(IntrinsicFunction::If.into()), Step::Index(index)];
                        let below = self.retention(option, branch, dialect);
                        violations.extend(below.into_iter().map(|below| within(&path, below)));
                    }
                }
                violations
            }
            _ => reject(
                Target::Value,
                Diagnostic::new(format!("`{option}` takes a string such as \"Retain\"")),
            ),
        }
    }

    /// Checks the name of an attribute.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such attribute.
    fn check_attribute_name(&self, name: &str, dialect: Dialect) -> Result<(), Diagnostic> {
        // The version of the protocol between CloudFormation and a custom resource.
        if RESOURCE_ATTRIBUTES.contains(&name) || (name == "Version" && self.is_custom()) {
            return Ok(());
        }
        // The Serverless Application Model ignores unknown attributes (cfn-lint's W3001).
        if self.name.starts_with("AWS::Serverless::")
            && suggest::nearest(name, RESOURCE_ATTRIBUTES).is_none()
        {
            return Ok(());
        }
        let diagnostic =
            Diagnostic::new(format!("there is no resource attribute `{name}`")).note(format!(
                "the resource attributes are {}",
                suggest::list(RESOURCE_ATTRIBUTES)
            ));
        let is_property = self.properties.rules.iter().any(|rule| {
            matches!(rule, Keyword::Properties(members) if members.iter().any(|(known, _)| known == name))
        });
        Err(if is_property {
            let location = match dialect {
                Dialect::Rust => "in the first block",
                Dialect::Template | Dialect::Extended => "below `Properties`",
            };
            diagnostic.help(format!("`{name}` is a property: write it {location}"))
        } else {
            diagnostic.maybe_help(suggest::did_you_mean(name, RESOURCE_ATTRIBUTES))
        })
    }

    pub(super) fn is_custom(&self) -> bool {
        self.name.starts_with("Custom::") || self.name == "AWS::CloudFormation::CustomResource"
    }

    /// Whether the provider of the resource is not AWS, so that its attributes are unknown.
    pub fn is_open(&self) -> bool {
        self.is_custom() || super::catalog::registered(&self.name).is_some()
    }

    /// Checks the value of `DeletionPolicy` or `UpdateReplacePolicy`.
    ///
    /// # Errors
    ///
    /// When the value is not allowed for this type.
    fn check_retention(&self, option: &str, value: &str) -> Result<(), Diagnostic> {
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
        let mut diagnostic = Diagnostic::new(format!("`{option}` cannot be `{value}`")).note(
            format!("allowed: {}", suggest::list(allowed.iter().copied())),
        );
        if value == "Snapshot" {
            diagnostic = diagnostic.note(format!("an `{}` does not support snapshots", self.name));
        }
        Err(diagnostic.maybe_help(suggest::did_you_mean(value, allowed)))
    }
}

fn violation(path: Vec<Step>, target: Target, diagnostic: Diagnostic) -> Violation {
    let location = Location { path, target };
    Violation::new(location, diagnostic)
}

/// An error below a path.
fn within(path: &[Step], below: Violation) -> Violation {
    let location = Location {
        path: [path, &below.location.path].concat(),
        target: below.location.target,
    };
    Violation { location, ..below }
}

/// The error about a function that is not allowed for a policy.
fn disallowed_function(option: &str, name: &str) -> Option<Diagnostic> {
    let names = || RETENTION_FUNCTIONS.into_iter().map(IntrinsicFunction::name);
    let is_allowed = names().any(|known| known == name) || name == IntrinsicFunction::Transform;
    (!is_allowed).then(|| {
        Diagnostic::new(format!("`{option}` cannot take `{name}`"))
            .note(format!("allowed: {}", suggest::list(names())))
    })
}

/// Checks `Metadata`: the functions in it, and what `cfn-init` reads (AWS CloudFormation Template
/// Reference, "`AWS::CloudFormation::Init`"; cfn-lint's E3009).
fn check_metadata<E>(value: &Json<E>, dialect: Dialect) -> Vec<Violation> {
    match super::shared("#Metadata") {
        Some(metadata) => metadata.check_as(value, dialect),
        None => check_functions(value, dialect),
    }
}

/// Checks an item of `DependsOn`.
fn check_dependency<E>(item: &Json<E>, dialect: Dialect) -> Result<(), Diagnostic> {
    match item {
        Json::String(id) => check_logical_id(id),
        Json::Expression(_) => Ok(()),
        _ => Err(Diagnostic::new(match dialect {
            Dialect::Rust => "`DependsOn` takes resources, as in `[&host]`",
            Dialect::Template | Dialect::Extended => {
                "`DependsOn` takes the names of resources, as in `[Host]`"
            }
        })),
    }
}

/// Checks a logical ID.
///
/// # Errors
///
/// When it does not have 1 to 255 letters and digits (AWS CloudFormation User Guide,
/// "Resources section").
pub fn check_logical_id(id: &str) -> Result<(), Diagnostic> {
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) && (1..=255).contains(&id.len()) {
        return Ok(());
    }
    let alphanumeric: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let diagnostic = Diagnostic::new(format!("`{id}` is not a valid logical ID"))
        .note("a logical ID has 1 to 255 letters and digits");
    Err(if alphanumeric.is_empty() || id.len() > 255 {
        diagnostic
    } else {
        diagnostic.help(format!("write `{alphanumeric}`"))
    })
}
