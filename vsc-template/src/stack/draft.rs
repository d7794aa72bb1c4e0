//! A resource before it is in a stack.

use vsc_spec::{Diagnostic, Json, Object, Text};

use super::handle::Dependency;
use crate::template::{LogicalId, Resource};

/// A resource with its resource attributes, before it has a logical ID.
#[derive(Clone, Debug)]
pub struct Draft {
    resource: Resource,
    /// The logical ID that it had before.
    moved_from: Option<String>,
    /// Errors of the draft.
    problems: Vec<Diagnostic>,
}

/// The metadata with the logical ID that a renamed resource had before, for `vsc refactor`.
pub const MOVED_FROM: &str = "vsc:MovedFrom";

/// A condition of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    logical_id: LogicalId,
}

impl Condition {
    pub(crate) fn new(logical_id: LogicalId) -> Self {
        Self { logical_id }
    }

    /// The name within the template.
    pub fn logical_id(&self) -> &LogicalId {
        &self.logical_id
    }
}

impl Draft {
    /// A resource of the type, with its properties.
    pub fn new(type_name: impl Into<Text>, properties: Object) -> Self {
        Self {
            resource: Resource::new(type_name, properties),
            moved_from: None,
            problems: Vec::new(),
        }
    }

    pub(super) fn type_name(&self) -> &str {
        &self.resource.type_name
    }

    /// An unchecked resource: [`Stack::finish`](super::Stack::finish) does not check its contents.
    pub fn unchecked(type_name: impl Into<Text>, properties: Object) -> Self {
        let mut draft = Self::new(type_name, properties);
        draft.resource.unchecked = true;
        draft
    }

    /// Creates the resource after another one.
    pub fn depends_on(&mut self, other: impl Dependency) {
        self.resource.depends_on.push(other.dependency());
    }

    /// Creates the resource after the one with this logical ID.
    pub fn depends_on_named(&mut self, logical_id: Json) {
        if let Json::String(logical_id) = logical_id {
            self.resource
                .depends_on
                .push(LogicalId::unchecked(logical_id));
        }
    }

    /// Creates the resource only if the condition is true.
    pub fn condition(&mut self, condition: &Condition) {
        self.resource.condition = Some(condition.logical_id.clone());
    }

    /// Creates the resource only if the condition with this logical ID is true.
    pub fn condition_named(&mut self, logical_id: Json) {
        if let Json::String(logical_id) = logical_id {
            self.resource.condition = Some(LogicalId::unchecked(logical_id));
        }
    }

    /// Sets `Metadata`, a policy, or the version of a custom resource.
    pub fn set_option(&mut self, name: &str, value: Json) {
        match name {
            "CreationPolicy" => self.resource.creation_policy = Some(value),
            "UpdatePolicy" => self.resource.update_policy = Some(value),
            "DeletionPolicy" => self.resource.deletion_policy = Some(value),
            "Version" => self.resource.version = Some(value),
            "UpdateReplacePolicy" => self.resource.update_replace_policy = Some(value),
            _ => match value {
                Json::Object(metadata) => self.resource.metadata = metadata,
                _ => self.problems.push(Diagnostic::new(format!(
                    "`{name}` of a resource of type `{}` has to be an object",
                    self.resource.type_name
                ))),
            },
        }
    }

    /// Names the logical ID that the resource had before: it is in the metadata of the template, and
    /// `vsc refactor` renames the deployed resource by it.
    pub fn moved_from(&mut self, logical_id: impl Into<String>) {
        self.moved_from = Some(logical_id.into());
    }

    pub(super) fn into_parts(mut self) -> (Resource, Vec<Diagnostic>) {
        if let Some(logical_id) = self.moved_from {
            self.resource.metadata.insert(MOVED_FROM, logical_id);
        }
        (self.resource, self.problems)
    }
}
