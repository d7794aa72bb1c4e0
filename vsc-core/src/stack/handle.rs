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

#[cfg(test)]
mod tests {
    use super::super::handles::AwsEC2VPC;
    use crate::{Stack, resource};

    /// A handle that is defined in the library has a name, so that a function can return it.
    fn network(stack: &mut Stack) -> AwsEC2VPC {
        resource!(stack, Vpc: AWS::EC2::VPC { CidrBlock: "10.0.0.0/16" })
    }

    #[test]
    fn handles_are_equal_wherever_they_are_defined() {
        let mut stack = Stack::new("test");
        let vpc = network(&mut stack);
        let trust = crate::json!({ Version: "2012-10-17", Statement: [] });
        let role = resource!(&mut stack, Role: AWS::IAM::Role {
            AssumeRolePolicyDocument: trust,
        });
        let (vpc_again, role_again) = (vpc.clone(), Some(role.clone()));
        let mut groups = Vec::new();
        for index in 0..2 {
            groups.push(
                resource!(&mut stack, (format!("Group{index}")): AWS::EC2::SecurityGroup {
                    GroupDescription: role.arn(),
                    VpcId: &vpc_again,
                } with { DependsOn: [&vpc, &role] }),
            );
        }
        stack.output("Role", role_again.as_ref());
        stack.output("Cidr", vpc.cidr_block());
        for (output, group) in ["First", "Second"].into_iter().zip(&groups) {
            stack.output(output, group.group_id());
        }
        assert_eq!(vpc.logical_id().as_str(), "Vpc");
        assert_eq!(role.logical_id().as_str(), "Role");
        assert_eq!(
            [format!("{vpc:?}"), format!("{role:?}")],
            [
                "AwsEC2VPC(Handle { logical_id: LogicalId(\"Vpc\") })",
                "AwsIAMRole(Handle { logical_id: LogicalId(\"Role\") })",
            ]
        );
        let template = stack.template().to_yaml_string();
        for (expected, times) in [
            ("!Ref Vpc", 2),
            ("!GetAtt Vpc.CidrBlock", 1),
            ("!Ref Role", 1),
            ("!GetAtt Role.Arn", 2),
            ("!GetAtt Group1.GroupId", 1),
            ("- Vpc\n      - Role", 2),
        ] {
            let found = template.matches(expected).count();
            assert_eq!(found, times, "{expected}: {template}");
        }
    }
}
