//! The sections of a template: AWS CloudFormation User Guide, "Template sections".

use vsc_spec::cloudformation::{IntrinsicFunction, Section, has_function_prefix};
use vsc_spec::resource::resource_attributes::check_logical_id;
use vsc_spec::{Diagnostic, Json, Object};

use super::lint::section as messages;
use super::report::Report;
use super::transform::Transforms;
use super::{condition, lint};

/// Checks the names and the form of the sections.
pub(super) fn check(sections: &Object, transforms: Transforms, report: &mut Report) {
    for (name, value) in sections.iter() {
        report.at(name, |report| section(name, value, transforms, report));
    }
}

fn section(name: &str, value: &Json, transforms: Transforms, report: &mut Report) {
    let is_known = Section::parse(name).is_some()
        || name == IntrinsicFunction::Transform
        || (name == "Globals" && transforms.serverless)
        || transforms.custom;
    if !is_known {
        return report.name(lint::SECTION, messages::unknown(name));
    }
    match (name, value) {
        ("AWSTemplateFormatVersion", value) if value.as_str() != Some("2010-09-09") => {
            report.value(lint::SECTION, messages::unknown_version());
        }
        ("Description", value) if value.as_str().is_none() => {
            report.value(lint::SECTION, messages::invalid_description());
        }
        ("Transform", value) if !is_transform(value) => {
            report.value(lint::SECTION, messages::invalid_transform());
        }
        (name, Json::Object(members)) if has_named_members(name) => {
            for (id, _) in members.iter() {
                if has_function_prefix(id) {
                    continue;
                }
                if let Err(diagnostic) = check_name(name, id) {
                    // Loops replace the variables in braces.
                    let is_made = transforms.extensions && id.contains("${");
                    if !is_made {
                        report.at(id, |report| report.name(lint::LOGICAL_ID, diagnostic));
                    }
                }
            }
            if name == "Rules" {
                rules(members, report);
            }
        }
        ("Metadata" | "Hooks", Json::Object(_)) => {}
        (name, value) if has_named_members(name) || name == "Metadata" || name == "Hooks" => {
            report.value(lint::SECTION, messages::not_an_object(name, value));
        }
        _ => {}
    }
}

/// Whether a value names macros.
fn is_transform(value: &Json) -> bool {
    let items = match value {
        Json::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let names = |item: &Json| item.get("Name").unwrap_or(item).as_str().is_some();
    !items.is_empty() && items.iter().all(names)
}

/// Whether the members of the section have logical IDs.
fn has_named_members(section: &str) -> bool {
    Section::parse(section).is_some_and(Section::has_named_members)
}

/// Condition names may contain two more characters: cfn-lint E8001.
fn check_name(section: &str, id: &str) -> Result<(), Diagnostic> {
    let checked: String = match section {
        "Conditions" => id.replace(['&', '_'], "0"),
        _ => id.to_owned(),
    };
    check_logical_id(&checked).or_else(|_| check_logical_id(id))
}

/// Rules over the parameters: same guide, "Rules section".
fn rules(members: &Object, report: &mut Report) {
    for (id, rule) in members.iter() {
        report.at(id, |report| {
            let Some(rule) = rule.as_object() else {
                return report.value(lint::CONDITION, lint::condition::not_a_rule(id));
            };
            for (name, value) in rule.iter() {
                report.at(name, |report| match name {
                    "RuleCondition" => {
                        condition::expression(value, condition::Section::Rules, report);
                    }
                    "Assertions" => {
                        for (index, assertion) in value.as_array().into_iter().flatten().enumerate()
                        {
                            let Some(value) = assertion.get("Assert") else {
                                continue;
                            };
                            report.item(index, |report| {
                                report.at("Assert", |report| {
                                    condition::expression(value, condition::Section::Rules, report);
                                });
                            });
                        }
                    }
                    other => {
                        report.name(lint::CONDITION, lint::condition::unknown_in_rule(other));
                    }
                });
            }
            if !rule.contains("Assertions") {
                report.name(lint::CONDITION, lint::condition::missing_assertions(id));
            }
        });
    }
}
