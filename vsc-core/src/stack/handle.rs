//! Handles of resources.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Text};

use crate::template::{LogicalId, Value};

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
