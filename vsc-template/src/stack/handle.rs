//! Handles of resources.

use std::ops::Deref;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Text};

use crate::template::identifier::Fits;
use crate::template::{Always, IntoValue, LogicalId, Value};

/// A resource or parameter of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    logical_id: LogicalId,
}

/// A resource that others can depend on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource",
    label = "not a resource",
    note = "`DependsOn` takes handles that `resource!` returns, as in `DependsOn: [&host]`"
)]
pub trait Dependency {
    /// The logical ID of the resource.
    fn dependency(&self) -> LogicalId;
}

/// A handle of a resource of a certain type, as `resource!` returns it. As a value it is its `Ref`.
pub trait ResourceHandle: Deref<Target = Handle> {
    /// The kind of its `Ref`.
    type Reference;
}

#[diagnostic::do_not_recommend]
impl<D, H: ResourceHandle> IntoValue<D> for &H
where
    H::Reference: Fits<D>,
{
    type Presence = Always;

    fn into_value(self) -> Value<D> {
        (**self).reference()
    }
}

impl Dependency for Handle {
    fn dependency(&self) -> LogicalId {
        self.logical_id.clone()
    }
}

impl<D: Dependency> Dependency for &D {
    fn dependency(&self) -> LogicalId {
        (**self).dependency()
    }
}

impl Handle {
    pub(crate) fn new(logical_id: LogicalId) -> Self {
        Self { logical_id }
    }

    /// The name within the template.
    pub fn logical_id(&self) -> &LogicalId {
        &self.logical_id
    }

    /// `Ref`: the resource's identifier, mostly its ID or name. The caller chooses the kind.
    pub fn reference<T>(&self) -> Value<T> {
        Value::from_json(Json::object([(IntrinsicFunction::Ref, self.text())]))
    }

    /// `Fn::GetAtt`. The caller chooses the kind of the attribute.
    pub fn attribute<T>(&self, name: &'static str) -> Value<T> {
        let path = Json::array([self.text(), Text::Borrowed(name)]);
        Value::from_json(Json::object([(IntrinsicFunction::GetAtt, path)]))
    }

    fn text(&self) -> Text {
        self.logical_id.to_text()
    }
}
