//! The sections of a template: AWS CloudFormation User Guide, "Template sections".

use vsc_spec::resource::options::check_logical_id;
use vsc_spec::{Finding, Json, Object, suggest};

use super::report::Report;
use super::transform::Transforms;
use super::{condition, lint};

const SECTIONS: [&str; 11] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Transform",
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Hooks",
    "Resources",
    "Outputs",
];

/// Sections whose members have names of the template's own.
const NAMED: [&str; 6] = [
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Resources",
    "Outputs",
];

/// Judges what sections there are, and that each is of the right form.
pub(super) fn check(sections: &Object, transforms: Transforms, report: &mut Report) {
    for (name, value) in sections.iter() {
        report.at(name, |report| section(name, value, transforms, report));
    }
}

fn section(name: &str, value: &Json, transforms: Transforms, report: &mut Report) {
    let is_known = SECTIONS.contains(&name)
        || name == "Fn::Transform"
        || (name == "Globals" && transforms.serverless)
        || transforms.custom;
    if !is_known {
        let finding = Finding::new(format!("a template has no section `{name}`"))
            .why(format!("it has {}", suggest::list(SECTIONS)))
            .maybe_help(suggest::did_you_mean(name, SECTIONS));
        return report.name(lint::SECTION, finding);
    }
    match (name, value) {
        ("AWSTemplateFormatVersion", value) if value.as_str() != Some("2010-09-09") => {
            let finding = Finding::new("the version of the format is `2010-09-09`")
                .why("there is no other")
                .help("write `AWSTemplateFormatVersion: 2010-09-09`, or leave it out");
            report.value(lint::SECTION, finding);
        }
        ("Description", value) if value.as_str().is_none() => {
            report.value(lint::SECTION, Finding::new("the description is a string"));
        }
        (name, Json::Object(members)) if NAMED.contains(&name) => {
            for (id, _) in members.iter() {
                if id.starts_with("Fn::") {
                    continue;
                }
                if let Err(finding) = check_name(name, id) {
                    // Loops make IDs of what stands between braces.
                    let is_made = transforms.extensions && id.contains("${");
                    if !is_made {
                        report.at(id, |report| report.name(lint::LOGICAL_ID, finding));
                    }
                }
            }
            if name == "Rules" {
                rules(members, report);
            }
        }
        ("Metadata" | "Hooks", Json::Object(_)) => {}
        (name, value) if NAMED.contains(&name) || name == "Metadata" || name == "Hooks" => {
            let help = match value {
                Json::Null => "leave it out",
                _ => "write names, and below each what it is",
            };
            let finding = Finding::new(format!("`{name}` is an object")).help(help);
            report.value(lint::SECTION, finding);
        }
        _ => {}
    }
}

/// The names of conditions may have two characters more: cfn-lint E8001.
fn check_name(section: &str, id: &str) -> Result<(), Finding> {
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
                let finding = Finding::new(format!("the rule `{id}` is an object"));
                return report.value(lint::CONDITION, finding.help("write `Assertions`"));
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
                        let names = ["RuleCondition", "Assertions"];
                        let finding = Finding::new(format!("a rule has no `{other}`"))
                            .why(format!("it has {}", suggest::list(names)))
                            .maybe_help(suggest::did_you_mean(other, names));
                        report.name(lint::CONDITION, finding);
                    }
                });
            }
            if !rule.contains("Assertions") {
                let finding = Finding::new(format!("the rule `{id}` has no `Assertions`"));
                report.name(lint::CONDITION, finding);
            }
        });
    }
}
