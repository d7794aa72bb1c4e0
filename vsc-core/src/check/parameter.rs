//! Parameters: AWS CloudFormation User Guide, "Parameters section".

use vsc_spec::resource::check::matches;
use vsc_spec::{Finding, Json, Object, suggest};

use super::Rule;
use super::report::Report;

const MEMBERS: [&str; 11] = [
    "Type",
    "Default",
    "Description",
    "AllowedValues",
    "AllowedPattern",
    "ConstraintDescription",
    "MinLength",
    "MaxLength",
    "MinValue",
    "MaxValue",
    "NoEcho",
];

/// Types that stand for themselves.
const PLAIN: [&str; 4] = ["String", "Number", "List<Number>", "CommaDelimitedList"];

/// Types of what exists in the account: same guide, "Supported AWS-specific parameter types".
/// Each but `KeyName` and `GroupName` has a list of its own as well; lists of those two exist too.
const IDENTIFYING: [&str; 10] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::VPC::Id",
    "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id",
];

pub(super) fn check(template: &Json, report: &mut Report) {
    let Some(parameters) = template.get("Parameters").and_then(Json::as_object) else {
        return;
    };
    report.at("Parameters", |report| {
        for (id, parameter) in parameters.iter() {
            if id.starts_with("Fn::") {
                continue;
            }
            report.at(id, |report| match parameter.as_object() {
                Some(members) => one(id, members, report),
                None => {
                    let finding = Finding::new(format!("the parameter `{id}` is an object"))
                        .help("write its type: `Type: String`");
                    report.value(Rule::Parameter, finding);
                }
            });
        }
    });
}

fn one(id: &str, members: &Object, report: &mut Report) {
    for (name, value) in members.iter() {
        report.at(name, |report| member(name, value, report));
    }
    match members.get("Type") {
        None => {
            let finding = Finding::new(format!("the parameter `{id}` has no `Type`"));
            report.name(Rule::Parameter, finding.help("add `Type: String`"));
        }
        Some(Json::String(type_name)) if is_type(type_name) => {
            if let Some(default) = members.get("Default") {
                report.at("Default", |report| {
                    self::default(type_name, default, members, report);
                });
            }
        }
        Some(_) => {}
    }
}

fn member(name: &str, value: &Json, report: &mut Report) {
    if !MEMBERS.contains(&name) {
        let finding = Finding::new(format!("a parameter has no `{name}`"))
            .why(format!("it has {}", suggest::list(MEMBERS)))
            .maybe_help(suggest::did_you_mean(name, MEMBERS));
        return report.name(Rule::Parameter, finding);
    }
    let (right, takes) = match name {
        "Type" => match value {
            Json::String(text) if !is_type(text) => {
                return report.value(Rule::Parameter, unknown_type(text));
            }
            value => (value.as_str().is_some(), "a string"),
        },
        "Description" | "ConstraintDescription" | "AllowedPattern" => {
            (value.as_str().is_some(), "a string")
        }
        "AllowedValues" => (value.as_array().is_some(), "a list"),
        "MinLength" | "MaxLength" | "MinValue" | "MaxValue" => {
            (number(value).is_some(), "a number")
        }
        "NoEcho" => match value {
            Json::String(text) => (matches!(text.as_ref(), "true" | "false"), "a boolean"),
            value => (matches!(value, Json::Bool(_)), "a boolean"),
        },
        _ => (
            text(value).is_some() || value.as_array().is_some(),
            "text that is written out",
        ),
    };
    if !right {
        let finding = Finding::new(format!("`{name}` takes {takes}"));
        report.value(Rule::Parameter, finding);
    }
}

fn is_type(name: &str) -> bool {
    let listed = |name: &str| {
        let item = name
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'));
        item.is_some_and(|item| item == "String" || IDENTIFYING.contains(&item))
    };
    if let Some(value) = name
        .strip_prefix("AWS::SSM::Parameter::Value<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        return value == "String"
            || value == "CommaDelimitedList"
            || IDENTIFYING.contains(&value)
            || listed(value);
    }
    PLAIN.contains(&name)
        || IDENTIFYING.contains(&name)
        || name == "AWS::SSM::Parameter::Name"
        || (listed(name) && name != "List<String>")
}

fn unknown_type(name: &str) -> Finding {
    let known: Vec<&str> = PLAIN
        .into_iter()
        .chain(IDENTIFYING)
        .chain(["AWS::SSM::Parameter::Name"])
        .collect();
    let finding = Finding::new(format!("there is no type of parameters `{name}`"));
    let help = match name {
        "List<String>" => Some("write `CommaDelimitedList`".to_owned()),
        name => suggest::did_you_mean(name, known.iter().copied()),
    };
    match help {
        Some(help) => finding.help(help),
        None => finding.why(format!("there are {}", suggest::list(known))),
    }
}

/// Whether the default keeps what the parameter asks of every value.
fn default(type_name: &str, default: &Json, members: &Object, report: &mut Report) {
    // What is read from Parameter Store is judged when it is read: here stands its name.
    if type_name.starts_with("AWS::SSM::") {
        return;
    }
    let Some(text) = text(default) else { return };
    if type_name == "Number" && text.trim().parse::<f64>().is_err() {
        let finding = Finding::new(format!("the default {text:?} is no number"));
        return report.value(Rule::Parameter, finding);
    }
    let is_list = type_name == "CommaDelimitedList" || type_name.starts_with("List<");
    let parts: Vec<&str> = if is_list {
        text.split(',').map(str::trim).collect()
    } else {
        vec![&text]
    };
    if let Some(Json::Array(allowed)) = members.get("AllowedValues") {
        let allowed: Vec<String> = allowed.iter().filter_map(self::text).collect();
        let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
        if let Some(other) = parts.iter().find(|part| !allowed.contains(part)) {
            let finding = Finding::new(format!("the default cannot be `{other}`"))
                .why(format!(
                    "allowed: {}",
                    suggest::list(allowed.iter().copied())
                ))
                .maybe_help(suggest::did_you_mean(other, allowed));
            return report.value(Rule::Parameter, finding);
        }
    }
    if let Some(Json::String(pattern)) = members.get("AllowedPattern") {
        // CloudFormation asks that the pattern describes all of the value.
        let whole = format!("^(?:{pattern})$");
        if let Some(other) = parts.iter().find(|part| !matches(&whole, part)) {
            let finding = Finding::new(format!("the default cannot be {other:?}"))
                .why(format!("it has to match `AllowedPattern`: {pattern}"));
            return report.value(Rule::Parameter, finding);
        }
    }
    let length = text.chars().count();
    let limits = |name: &str| members.get(name).and_then(number);
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
    let counted = length as f64;
    let value = text.trim().parse().unwrap_or(f64::NAN);
    let broken = [
        ("MinLength", counted, false),
        ("MaxLength", counted, true),
        ("MinValue", value, false),
        ("MaxValue", value, true),
    ]
    .into_iter()
    .find(|(name, value, most)| {
        limits(name).is_some_and(|limit| {
            if *most {
                *value > limit
            } else {
                *value < limit
            }
        })
    });
    if let Some((name, _, _)) = broken {
        let limit = members.get(name).and_then(self::text).unwrap_or_default();
        let finding = Finding::new(format!("the default {text:?} does not keep `{name}`"))
            .why(format!("`{name}` is {limit}"));
        report.value(Rule::Parameter, finding);
    }
}

fn number(value: &Json) -> Option<f64> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
        Json::Integer(number) => Some(*number as f64),
        Json::Number(number) => Some(*number),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.to_string()),
        Json::Integer(number) => Some(number.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
