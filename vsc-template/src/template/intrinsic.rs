//! The intrinsic functions: AWS CloudFormation Template Reference, "Intrinsic functions".
//!
//! Functions over conditions are in [`condition`](super::condition), those over rules in
//! [`rule`](super::rule). `Ref` and `Fn::GetAtt` are mostly methods of the handles
//! that `resource!` returns.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object, Text};

use super::identifier::{Fits, Imported, Mapped};
use super::value::{IntoValue, Value, required};
use crate::stack::Condition;

/// A function of a single argument.
fn call<T>(function: IntrinsicFunction, argument: impl Into<Json>) -> Value<T> {
    Value::from_json(Json::object([(function, argument.into())]))
}

/// A function of several arguments.
fn call_list<T, const N: usize>(function: IntrinsicFunction, arguments: [Json; N]) -> Value<T> {
    call(function, Json::Array(arguments.into()))
}

/// `Ref` by name: the identifier of a resource, or the value of a parameter.
pub fn reference<T>(logical_id: impl Into<Text>) -> Value<T> {
    call(IntrinsicFunction::Ref, logical_id.into())
}

/// `Fn::GetAtt` by name: an attribute of a resource.
pub fn get_att<T>(logical_id: impl Into<Text>, attribute: impl Into<Text>) -> Value<T> {
    call_list(
        IntrinsicFunction::GetAtt,
        [Json::from(logical_id.into()), Json::from(attribute.into())],
    )
}

/// `Fn::Sub`: a string in which `${Name}` and `${Name.Attribute}` are replaced.
///
/// ```
/// use vsc_core::template::intrinsic::sub;
///
/// let bucket = sub("${AWS::StackName}-backups");
/// assert_eq!(bucket.json().get("Fn::Sub").and_then(|text| text.as_str()), Some("${AWS::StackName}-backups"));
/// ```
pub fn sub(text: impl Into<Text>) -> Value<String> {
    call(IntrinsicFunction::Sub, text.into())
}

/// `Fn::Sub` with additional variables.
pub fn sub_with<K: Into<Text>, V: IntoValue<String, Presence = super::Always>>(
    text: impl Into<Text>,
    variables: impl IntoIterator<Item = (K, V)>,
) -> Value<String> {
    let variables: Object = variables
        .into_iter()
        .map(|(name, value)| (name, required::<String, V>(value)))
        .collect();
    call_list(
        IntrinsicFunction::Sub,
        [Json::from(text.into()), Json::Object(variables)],
    )
}

/// `Fn::Join`: the items with the delimiter between them.
pub fn join(
    delimiter: impl Into<Text>,
    items: impl IntoValue<Vec<String>, Presence = super::Always>,
) -> Value<String> {
    call_list(
        IntrinsicFunction::Join,
        [
            Json::from(delimiter.into()),
            required::<Vec<String>, _>(items),
        ],
    )
}

/// `Fn::Select`: the item at an index, counted from 0.
pub fn select<T>(index: u32, items: impl IntoValue<Vec<T>, Presence = super::Always>) -> Value<T> {
    call_list(
        IntrinsicFunction::Select,
        [Json::Integer(index.into()), required::<Vec<T>, _>(items)],
    )
}

/// `Fn::Split`: the parts of a string between the delimiters.
pub fn split(
    delimiter: impl Into<Text>,
    text: impl IntoValue<String, Presence = super::Always>,
) -> Value<Vec<String>> {
    call_list(
        IntrinsicFunction::Split,
        [Json::from(delimiter.into()), required::<String, _>(text)],
    )
}

/// `Fn::Base64`: the encoding of user data.
pub fn base64(text: impl IntoValue<String, Presence = super::Always>) -> Value<String> {
    call(IntrinsicFunction::Base64, required::<String, _>(text))
}

/// `Fn::Cidr`: a number of subranges of a range, each of a number of bits.
pub fn cidr(
    range: impl IntoValue<String, Presence = super::Always>,
    count: u16,
    bits: u8,
) -> Value<Vec<String>> {
    let (count, bits) = (Json::Integer(count.into()), Json::Integer(bits.into()));
    call_list(
        IntrinsicFunction::Cidr,
        [required::<String, _>(range), count, bits],
    )
}

/// `Fn::GetAZs`: the availability zones of a region; of the stack's own if it is empty.
pub fn get_azs(region: impl IntoValue<String, Presence = super::Always>) -> Value<Vec<String>> {
    call(IntrinsicFunction::GetAZs, required::<String, _>(region))
}

