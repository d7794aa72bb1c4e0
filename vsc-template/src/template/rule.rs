//! Rules for the values of parameters, validated before any resource is created.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object, Text};

use super::condition::ConditionExpression;
use super::value::{Always, IntoValue, required};

/// A rule over the parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    condition: Option<ConditionExpression>,
    assertions: Vec<(ConditionExpression, Option<Text>)>,
}

impl Rule {
    /// Creates a rule that always applies.
    pub fn new(assertion: ConditionExpression, description: impl Into<Text>) -> Self {
        Self {
            condition: None,
            assertions: vec![(assertion, Some(description.into()))],
        }
    }

    /// Creates a rule that always applies, without an error message.
    pub fn without_description(assertion: ConditionExpression) -> Self {
        Self {
            condition: None,
            assertions: vec![(assertion, None)],
        }
    }

    /// Adds an assertion without an error message.
    #[must_use]
    pub fn assert_without_description(mut self, assertion: ConditionExpression) -> Self {
        self.assertions.push((assertion, None));
        self
    }

    /// Applies the rule only if the condition is true.
    #[must_use]
    pub fn when(mut self, condition: ConditionExpression) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds an assertion with an error message.
    #[must_use]
    pub fn assert(mut self, assertion: ConditionExpression, description: impl Into<Text>) -> Self {
        self.assertions.push((assertion, Some(description.into())));
        self
    }

    pub(super) fn to_json(&self) -> Json {
        let assertions = self.assertions.iter().map(|(assertion, description)| {
            Json::Object(
                Object::new()
                    .with("Assert", assertion.json().clone())
                    .with_some("AssertDescription", description.clone()),
            )
        });
        Json::Object(
            Object::new()
                .with_some(
                    "RuleCondition",
                    self.condition
                        .as_ref()
                        .map(|condition| condition.json().clone()),
                )
                .with("Assertions", Json::array(assertions)),
        )
    }
}

fn call(function: IntrinsicFunction, arguments: impl Into<Json>) -> ConditionExpression {
    ConditionExpression::from_json(Json::object([(function, arguments.into())]))
}

/// `Fn::Contains`: the value is in the list.
pub fn contains(
    list: impl IntoValue<Vec<String>, Presence = Always>,
    value: impl IntoValue<String, Presence = Always>,
) -> ConditionExpression {
    let arguments = vec![
        required::<Vec<String>, _>(list),
        required::<String, _>(value),
    ];
    call(IntrinsicFunction::Contains, arguments)
}

/// `Fn::EachMemberEquals`: every item of the list equals the value.
pub fn each_member_equals(
    list: impl IntoValue<Vec<String>, Presence = Always>,
    value: impl IntoValue<String, Presence = Always>,
) -> ConditionExpression {
    let arguments = vec![
        required::<Vec<String>, _>(list),
        required::<String, _>(value),
    ];
    call(IntrinsicFunction::EachMemberEquals, arguments)
}

/// `Fn::EachMemberIn`: every item of the first list is in the second.
pub fn each_member_in(
    list: impl IntoValue<Vec<String>, Presence = Always>,
    other: impl IntoValue<Vec<String>, Presence = Always>,
) -> ConditionExpression {
    let arguments = vec![
        required::<Vec<String>, _>(list),
        required::<Vec<String>, _>(other),
    ];
    call(IntrinsicFunction::EachMemberIn, arguments)
}

/// `Fn::RefAll`: the values of all parameters of a type, such as `AWS::EC2::VPC::Id`.
pub fn ref_all(parameter_type: impl Into<Text>) -> super::Value<Vec<String>> {
    super::Value::from_json(Json::object([(
        IntrinsicFunction::RefAll,
        parameter_type.into(),
    )]))
}

/// `Fn::ValueOf`: an attribute of a parameter's target, such as `Tags.Department`.
pub fn value_of(
    parameter: impl Into<Text>,
    attribute: impl Into<Text>,
) -> super::Value<Vec<String>> {
    let path = Json::array([parameter.into(), attribute.into()]);
    super::Value::from_json(Json::object([(IntrinsicFunction::ValueOf, path)]))
}

/// `Fn::ValueOfAll`: an attribute of the targets of all parameters of a type.
pub fn value_of_all(
    parameter_type: impl Into<Text>,
    attribute: impl Into<Text>,
) -> super::Value<Vec<String>> {
    let path = Json::array([parameter_type.into(), attribute.into()]);
    super::Value::from_json(Json::object([(IntrinsicFunction::ValueOfAll, path)]))
}
