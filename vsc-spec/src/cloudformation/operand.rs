//! Functions that may stand in conditions, in rules, and in the policies of a resource.

use super::IntrinsicFunction as Function;

/// What names a condition within another one: `{Condition: IsLarge}`. Elsewhere it is a member like
/// any other: a statement of IAM has a `Condition`.
pub const CONDITION: &str = "Condition";

/// The functions whose values a condition compares: cfn-lint's E8003. That nothing is known of a
/// resource yet is reported by whatever looks at references.
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

/// The functions that give the values of parameters, in the section `Rules` alone.
pub const RULE_OPERANDS: [Function; 3] =
    [Function::RefAll, Function::ValueOf, Function::ValueOfAll];

/// The functions that may give `DeletionPolicy` and `UpdateReplacePolicy` where the transform
/// `AWS::LanguageExtensions` runs: cfn-lint's E3035 and E3036.
pub const RETENTION_FUNCTIONS: [Function; 5] = [
    Function::Ref,
    Function::FindInMap,
    Function::If,
    Function::Select,
    Function::Sub,
];
