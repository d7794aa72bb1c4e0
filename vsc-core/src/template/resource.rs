//! Resources.

use vsc_spec::{Json, Object, Text};

use super::logical_id::LogicalId;

pub use vsc_spec::resource::Step;

/// A resource of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The type's name.
    pub type_name: Text,
    /// What AWS is reported of it.
    pub properties: Object,
    /// It is made only where this condition holds.
    pub condition: Option<LogicalId>,
    /// It is made after these.
    pub depends_on: Vec<LogicalId>,
    /// What is kept with it for others to read, such as `cfn-init`.
    pub metadata: Object,
    /// When it counts as made.
    pub creation_policy: Option<Json>,
    /// How it is changed.
    pub update_policy: Option<Json>,
    /// What becomes of it when it leaves the stack.
    pub deletion_policy: Option<Json>,
    /// What becomes of it when another one replaces it.
    pub update_replace_policy: Option<Json>,
    /// The version of the protocol that a custom resource speaks.
    pub version: Option<Json>,
    /// Nothing within it is checked.
    pub unchecked: bool,
    /// What the YAML says above it.
    pub comment: Option<Text>,
    /// What the YAML says above its parts, by their paths.
    pub comments: Vec<(Vec<Step>, Text)>,
}

impl Resource {
    /// A resource with its properties and no options.
    pub fn new(type_name: impl Into<Text>, properties: Object) -> Self {
        Self {
            type_name: type_name.into(),
            properties,
            condition: None,
            depends_on: Vec::new(),
            metadata: Object::new(),
            creation_policy: None,
            update_policy: None,
            deletion_policy: None,
            update_replace_policy: None,
            version: None,
            unchecked: false,
            comment: None,
            comments: Vec::new(),
        }
    }

    pub(super) fn to_json(&self) -> Json {
        let object = |object: &Object| (!object.is_empty()).then(|| Json::Object(object.clone()));
        let depends_on = match self.depends_on.as_slice() {
            [] => None,
            [only] => Some(Json::from(only.to_text())),
            several => Some(Json::array(several.iter().map(LogicalId::to_text))),
        };
        Json::Object(
            Object::new()
                .with("Type", self.type_name.clone())
                .with_some("Version", self.version.clone())
                .with_some("Condition", self.condition.as_ref().map(LogicalId::to_text))
                .with_some("DependsOn", depends_on)
                .with_some("DeletionPolicy", self.deletion_policy.clone())
                .with_some("UpdateReplacePolicy", self.update_replace_policy.clone())
                .with_some("CreationPolicy", self.creation_policy.clone())
                .with_some("UpdatePolicy", self.update_policy.clone())
                .with_some("Metadata", object(&self.metadata))
                .with_some("Properties", object(&self.properties)),
        )
    }
}
