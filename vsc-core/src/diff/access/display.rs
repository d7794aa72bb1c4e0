//! The parts of statements as text.

use vsc_spec::cloudformation::{IntrinsicFunction, has_function_prefix};
use vsc_spec::{Json, Object};

use crate::diff::normal::canonical;
use crate::template::is_function_or_condition;

/// The values of a member, or those of its opposite behind `not`.
pub(super) fn either(statement: &Object, name: &str, opposite: &str) -> Option<Vec<String>> {
    match statement.get(name) {
        Some(value) => Some(texts(value)),
        // The excluded values form a single complement.
        None => {
            let excluded = texts(statement.get(opposite)?);
            Some(vec![format!("not {}", excluded.join(", "))])
        }
    }
}

/// A condition as text: `StringEquals aws:SourceAccount 123456789012`.
pub(super) fn condition(condition: &Json) -> String {
    let Some(operators) = condition.as_object().filter(|object| !is_call(object)) else {
        return text(condition);
    };
    let each = operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flat_map(Object::iter);
        keys.map(move |(key, values)| format!("{operator} {key} {}", texts(values).join(" or ")))
    });
    each.collect::<Vec<_>>().join(" and ")
}

fn is_call(object: &Object) -> bool {
    object
        .single()
        .is_some_and(|(name, _)| is_function_or_condition(name))
}

pub(super) fn principals(principal: &Json, before: &str) -> Vec<String> {
    match principal {
        Json::Object(object)
            if object
                .single()
                .is_none_or(|(name, _)| !has_function_prefix(name)) =>
        {
            let each = object.iter().flat_map(|(kind, value)| {
                let values = texts(value).into_iter();
                values.map(move |value| format!("{before}{kind}:{value}"))
            });
            each.collect()
        }
        other => texts(other)
            .iter()
            .map(|text| format!("{before}{text}"))
            .collect(),
    }
}

pub(super) fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) => items.iter().map(text).collect(),
        other => vec![text(other)],
    }
}

/// A value as text, with references in short forms.
pub(in crate::diff) fn text(value: &Json) -> String {
    let call = value.function();
    match (value, call) {
        (Json::String(text), _) => text.to_string(),
        (Json::Integer(number), _) => number.to_string(),
        (Json::Bool(value), _) => value.to_string(),
        (_, Some((IntrinsicFunction::Ref, Json::String(name)))) => format!("${{{name}}}"),
        (_, Some((IntrinsicFunction::GetAtt, Json::String(path)))) => format!("${{{path}}}"),
        (_, Some((IntrinsicFunction::GetAtt, Json::Array(path)))) => {
            let path: Vec<&str> = path.iter().filter_map(Json::as_str).collect();
            format!("${{{}}}", path.join("."))
        }
        (_, Some((IntrinsicFunction::Sub, Json::String(text)))) => text.to_string(),
        (_, Some((IntrinsicFunction::Join, Json::Array(arguments)))) => {
            match arguments.as_slice() {
                [Json::String(delimiter), Json::Array(items)] => {
                    let items: Vec<String> = items.iter().map(text).collect();
                    items.join(delimiter)
                }
                _ => canonical(value),
            }
        }
        _ => canonical(value),
    }
}
