//! Mappings: AWS CloudFormation User Guide, "Mappings section".

use vsc_spec::cloudformation::{IntrinsicFunction, has_function_prefix};
use vsc_spec::{Json, Object};

use super::lint::{self, mapping as messages};
use super::report::Report;

pub(super) fn check(template: &Json, report: &mut Report) {
    let Some(mappings) = template.get("Mappings").and_then(Json::as_object) else {
        return;
    };
    report.at("Mappings", |report| {
        for (id, mapping) in mappings.iter() {
            if !has_function_prefix(id) {
                report.at(id, |report| one(id, mapping, report));
            }
        }
    });
    uses(template, mappings, report);
}

fn one(id: &str, mapping: &Json, report: &mut Report) {
    let Some(keys) = mapping.as_object() else {
        return report.value(lint::MAPPING, messages::too_few_levels(id));
    };
    if keys.is_empty() {
        return report.value(lint::MAPPING, messages::too_few_levels(id));
    }
    for (key, values) in keys.iter().filter(|(key, _)| !has_function_prefix(key)) {
        report.at(key, |report| {
            key_name(key, report);
            match values.as_object() {
                Some(values) if !values.is_empty() => attributes(values, report),
                _ => report.value(lint::MAPPING, messages::too_few_levels(id)),
            }
        });
    }
}

fn attributes(values: &Object, report: &mut Report) {
    for (name, value) in values.iter().filter(|(name, _)| !has_function_prefix(name)) {
        report.at(name, |report| {
            key_name(name, report);
            let is_scalar =
                |value: &Json| !matches!(value, Json::Object(_) | Json::Array(_) | Json::Null);
            let right = match value {
                Json::Array(items) => items.iter().all(is_scalar),
                value => is_scalar(value),
            };
            if !right {
                report.value(lint::MAPPING, messages::invalid_value());
            }
        });
    }
}

/// The keys of both levels: AWS CloudFormation User Guide, "Mappings section"; cfn-lint E7001. Loops
/// replace the variables in braces.
fn key_name(key: &str, report: &mut Report) {
    const LONGEST: usize = 255;
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    if key.is_empty() || key.len() > LONGEST {
        return report.name(lint::MAPPING, messages::invalid_length(LONGEST));
    }
    if key.chars().all(is_part) || key.contains("${") {
        return;
    }
    let right: String = key
        .chars()
        .map(|letter| if is_part(letter) { letter } else { '-' })
        .collect();
    report.name(lint::MAPPING, messages::invalid_key(key, &right));
}

/// Checks the literal keys of lookups in mappings.
fn uses(value: &Json, mappings: &Object, report: &mut Report) {
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                report.item(index, |report| uses(item, mappings, report));
            }
        }
        Json::Object(object) => {
            for (name, inner) in object.iter() {
                report.at(name, |report| {
                    if name == IntrinsicFunction::FindInMap {
                        keys(inner, mappings, report);
                    }
                    uses(inner, mappings, report);
                });
            }
        }
        _ => {}
    }
}

fn keys(argument: &Json, mappings: &Object, report: &mut Report) {
    // A fourth argument is a default for missing keys.
    let Some([map, first, second]) = argument.as_array() else {
        return;
    };
    let Some(map) = map.as_str() else { return };
    let Some(keys) = mappings.get(map).and_then(Json::as_object) else {
        return;
    };
    if keys.names().any(has_function_prefix) {
        return;
    }
    let Some(first) = first.as_str() else {
        // The first key is not known yet: the second has to exist below any.
        if let Some(second) = second.as_str() {
            let names: Vec<&str> = keys
                .iter()
                .filter_map(|(_, values)| values.as_object())
                .flat_map(Object::names)
                .collect();
            if !names.contains(&second) && !names.is_empty() {
                report.item(2, |report| {
                    report.value(lint::MAPPING, messages::missing_key(map, second, names));
                });
            }
        }
        return;
    };
    let Some(values) = keys.get(first) else {
        let known = keys.names().collect();
        return report.item(1, |report| {
            report.value(lint::MAPPING, messages::missing_key(map, first, known));
        });
    };
    if let (Some(values), Some(second)) = (values.as_object(), second.as_str())
        && !values.contains(second)
    {
        let known = values.names().collect();
        report.item(2, |report| {
            report.value(lint::MAPPING, messages::missing_key(map, second, known));
        });
    }
}
