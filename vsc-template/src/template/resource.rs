//! Resources.

use vsc_spec::{Json, Object, Text};

use super::logical_id::LogicalId;
use super::part::{self, Part};

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

    pub(super) fn part(&self) -> Part<'_> {
        let depends_on = match self.depends_on.as_slice() {
            [] => None,
            [only] => Some(only.part()),
            several => Some(Part::Made(Json::array(
                several.iter().map(LogicalId::to_text),
            ))),
        };
        let members = [
            ("Type", Some(Part::Text(&self.type_name))),
            ("Version", json(self.version.as_ref())),
            ("Condition", self.condition.as_ref().map(LogicalId::part)),
            ("DependsOn", depends_on),
            ("DeletionPolicy", json(self.deletion_policy.as_ref())),
            (
                "UpdateReplacePolicy",
                json(self.update_replace_policy.as_ref()),
            ),
            ("CreationPolicy", json(self.creation_policy.as_ref())),
            ("UpdatePolicy", json(self.update_policy.as_ref())),
            ("Metadata", object(&self.metadata)),
            ("Properties", object(&self.properties)),
        ];
        Part::Members(part::some(members))
    }
}

/// An object, unless it is empty.
fn object(object: &Object) -> Option<Part<'_>> {
    (!object.is_empty()).then_some(Part::Object(object))
}

fn json(value: Option<&Json>) -> Option<Part<'_>> {
    value.map(Part::Json)
}
