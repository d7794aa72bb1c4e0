//! Conditions: AWS CloudFormation User Guide, "Conditions section".

use vsc_spec::{Finding, Json, suggest};

use super::Rule;
use super::report::Report;

/// The functions that give a condition. The last five are for the section `Rules`.
const FUNCTIONS: [&str; 8] = [
    "Condition",
    "Fn::And",
    "Fn::Equals",
    "Fn::Not",
    "Fn::Or",
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
];

pub(super) fn check(template: &Json, report: &mut Report) {
    let Some(conditions) = template.get("Conditions").and_then(Json::as_object) else {
        return;
    };
    report.at("Conditions", |report| {
        for (id, value) in conditions.iter() {
            if !id.starts_with("Fn::") {
                report.at(id, |report| expression(value, report));
            }
        }
    });
}

/// Judges an expression that has to give a condition.
pub(super) fn expression(value: &Json, report: &mut Report) {
    let function = value.as_object().and_then(|object| object.single());
    let Some((name, argument)) = function else {
        let finding = Finding::new("a condition is one function that gives true or false")
            .why(format!("these do: {}", suggest::list(FUNCTIONS)))
            .help("for example `Fn::Equals: [!Ref Stage, production]`");
        return report.value(Rule::Condition, finding);
    };
    if !FUNCTIONS.contains(&name) {
        if name == "Fn::Transform" {
            return;
        }
        let finding = Finding::new(format!("`{name}` gives no condition"))
            .why(format!("these do: {}", suggest::list(FUNCTIONS)))
            .maybe_help(suggest::did_you_mean(name, FUNCTIONS));
        return report.at(name, |report| report.name(Rule::Condition, finding));
    }
    report.at(name, |report| arguments(name, argument, report));
}

fn arguments(name: &str, argument: &Json, report: &mut Report) {
    if name == "Condition" {
        if argument.as_str().is_none() {
            let finding = Finding::new("`Condition` takes the name of a condition");
            report.value(Rule::Condition, finding);
        }
        return;
    }
    let (fewest, most, takes) = match name {
        "Fn::Not" => (1, 1, "a list of one condition"),
        "Fn::And" | "Fn::Or" => (2, 10, "a list of two to ten conditions"),
        "Fn::Equals" => (2, 2, "a list of two values"),
        _ => (2, 2, "a list of two arguments"),
    };
    let items = argument.as_array().unwrap_or_default();
    if !(fewest..=most).contains(&items.len()) {
        let finding = Finding::new(format!("`{name}` takes {takes}"));
        return report.value(Rule::Condition, finding);
    }
    if matches!(name, "Fn::Not" | "Fn::And" | "Fn::Or") {
        for (index, item) in items.iter().enumerate() {
            report.item(index, |report| expression(item, report));
        }
    }
}
