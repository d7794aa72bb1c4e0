//! What may stand beside the properties of a resource.

use super::check::{Dialect, Place, Refusal, Step, Target, check_functions};
use super::shape::{ResourceType, Rule};
use crate::cloudformation::{
    IntrinsicFunction, RETENTION_FUNCTIONS, ResourceAttribute, is_function,
};
use crate::finding::Finding;
use crate::json::{Json, Object, Text};
use crate::suggest;

/// The options of a resource (AWS CloudFormation User Guide, "Resource attributes").
pub const OPTIONS: [&str; 7] = ResourceAttribute::NAMES;

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
                Ok(below) => refusals.extend(below.into_iter().map(|below| within(path, below))),
            },
            (_, Json::Expression(_)) => {}
            ("DeletionPolicy" | "UpdateReplacePolicy", value) => {
                let below = self.retention(name, value, dialect);
                refusals.extend(below.into_iter().map(|below| within(path, below)));
            }
            ("Metadata", Json::Object(_)) => {
                let below = check_metadata(value, dialect);
                refusals.extend(below.into_iter().map(|below| within(path, below)));
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
            ("Metadata", _) => refuse(takes("an object")),
            ("Version", Json::Array(_) | Json::Object(_)) => {
                refuse(takes("a string such as \"1.0\""));
            }
            _ => {}
        }
        refusals
    }

    /// Checks what `DeletionPolicy` or `UpdateReplacePolicy` is, or what a function makes of it: with
    /// the transform `AWS::LanguageExtensions` it may depend on the template's parameters (cfn-lint's
    /// E3035 and E3036).
    fn retention<E>(&self, option: &str, value: &Json<E>, dialect: Dialect) -> Vec<Refusal> {
        let refuse = |target, finding| vec![refusal(Vec::new(), target, finding)];
        let call = value.as_object().and_then(Object::single);
        match (value, call) {
            (Json::Expression(_), _) => Vec::new(),
            (Json::String(text), _) => match self.check_retention(option, text) {
                Ok(()) => Vec::new(),
                Err(finding) => refuse(Target::Value, finding),
            },
            (_, Some((name, argument))) if is_function(name) => {
                if let Some(finding) = misplaced(option, name) {
                    return refuse(Target::Value, finding);
                }
                let mut refusals = check_functions(value, dialect);
                if let (Some(IntrinsicFunction::If), Json::Array(branches)) =
                    (IntrinsicFunction::parse(name), argument)
                {
                    for (index, branch) in branches.iter().enumerate().skip(1) {
                        let path = [Step::Key(IntrinsicFunction::If.into()), Step::Index(index)];
                        let below = self.retention(option, branch, dialect);
                        refusals.extend(below.into_iter().map(|below| within(&path, below)));
                    }
                }
                refusals
            }
            _ => refuse(
                Target::Value,
                Finding::new(format!("`{option}` takes a string such as \"Retain\"")),
            ),
        }
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
        // The Serverless Application Model ignores what it does not know here (cfn-lint's W3001).
        if self.name.starts_with("AWS::Serverless::") && suggest::nearest(name, OPTIONS).is_none() {
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
    pub fn is_open(&self) -> bool {
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

/// A refusal of what is below a path.
fn within(path: &[Step], below: Refusal) -> Refusal {
    let Refusal { place, finding } = below;
    refusal([path, &place.path].concat(), place.target, finding)
}

/// Why a function cannot give a policy.
fn misplaced(option: &str, name: &str) -> Option<Finding> {
    let names = || RETENTION_FUNCTIONS.into_iter().map(IntrinsicFunction::name);
    let is_allowed = names().any(|known| known == name) || name == IntrinsicFunction::Transform;
    (!is_allowed).then(|| {
        Finding::new(format!("`{option}` cannot take `{name}`"))
            .why(format!("allowed: {}", suggest::list(names())))
    })
}

/// Checks `Metadata`: the functions in it, and what `cfn-init` reads (AWS CloudFormation Template
/// Reference, "`AWS::CloudFormation::Init`"; cfn-lint's E3009).
fn check_metadata<E>(value: &Json<E>, dialect: Dialect) -> Vec<Refusal> {
    match super::shared("#Metadata") {
        Some(metadata) => metadata.check_as(value, dialect),
        None => check_functions(value, dialect),
    }
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
