//! Functions that are allowed in conditions, in rules, and in the policies of a resource.

use super::IntrinsicFunction as Function;

/// The key of a condition within another one: `{Condition: IsLarge}`. Elsewhere it is a member like any
/// other: an IAM statement has a `Condition`.
pub const CONDITION: &str = "Condition";

/// The functions whose values a condition can compare: cfn-lint's E8003. References to resources are
/// checked elsewhere.
pub const CONDITION_OPERANDS: [Function; 10] = [
    Function::Ref,
    Function::FindInMap,
    Function::GetAtt,
    Function::Join,
    Function::Length,
    Function::Select,
    Function::Split,
    Function::Sub,
    Function::ToJsonString,
    Function::Transform,
];

/// The functions that return the values of parameters, only in the section `Rules`.
pub const RULE_OPERANDS: [Function; 3] =
    [Function::RefAll, Function::ValueOf, Function::ValueOfAll];

/// The functions that are allowed for `DeletionPolicy` and `UpdateReplacePolicy` with the transform
/// `AWS::LanguageExtensions`: cfn-lint's E3035 and E3036.
pub const RETENTION_FUNCTIONS: [Function; 5] = [
    Function::Ref,
    Function::FindInMap,
    Function::If,
    Function::Select,
    Function::Sub,
];
