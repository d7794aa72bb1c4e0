//! Conditions: AWS CloudFormation User Guide, "Conditions section".

use std::collections::HashMap;

use vsc_spec::cloudformation::{
    CONDITION, CONDITION_OPERANDS, IntrinsicFunction, RULE_OPERANDS, has_function_prefix,
};
use vsc_spec::{Json, Object};

use super::lint::condition as messages;
use super::report::Report;
use super::transform::Transforms;
use super::{cycle, lint};
use crate::template::{Relation, is_function_or_condition, mentions};

/// The condition functions.
const FUNCTIONS: [&str; 5] = [
    CONDITION,
    IntrinsicFunction::And.name(),
    IntrinsicFunction::Equals.name(),
    IntrinsicFunction::Not.name(),
    IntrinsicFunction::Or.name(),
];

/// Those that are valid only in the section `Rules`: AWS CloudFormation Template Reference, "Rule
/// functions".
const RULE_FUNCTIONS: [&str; 3] = [
    IntrinsicFunction::Contains.name(),
    IntrinsicFunction::EachMemberEquals.name(),
    IntrinsicFunction::EachMemberIn.name(),
];

/// The section of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// In `Conditions`.
    Conditions,
    /// In `Rules`.
    Rules,
}

impl Section {
    fn functions(self) -> impl Iterator<Item = &'static str> + Clone {
        let more = RULE_FUNCTIONS
            .into_iter()
            .filter(move |_| self == Self::Rules);
        FUNCTIONS.into_iter().chain(more)
    }

    fn operands(self) -> impl Iterator<Item = &'static str> + Clone {
        let more = RULE_OPERANDS
            .into_iter()
            .filter(move |_| self == Self::Rules);
        let operands = CONDITION_OPERANDS.into_iter().chain(more);
        operands.map(IntrinsicFunction::name)
    }
}

pub(super) fn check(template: &Json, transforms: Transforms, report: &mut Report) {
    let Some(conditions) = template.get("Conditions").and_then(Json::as_object) else {
        return;
    };
    report.at("Conditions", |report| {
        for (id, value) in conditions.iter() {
            // The Serverless Application Model accepts literal `true` and `false`.
            let is_literal = transforms.serverless && matches!(value, Json::Bool(_));
            if !has_function_prefix(id) && !is_literal {
                report.at(id, |report| expression(value, Section::Conditions, report));
            }
        }
        circular(conditions, report);
    });
}

/// Reports conditions that depend on themselves.
fn circular(conditions: &Object, report: &mut Report) {
    let ids: Vec<&str> = conditions.names().collect();
    let locations: HashMap<&str, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let needs: Vec<Vec<usize>> = conditions
        .iter()
        .map(|(_, condition)| {
            let mentions = mentions(condition).into_iter();
            let named = mentions.filter(|mention| mention.relation == Relation::Condition);
            let needs = named.filter_map(|mention| locations.get(mention.name.as_str()).copied());
            needs.collect()
        })
        .collect();
    for cycle in cycle::cycles(&needs) {
        let names: Vec<&str> = cycle.iter().map(|at| ids[*at]).collect();
        report.at(names[0], |report| {
            report.name(lint::CONDITION, lint::reference::circular(&names));
        });
    }
}

/// Checks an expression that has to be a condition.
pub(super) fn expression(value: &Json, section: Section, report: &mut Report) {
    let functions = section.functions();
    let function = value.as_object().and_then(|object| object.single());
    let Some((name, argument)) = function else {
        return report.value(lint::CONDITION, messages::not_a_function(functions));
    };
    if !functions.clone().any(|known| known == name) {
        if name == IntrinsicFunction::Transform {
            return;
        }
        let diagnostic = messages::wrong_function(name, RULE_FUNCTIONS.contains(&name), functions);
        return report.at(name, |report| report.name(lint::CONDITION, diagnostic));
    }
    report.at(name, |report| arguments(name, argument, section, report));
}

/// Checks a value that is compared.
fn operand(value: &Json, section: Section, report: &mut Report) {
    match value {
        Json::Object(object) => match object.single() {
            Some((name, argument)) if is_function_or_condition(name) => {
                call(name, argument, section, report);
            }
            _ => {
                report.value(lint::CONDITION, messages::object());
            }
        },
        Json::Array(items) if section == Section::Rules => {
            for (index, item) in items.iter().enumerate() {
                report.item(index, |report| operand(item, section, report));
            }
        }
        Json::Array(_) => report.value(lint::CONDITION, messages::list()),
        Json::Null => report.value(lint::CONDITION, messages::null()),
        _ => {}
    }
}

fn call(name: &str, argument: &Json, section: Section, report: &mut Report) {
    let operands = section.operands();
    if operands.clone().any(|known| known == name) {
        return report.at(name, |report| within(argument, section, report));
    }
    let diagnostic = messages::wrong_operand(name, operands);
    report.at(name, |report| report.name(lint::CONDITION, diagnostic));
}

/// Checks the functions within the arguments of another one.
fn within(value: &Json, section: Section, report: &mut Report) {
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                report.item(index, |report| within(item, section, report));
            }
        }
        Json::Object(object) => match object.single() {
            Some((name, argument)) if is_function_or_condition(name) => {
                match IntrinsicFunction::parse(name) {
                    // Left to CloudFormation within another function.
                    Some(IntrinsicFunction::If | IntrinsicFunction::Base64) => {}
                    // Another function converts the list to the compared value.
                    Some(IntrinsicFunction::Cidr | IntrinsicFunction::GetAZs) => {
                        report.at(name, |report| within(argument, section, report));
                    }
                    _ => call(name, argument, section, report),
                }
            }
            _ => {
                for (name, value) in object.iter() {
                    report.at(name, |report| within(value, section, report));
                }
            }
        },
        _ => {}
    }
}

fn arguments(name: &str, argument: &Json, section: Section, report: &mut Report) {
    if name == CONDITION {
        if argument.as_str().is_none() {
            report.value(lint::CONDITION, messages::not_a_name());
        }
        return;
    }
    let function = IntrinsicFunction::parse(name);
    let (fewest, most, takes) = match function {
        Some(IntrinsicFunction::Not) => (1, 1, "a list of one condition"),
        Some(IntrinsicFunction::And | IntrinsicFunction::Or) => {
            (2, 10, "a list of two to ten conditions")
        }
        Some(IntrinsicFunction::Equals) => (2, 2, "a list of two values"),
        _ => (2, 2, "a list of two arguments"),
    };
    let items = argument.as_array().unwrap_or_default();
    if !(fewest..=most).contains(&items.len()) {
        return report.value(lint::CONDITION, messages::wrong_arguments(name, takes));
    }
    let is_logical = matches!(
        function,
        Some(IntrinsicFunction::Not | IntrinsicFunction::And | IntrinsicFunction::Or)
    );
    for (index, item) in items.iter().enumerate() {
        report.item(index, |report| {
            if is_logical {
                expression(item, section, report);
            } else {
                operand(item, section, report);
            }
        });
    }
}
