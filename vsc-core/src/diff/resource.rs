//! Changes of resources.

use vsc_spec::resource::{self, Retention, UpdateType, retention};
use vsc_spec::{Json, Object};

use super::normal::is_same;
use super::section::ChangeKind;
use super::value::{ValueChange, compare, members};
use crate::template::Path;

/// A resource that is added, removed, changed, or affected by the change of another one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResourceChange {
    /// Its logical ID.
    pub id: String,
    /// Its type: the new one, unless it is removed.
    pub type_name: String,
    /// The old type, if it changed. CloudFormation rejects such an update.
    pub old_type: Option<String>,
    /// The kind of change.
    pub kind: ChangeKind,
    /// The changes of its properties; paths begin at the properties.
    pub properties: Vec<ValueChange>,
    /// The changes of its resource attributes, such as `Metadata.…` or `DependsOn`.
    pub options: Vec<ValueChange>,
    /// The consequences of changes elsewhere.
    pub consequences: Vec<Consequence>,
    /// What happens to the existing resource if it is removed or replaced.
    pub retention: Option<Retention>,
    /// Whether the existing resource holds data.
    pub holds_data: bool,
}

/// The properties of a volume that cannot be updated. A value that a function gives may stay the same.
const FIXED_OF_VOLUMES: [&str; 4] = ["AvailabilityZone", "Encrypted", "KmsKeyId", "SnapshotId"];

/// Whether a property cannot be updated, not even by a replacement. AWS CloudFormation Template
/// Reference, "Update requires: Updates are not supported".
fn is_fixed(type_name: &str, property: &str) -> bool {
    match type_name {
        "AWS::CloudFormation::WaitCondition" => ["Count", "Handle", "Timeout"].contains(&property),
        "AWS::CloudFormation::CustomResource" => property == "ServiceToken",
        name => name.starts_with("Custom::") && property == "ServiceToken",
    }
}

/// The consequence of a change elsewhere for a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consequence {
    /// The cause: the logical ID of a resource, a parameter, a mapping or a condition.
    pub cause: String,
    /// The kind of the cause.
    pub source: Cause,
    /// The path of the reference; it begins at the properties.
    pub path: Path,
    /// The effect on the resource.
    pub update: UpdateType,
}

/// The kind of cause of a consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A resource that is replaced.
    Replaced,
    /// A resource that may be replaced.
    MaybeReplaced,
    /// The default of a parameter, a mapping or a condition.
    Definition,
}

impl ResourceChange {
    /// The effect of the update on a changed resource: the most severe of its changes and consequences.
    pub fn update(&self) -> UpdateType {
        if self.kind != ChangeKind::Changed {
            return UpdateType::InPlace;
        }
        if self.old_type.is_some() {
            return UpdateType::Replaces;
        }
        let own = self.properties.iter().map(|change| change.update);
        let follows = self.consequences.iter().map(|follows| follows.update);
        own.chain(follows).max().unwrap_or_default()
    }

    /// The changed property that CloudFormation cannot update: it rejects the update, and the resource
    /// needs another logical ID.
    pub fn rejected(&self) -> Option<&str> {
        let is_of_volume = self.type_name == "AWS::EC2::Volume";
        let is_written = |value: &Option<Json>| !matches!(value, Some(Json::Object(_)));
        let mut written = self
            .properties
            .iter()
            .filter(|change| is_of_volume && is_written(&change.old) && is_written(&change.new));
        let of_volume = written.find_map(|change| {
            let name = change.path.first()?;
            FIXED_OF_VOLUMES.contains(&name).then_some(name)
        });
        if of_volume.is_some() {
            return of_volume;
        }
        let own = self.properties.iter().map(|change| change.path.first());
        let follows = self.consequences.iter();
        let surely = follows.filter(|follows| follows.source == Cause::Replaced);
        let mut names = own
            .chain(surely.map(|follows| follows.path.first()))
            .flatten();
        names.find(|name| is_fixed(&self.type_name, name))
    }

    /// Whether data is lost: a resource with data is deleted without a snapshot.
    pub fn loses_data(&self) -> bool {
        self.holds_data && self.retention == Some(Retention::Deleted)
    }

