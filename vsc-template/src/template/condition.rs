//! Conditions on parameters.

use vsc_spec::Json;
use vsc_spec::cloudformation::{CONDITION, IntrinsicFunction};

use super::value::{Always, IntoValue, required};
use crate::stack::Condition as Reference;

/// A condition of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionExpression(Json);

fn call(function: IntrinsicFunction, arguments: Vec<Json>) -> ConditionExpression {
    ConditionExpression(Json::object([(function, Json::Array(arguments))]))
}

/// `Fn::Equals`: both values are equal.
pub fn equals(
    a: impl IntoValue<Json, Presence = Always>,
    b: impl IntoValue<Json, Presence = Always>,
) -> ConditionExpression {
    call(
        IntrinsicFunction::Equals,
        vec![required::<Json, _>(a), required::<Json, _>(b)],
    )
}

/// `Fn::Not`: the condition is false.
pub fn not(condition: ConditionExpression) -> ConditionExpression {
    call(IntrinsicFunction::Not, vec![condition.0])
}

/// `Fn::And`: all of two to ten conditions are true.
pub fn and(conditions: impl IntoIterator<Item = ConditionExpression>) -> ConditionExpression {
    call(
        IntrinsicFunction::And,
        conditions
            .into_iter()
            .map(|condition| condition.0)
            .collect(),
    )
}

/// `Fn::Or`: one of two to ten conditions is true.
pub fn or(conditions: impl IntoIterator<Item = ConditionExpression>) -> ConditionExpression {
    call(
        IntrinsicFunction::Or,
        conditions
            .into_iter()
            .map(|condition| condition.0)
            .collect(),
    )
}

impl ConditionExpression {
    /// A condition of the template by its name.
    pub fn named(condition: &Reference) -> Self {
        Self(Json::object([(
            CONDITION,
            condition.logical_id().to_text(),
        )]))
    }

    /// An expression that the caller knows to be a condition.
    pub fn from_json(json: Json) -> Self {
        Self(json)
    }

    /// The condition as JSON.
    pub fn json(&self) -> &Json {
        &self.0
    }
}