/// `Fn::FindInMap`: a value of a mapping. It is accepted wherever a value or a list is expected.
pub fn find_in_map(
    mapping: impl IntoValue<String, Presence = super::Always>,
    key: impl IntoValue<String, Presence = super::Always>,
    second_key: impl IntoValue<String, Presence = super::Always>,
) -> Value<Mapped> {
    let path = [
        required::<String, _>(mapping),
        required::<String, _>(key),
        required::<String, _>(second_key),
    ];
    call_list(IntrinsicFunction::FindInMap, path)
}

/// `Fn::FindInMap` with a default for missing keys. The template needs the transform
/// `AWS::LanguageExtensions`.
pub fn find_in_map_or(
    mapping: impl IntoValue<String, Presence = super::Always>,
    key: impl IntoValue<String, Presence = super::Always>,
    second_key: impl IntoValue<String, Presence = super::Always>,
    default: impl IntoValue<Json, Presence = super::Always>,
) -> Value<Mapped> {
    let path = [
        required::<String, _>(mapping),
        required::<String, _>(key),
        required::<String, _>(second_key),
        Json::object([("DefaultValue", required::<Json, _>(default))]),
    ];
    call_list(IntrinsicFunction::FindInMap, path)
}

/// `Fn::ImportValue`: an export of another stack of the account and region. It is accepted wherever a
/// scalar is expected.
///
/// ```
/// use vsc_core::template::intrinsic::import_value;
/// use vsc_core::{Stack, resource};
///
/// let mut stack = Stack::new("demo");
/// resource!(&mut stack, Group: AWS::EC2::SecurityGroup {
///     GroupDescription: "the clients of the database",
///     VpcId: import_value("network-VpcId"),
/// });
/// ```
pub fn import_value(export: impl IntoValue<String, Presence = super::Always>) -> Value<Imported> {
    call(
        IntrinsicFunction::ImportValue,
        required::<String, _>(export),
    )
}

/// `Fn::If`: the first value if the condition is true, otherwise the second.
pub fn if_<T>(
    condition: &Condition,
    then: impl IntoValue<T>,
    otherwise: impl IntoValue<T>,
) -> Value<T> {
    let condition = Json::from(condition.logical_id().to_text());
    let branches = [
        then.into_value().into_json(),
        otherwise.into_value().into_json(),
    ];
    let [then, otherwise] = branches;
    call_list(IntrinsicFunction::If, [condition, then, otherwise])
}

/// `Fn::Transform`: the output of a macro for its parameters.
pub fn transform<T>(name: impl Into<Text>, parameters: Object) -> Value<T> {
    call(
        IntrinsicFunction::Transform,
        Object::new()
            .with("Name", name.into())
            .with("Parameters", parameters),
    )
}

/// `Fn::Length`: the number of items. The template needs `AWS::LanguageExtensions`.
pub fn length<T>(items: impl IntoValue<Vec<T>, Presence = super::Always>) -> Value<i64> {
    call(IntrinsicFunction::Length, required::<Vec<T>, _>(items))
}

/// `Fn::ToJsonString`: the value as a JSON string. The template needs `AWS::LanguageExtensions`.
pub fn to_json_string(value: impl IntoValue<Json, Presence = super::Always>) -> Value<String> {
    call(IntrinsicFunction::ToJsonString, required::<Json, _>(value))
}

/// Converts a value to another kind that accepts it.
pub fn cast<S: Fits<D>, D>(value: &Value<S>) -> Value<D> {
    Value::from_json(value.json().clone())
}

/// The pseudo parameters: AWS CloudFormation Template Reference, "Pseudo parameters".
pub mod pseudo {
    use vsc_spec::cloudformation::PseudoParameter;

    use super::{Value, reference};

    /// The account of the stack.
    pub fn account_id() -> Value<String> {
        reference(PseudoParameter::AccountId)
    }

    /// The topics that receive the stack's events.
    pub fn notification_arns() -> Value<Vec<String>> {
        reference(PseudoParameter::NotificationArns)
    }

    /// Nothing: the property is left out.
    pub fn no_value<T>() -> Value<T> {
        reference(PseudoParameter::NoValue)
    }

    /// The partition: `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition() -> Value<String> {
        reference(PseudoParameter::Partition)
    }

    /// The region of the stack.
    pub fn region() -> Value<String> {
        reference(PseudoParameter::Region)
    }

    /// The stack's ARN.
    pub fn stack_id() -> Value<String> {
        reference(PseudoParameter::StackId)
    }

    /// The stack's name.
    pub fn stack_name() -> Value<String> {
        reference(PseudoParameter::StackName)
    }

    /// The domain of AWS's services: `amazonaws.com` in most partitions.
    pub fn url_suffix() -> Value<String> {
        reference(PseudoParameter::UrlSuffix)
    }
}
