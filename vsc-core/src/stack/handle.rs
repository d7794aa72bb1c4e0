//! What a resource is referred to by.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Text};

use crate::template::{LogicalId, Value};

/// A resource or parameter of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    logical_id: LogicalId,
}

/// What other resources may wait for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no resource to depend on",
    label = "not a resource",
    note = "`DependsOn` takes what `resource!` gives, as in `DependsOn: [&host]`"
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

    /// `Ref`: what identifies the resource, mostly its ID or name. The caller says what that is.
    pub fn reference<T>(&self) -> Value<T> {
        Value::from_json(Json::object([(IntrinsicFunction::Ref, self.text())]))
    }

    /// `Fn::GetAtt`. The caller says of which kind the attribute is.
    pub fn attribute<T>(&self, name: &'static str) -> Value<T> {
        let path = Json::array([self.text(), Text::Borrowed(name)]);
        Value::from_json(Json::object([(IntrinsicFunction::GetAtt, path)]))
    }

    fn text(&self) -> Text {
        self.logical_id.to_text()
    }
}
