//! Outputs: AWS CloudFormation User Guide, "Outputs section".

use vsc_spec::{Finding, Json, Object, suggest};

use super::lint;
use super::report::Report;
use super::transform::Transforms;

const MEMBERS: [&str; 4] = ["Value", "Description", "Export", "Condition"];

/// Bytes of a description: AWS CloudFormation User Guide, "Quotas".
const LONGEST: usize = 1024;

/// Functions that give lists.
const LISTS: [&str; 3] = ["Fn::Cidr", "Fn::GetAZs", "Fn::Split"];

fn gives_list(value: &Json) -> bool {
    let single = value.as_object().and_then(Object::single);
    single.is_some_and(|(name, _)| LISTS.contains(&name))
}

fn is_of_export(name: &str) -> bool {
    name == "Name" || name.starts_with("Fn::")
}

pub(super) fn check(template: &Json, transforms: Transforms, report: &mut Report) {
    let Some(outputs) = template.get("Outputs").and_then(Json::as_object) else {
        return;
    };
    report.at("Outputs", |report| {
        for (id, output) in outputs.iter() {
            if !id.starts_with("Fn::") {
                report.at(id, |report| one(id, output, transforms, report));
            }
        }
    });
}

fn one(id: &str, output: &Json, transforms: Transforms, report: &mut Report) {
    let Some(members) = output.as_object() else {
        let finding = Finding::new(format!("the output `{id}` is an object"));
        return report.value(lint::OUTPUT, finding.help("write its value below `Value`"));
    };
    if members.names().any(|name| name.starts_with("Fn::")) {
        return;
    }
    for (name, value) in members.iter() {
        report.at(name, |report| match (name, value) {
            (name, _) if !MEMBERS.contains(&name) => {
                let finding = Finding::new(format!("an output has no `{name}`"))
                    .why(format!("it has {}", suggest::list(MEMBERS)))
                    .maybe_help(suggest::did_you_mean(name, MEMBERS));
                report.name(lint::OUTPUT, finding);
            }
            (name, Json::Null) => {
                let finding = Finding::new(format!("`{name}` cannot be `null`"));
                report.value(lint::OUTPUT, finding.help("leave it out"));
            }
            ("Value", Json::Array(_)) => {
                let finding = Finding::new("the value of an output is text, not a list");
                report.value(lint::OUTPUT, finding.help("join it with `Fn::Join`"));
            }
            ("Value", Json::Object(object))
                if object
                    .single()
                    .is_none_or(|(name, _)| name != "Ref" && !name.starts_with("Fn::")) =>
            {
                let finding = Finding::new("the value of an output is text, not an object");
                report.value(lint::OUTPUT, finding);
            }
            ("Value", value) if gives_list(value) => {
                let finding = Finding::new("the value of an output is a string, not a list");
                report.value(lint::OUTPUT, finding.help("join it with `Fn::Join`"));
            }
            ("Description", Json::String(text)) if text.len() > LONGEST => {
                let what = format!("the description of an output has {} bytes", text.len());
                let finding = Finding::new(what).why(format!("at most {LONGEST}"));
                report.value(lint::OUTPUT, finding);
            }
            ("Description", value) if value.as_str().is_none() => {
                let finding = Finding::new("the description of an output is a string")
                    .why("there are no functions in it");
                report.value(lint::OUTPUT, finding);
            }
            ("Export", value) if value.get("Name").is_none() && !transforms.include => {
                let finding = Finding::new("an export has a `Name`");
                report.value(lint::OUTPUT, finding.help("write `Export: {Name: …}`"));
            }
            ("Export", Json::Object(export)) => {
                for name in export.names().filter(|name| !is_of_export(name)) {
                    let finding = Finding::new(format!("an export has no `{name}`"));
                    let finding = finding.help("write `Export: {Name: …}`");
                    report.at(name, |report| report.name(lint::OUTPUT, finding));
                }
            }
            _ => {}
        });
    }
    if !members.contains("Value") {
        let finding = Finding::new(format!("the output `{id}` has no `Value`"));
        report.name(lint::OUTPUT, finding.help("add `Value: …`"));
    }
}
