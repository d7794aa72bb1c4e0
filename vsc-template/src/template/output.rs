//! Outputs and mappings.

use vsc_spec::{Json, Object, Text};

use super::logical_id::LogicalId;
use super::part::{self, Part};
use super::value::IntoValue;

/// An output of a stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    value: Json,
    description: Option<Text>,
    export: Option<Json>,
    condition: Option<LogicalId>,
}

impl Output {
    /// Creates an output of a value.
    pub fn new(value: impl IntoValue<Json>) -> Self {
        Self {
            value: value.into_value().into_json(),
            description: None,
            export: None,
            condition: None,
        }
    }

    /// Sets the description, up to 1,024 bytes.
    #[must_use]
    pub fn description(mut self, text: impl Into<Text>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Sets the name under which other stacks import the value.
    #[must_use]
    pub fn export(mut self, name: impl IntoValue<String>) -> Self {
        self.export = Some(name.into_value().into_json());
        self
    }

    /// Creates the output only if the condition is true.
    #[must_use]
    pub fn condition(mut self, condition: &crate::stack::Condition) -> Self {
        self.condition = Some(condition.logical_id().clone());
        self
    }

    /// Creates the output only if the condition with this logical ID is true.
    #[must_use]
    pub fn condition_named(mut self, logical_id: impl Into<Text>) -> Self {
        self.condition = Some(LogicalId::unchecked(logical_id.into()));
        self
    }

    pub(super) fn part(&self) -> Part<'_> {
        let export = self.export.as_ref();
        let export = export.map(|name| Part::Members(vec![("Name", Part::Json(name))]));
        let members = [
            ("Description", self.description.as_ref().map(Part::Text)),
            ("Condition", self.condition.as_ref().map(LogicalId::part)),
            ("Value", Some(Part::Json(&self.value))),
            ("Export", export),
        ];
        Part::Members(part::some(members))
    }
}

/// A table of values by two keys, for `Fn::FindInMap`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping(Object);

impl Mapping {
    /// A table without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the values of a key, by the second key.
    #[must_use]
    pub fn with<K: Into<Text>, V: Into<Json>>(
        mut self,
        key: impl Into<Text>,
        values: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.0.insert(key, Json::object(values));
        self
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part::Object(&self.0)
    }
}

/// The values by the first key and then by the second: `object! { Name: { Key: "value" } }`.
impl From<Object> for Mapping {
    fn from(table: Object) -> Self {
        Self(table)
    }
}
