//! Resources.

use vsc_spec::{Json, Object, Text};

use super::logical_id::LogicalId;

pub use vsc_spec::resource::Step;

/// A resource of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The name of the type.
    pub type_name: Text,
    /// The properties.
    pub properties: Object,
    /// The condition for its creation.
    pub condition: Option<LogicalId>,
    /// The resources that are created before it.
    pub depends_on: Vec<LogicalId>,
    /// The metadata, for programs such as `cfn-init`.
    pub metadata: Object,
    /// The signals to wait for on creation.
    pub creation_policy: Option<Json>,
    /// The handling of updates.
    pub update_policy: Option<Json>,
    /// The handling of its deletion.
    pub deletion_policy: Option<Json>,
    /// The handling of its replacement.
    pub update_replace_policy: Option<Json>,
    /// The version of a custom resource.
    pub version: Option<Json>,
    /// Whether it is not checked.
    pub unchecked: bool,
    /// The comment above it in YAML.
    pub comment: Option<Text>,
    /// The comments above its parts in YAML, by path.
    pub comments: Vec<(Vec<Step>, Text)>,
}

impl Resource {
    /// Creates a resource with properties and no resource attributes.
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