    /// A resource without changes of its own.
    pub(super) fn untouched(id: &str, resource: &Json) -> Self {
        Self {
            id: id.to_owned(),
            type_name: type_of(resource).to_owned(),
            old_type: None,
            kind: ChangeKind::Changed,
            properties: Vec::new(),
            options: Vec::new(),
            consequences: Vec::new(),
            retention: None,
            holds_data: false,
        }
    }

    /// Determines what happens to the existing resource, once all consequences are known.
    pub(super) fn settle(&mut self, old: Option<&Json>, new: Option<&Json>) {
        let (Some(old), replaced) = (old, self.update() >= UpdateType::MayReplace) else {
            return;
        };
        let Some(specification) = resource::find(type_of(old)) else {
            return;
        };
        let policy = |resource: Option<&Json>, name: &str| {
            let policy = resource.and_then(|resource| resource.get(name)?.as_str());
            policy.map(str::to_owned)
        };
        let clustered = properties(old).contains("DBClusterIdentifier");
        self.retention = if self.kind == ChangeKind::Removed || self.old_type.is_some() {
            let policy = policy(Some(old), "DeletionPolicy");
            Some(specification.deleted_with(policy.as_deref(), clustered))
        } else if replaced {
            let policy = policy(new, "UpdateReplacePolicy");
            Some(retention::replaced_with(policy.as_deref()))
        } else {
            None
        };
        self.holds_data = specification.holds_data();
    }
}

/// The type of a resource; empty if it has none.
pub(crate) fn type_of(resource: &Json) -> &str {
    resource
        .get("Type")
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// The properties of a resource.
pub(crate) fn properties(resource: &Json) -> &Object {
    static NONE: Object = Object::new();
    resource
        .get("Properties")
        .and_then(Json::as_object)
        .unwrap_or(&NONE)
}

/// The changes of a resource itself.
pub(super) fn change(id: &str, old: Option<&Json>, new: Option<&Json>) -> Option<ResourceChange> {
    let mut change = ResourceChange::untouched(id, new.or(old)?);
    match (old, new) {
        (Some(old), Some(new)) => {
            if type_of(old) != type_of(new) {
                change.old_type = Some(type_of(old).to_owned());
                return Some(change);
            }
            let of_old = Json::Object(properties(old).clone());
            let of_new = Json::Object(properties(new).clone());
            change.properties = compare(&Path::root(), &of_old, &of_new);
            let specification = resource::find(type_of(new));
            for change in &mut change.properties {
                change.update = effect(specification.as_ref(), change);
            }
            change.options = members(&options(old), &options(new));
            let differs = !change.properties.is_empty() || !change.options.is_empty();
            differs.then_some(change)
        }
        (None, Some(_)) => {
            change.kind = ChangeKind::Added;
            Some(change)
        }
        _ => {
            change.kind = ChangeKind::Removed;
            Some(change)
        }
    }
}

/// The effect of the change of a property; `MayReplace` for unknown types.
fn effect(specification: Option<&resource::ResourceType>, change: &ValueChange) -> UpdateType {
    let Some(specification) = specification else {
        return UpdateType::MayReplace;
    };
    let path = change.path.steps();
    let values = change.old.iter().chain(&change.new);
    let updates = values.map(|value| specification.update_of_value(path, value));
    updates.max().unwrap_or_default()
}

/// The resource attributes, with `DependsOn` as a sorted list.
fn options(resource: &Json) -> Object {
    let options = resource.as_object().into_iter().flat_map(Object::iter);
    let options = options.filter(|(name, _)| *name != "Properties" && *name != "Type");
    let options = options.map(|(name, value)| {
        let value = match (name, value) {
            ("DependsOn", Json::String(_)) => Json::array([value.clone()]),
            ("DependsOn", Json::Array(items)) => {
                let mut names: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
                names.sort_unstable();
                Json::array(names.into_iter().map(str::to_owned))
            }
            _ => value.clone(),
        };
        (name.to_owned(), value)
    });
    options.collect()
}

/// Whether two resources are equal except for their logical IDs.
pub(super) fn is_same_resource(old: &Json, new: &Json) -> bool {
    type_of(old) == type_of(new)
        && is_same(
            &Json::Object(properties(old).clone()),
            &Json::Object(properties(new).clone()),
        )
}
