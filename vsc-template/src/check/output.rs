//! Outputs: AWS CloudFormation User Guide, "Outputs section".

use vsc_spec::Json;
use vsc_spec::cloudformation::has_function_prefix;

use super::lint::{self, output as messages};
use super::report::Report;
use super::transform::Transforms;

const MEMBERS: [&str; 4] = ["Value", "Description", "Export", "Condition"];

/// Bytes of a description: AWS CloudFormation User Guide, "Quotas".
const LONGEST: usize = 1024;

fn is_list_function(value: &Json) -> bool {
    value
        .function()
        .is_some_and(|(function, _)| function.returns_list())
}

fn is_of_export(name: &str) -> bool {
    name == "Name" || has_function_prefix(name)
}

pub(super) fn check(template: &Json, transforms: Transforms, report: &mut Report) {
    let Some(outputs) = template.get("Outputs").and_then(Json::as_object) else {
        return;
    };
    report.at("Outputs", |report| {
        for (id, output) in outputs.iter() {
            if !has_function_prefix(id) {
                report.at(id, |report| one(id, output, transforms, report));
            }
        }
    });
}

fn one(id: &str, output: &Json, transforms: Transforms, report: &mut Report) {
    let Some(members) = output.as_object() else {
        return report.value(lint::OUTPUT, messages::not_an_object(id));
    };
    if members.names().any(has_function_prefix) {
        return;
    }
    for (name, value) in members.iter() {
        report.at(name, |report| match (name, value) {
            (name, _) if !MEMBERS.contains(&name) => {
                report.name(lint::OUTPUT, messages::unknown_member(name, &MEMBERS));
            }
            (name, Json::Null) => {
                report.value(lint::OUTPUT, messages::null(name));
            }
            ("Value", Json::Array(_)) => report.value(lint::OUTPUT, messages::list()),
            ("Value", Json::Object(object)) if object.call().is_none() => {
                report.value(lint::OUTPUT, messages::object());
            }
            ("Value", value) if is_list_function(value) => {
                report.value(lint::OUTPUT, messages::list_of_function());
            }
            ("Description", Json::String(text)) if text.len() > LONGEST => {
                report.value(
                    lint::OUTPUT,
                    messages::long_description(text.len(), LONGEST),
                );
            }
            ("Description", value) if value.as_str().is_none() => {
                report.value(lint::OUTPUT, messages::invalid_description());
            }
            ("Export", value) if value.get("Name").is_none() && !transforms.include => {
                report.value(lint::OUTPUT, messages::missing_export_name());
            }
            ("Export", Json::Object(export)) => {
                for name in export.names().filter(|name| !is_of_export(name)) {
                    let diagnostic = messages::unknown_in_export(name);
                    report.at(name, |report| report.name(lint::OUTPUT, diagnostic));
                }
            }
            _ => {}
        });
    }
    if !members.contains("Value") {
        report.name(lint::OUTPUT, messages::missing_value(id));
    }
}
