//! Parameters: AWS CloudFormation User Guide, "Parameters section".

use vsc_spec::cloudformation::has_function_prefix;
use vsc_spec::java::Pattern;
use vsc_spec::{Diagnostic, Json, Object, suggest};

use super::lint::{self, parameter as messages, undocumented_parameter_type};
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

/// Types of plain values.
const PLAIN: [&str; 4] = ["String", "Number", "List<Number>", "CommaDelimitedList"];

/// Types of existing resources in the account: same guide, "Supported AWS-specific parameter types".
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
            if has_function_prefix(id) {
                continue;
            }
            report.at(id, |report| match parameter.as_object() {
                Some(members) => one(id, members, report),
                None => {
                    report.value(lint::PARAMETER, messages::not_an_object(id));
                }
            });
        }
    });
}

fn one(id: &str, members: &Object, report: &mut Report) {
    let kind = members.get("Type").and_then(Json::as_str);
    for (name, value) in members.iter() {
        report.at(name, |report| member(name, value, kind, report));
    }
    if !members.contains("Type") {
        report.name(lint::PARAMETER, messages::missing_type(id));
    }
    for (least, most) in [("MinLength", "MaxLength"), ("MinValue", "MaxValue")] {
        let limit = |name| members.get(name).and_then(number);
        if let (Some(lowest), Some(highest)) = (limit(least), limit(most))
            && lowest > highest
        {
            let diagnostic = messages::empty_range(least, most);
            report.at(least, |report| report.value(lint::PARAMETER, diagnostic));
        }
    }
    if let (Some(kind), Some(default)) = (kind, members.get("Default"))
        && parameter_type(kind) != Type::Unknown
        && let Some(diagnostic) = text(default).and_then(|text| self::default(kind, &text, members))
    {
        report.at("Default", |report| {
            report.value(lint::PARAMETER, diagnostic);
        });
    }
}

/// The longest default and allowed value, and the longest description: AWS CloudFormation User
/// Guide, "Quotas" and "Parameters section"; cfn-lint E2001.
const LONGEST_VALUE: usize = 4_096;
const LONGEST_DESCRIPTION: usize = 4_000;

fn member(name: &str, value: &Json, kind: Option<&str>, report: &mut Report) {
    if !MEMBERS.contains(&name) {
        return report.name(lint::PARAMETER, messages::unknown_member(name, &MEMBERS));
    }
    if let Some(kind) = kind
        && let Some(diagnostic) = misplaced(name, kind)
    {
        return report.name(lint::PARAMETER, diagnostic);
    }
    match (name, value) {
        ("Type", Json::String(text)) => return type_name(text, report),
        ("AllowedValues", Json::Array(items)) => return allowed_values(items, report),
        _ => {}
    }
    if let Some(wrong) = invalid_member(name, value) {
        report.value(lint::PARAMETER, Diagnostic::new(wrong));
    }
}

/// The error of the value of a member by itself. CloudFormation converts scalars: cfn-lint E2001
/// validates without strict types.
fn invalid_member(name: &str, value: &Json) -> Option<String> {
    let (right, takes) = match name {
        "Type" => (false, "a string"),
        "Description" => {
            let length = text(value).map(|text| text.chars().count());
            if let Some(length) = length.filter(|length| *length > LONGEST_DESCRIPTION) {
                return Some(format!(
                    "the description has {length} characters, but at most {LONGEST_DESCRIPTION} are allowed"
                ));
            }
            (length.is_some(), "a string")
        }
        "AllowedPattern" => {
            let text = text(value);
            if let Some(error) = text.as_deref().and_then(|text| Pattern::new(text).err()) {
                return Some(format!("invalid pattern: {error}"));
            }
            (text.is_some(), "a Java regular expression as a string")
        }
        "ConstraintDescription" => (text(value).is_some(), "a string"),
        "AllowedValues" => (false, "a list"),
        "MinLength" | "MaxLength" => {
            let limit = number(value).filter(|limit| limit.fract() == 0.0);
            #[expect(clippy::cast_precision_loss, reason = "it is 4,096")]
            let most = LONGEST_VALUE as f64;
            if name == "MaxLength" && limit.is_some_and(|limit| limit > most) {
                return Some(format!("`MaxLength` is at most {LONGEST_VALUE}"));
            }
            (limit.is_some(), "an integer")
        }
        "MinValue" | "MaxValue" => (number(value).is_some(), "a number"),
        "NoEcho" => (boolean(value).is_some(), "a boolean"),
        _ => {
            if matches!(value, Json::Array(_)) {
                return Some("the default of a list is a single string: \"a,b\"".to_owned());
            }
            (text(value).is_some(), "a literal string")
        }
    };
    (!right).then(|| format!("`{name}` takes {takes}"))
}

/// Constraints that parameters of the type cannot have: cfn-lint E2001.
fn misplaced(name: &str, kind: &str) -> Option<Diagnostic> {
    let (belongs, to) = match name {
        "MinValue" | "MaxValue" => (kind == "Number", "`Number`"),
        "MinLength" | "MaxLength" | "AllowedPattern" => (kind != "Number", "`String`"),
        _ => return None,
    };
    let other = match name {
        "MinValue" => "`MinLength`",
        "MaxValue" => "`MaxLength`",
        "MinLength" => "`MinValue`",
        "MaxLength" => "`MaxValue`",
        _ => "`AllowedValues`, `MinValue` and `MaxValue`",
    };
    (!belongs).then(|| messages::misplaced_constraint(name, kind, to, other))
}

fn allowed_values(items: &[Json], report: &mut Report) {
    for (index, item) in items.iter().enumerate() {
        let message = match text(item) {
            None => "an allowed value is a literal string".to_owned(),
            Some(text) if text.chars().count() > LONGEST_VALUE => {
                format!("an allowed value has at most {LONGEST_VALUE} characters")
            }
            Some(_) => continue,
        };
        report.item(index, |report| {
            report.value(lint::PARAMETER, Diagnostic::new(message));
        });
    }
}

/// How well a type is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    /// Documented.
    Documented,
    /// Not documented, but accepted by CloudFormation: cfn-lint W2002.
    Undocumented,
    /// Unknown.
    Unknown,
}

fn parameter_type(name: &str) -> Type {
    const STORE: &str = "AWS::SSM::Parameter::Value<";
    let single = |name: &str| {
        ["String", "Number", "AWS::SSM::Parameter::Name"].contains(&name)
            || IDENTIFYING.contains(&name)
    };
    let list = |name: &str| {
        let item = name
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'));
        name == "CommaDelimitedList"
            || item.is_some_and(|item| {
                item == "String" || item == "Number" || IDENTIFYING.contains(&item)
            })
    };
    let stored = name
        .strip_prefix(STORE)
        .and_then(|rest| rest.strip_suffix('>'));
    let inner = stored.unwrap_or(name);
    if single(inner) || list(inner) {
        Type::Documented
    } else if name.starts_with(STORE) || name.starts_with("List<") {
        Type::Undocumented
    } else {
        Type::Unknown
    }
}

fn type_name(name: &str, report: &mut Report) {
    let known = PLAIN.into_iter().chain(IDENTIFYING);
    let known: Vec<&str> = known.chain(["AWS::SSM::Parameter::Name"]).collect();
    match parameter_type(name) {
        Type::Documented => {}
        Type::Undocumented => {
            let diagnostic =
                undocumented_parameter_type::undocumented(name, nearest_type(name, &known));
            report.value(lint::UNDOCUMENTED_PARAMETER_TYPE, diagnostic);
        }
        Type::Unknown => {
            let diagnostic = messages::unknown_type(name, nearest_type(name, &known), &known);
            report.value(lint::PARAMETER, diagnostic);
        }
    }
}

/// The nearest type, also within brackets.
fn nearest_type(name: &str, known: &[&str]) -> Option<String> {
    let start = name.rfind('<').map_or(0, |at| at + 1);
    let end = name.find('>').unwrap_or(name.len());
    let inner = name.get(start..end)?;
    let nearest = suggest::nearest(inner, known.iter().copied())?;
    let (before, after) = (name.get(..start)?, name.get(end..)?);
    Some(format!("did you mean `{before}{nearest}{after}`?"))
}

/// The constraint of the parameter that its default violates. Of a list, either each item or the whole
/// has to satisfy it: cfn-lint E2015. For a value from Parameter Store, it applies to the name.
fn default(kind: &str, text: &str, members: &Object) -> Option<Diagnostic> {
    if text.chars().count() > LONGEST_VALUE {
        // Reported among the quotas.
        return None;
    }
    let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
    let parts: Vec<&str> = if is_list {
        text.split(',').map(str::trim).collect()
    } else {
        vec![text]
    };
    if matches!(kind, "Number" | "List<Number>")
        && let Some(part) = parts.iter().find(|part| decimal(part).is_none())
    {
        return Some(messages::not_a_number(part));
    }
    let broken = parts
        .iter()
        .find_map(|part| violated_constraint(kind, part, members))?;
    if is_list && self::violated_constraint(kind, text, members).is_none() {
        return None;
    }
    Some(broken)
}

fn violated_constraint(kind: &str, text: &str, members: &Object) -> Option<Diagnostic> {
    let allowed = members.get("AllowedValues").and_then(Json::as_array);
    allowed
        .and_then(|allowed| not_allowed(kind, text, allowed))
        .or_else(|| unlike_pattern(kind, text, members))
        .or_else(|| out_of_range(kind, text, members))
}

fn not_allowed(kind: &str, text: &str, allowed: &[Json]) -> Option<Diagnostic> {
    let allowed: Vec<String> = allowed.iter().filter_map(self::text).collect();
    let same = |allowed: &String| {
        allowed == text
            || (kind == "Number" && decimal(allowed).is_some() && decimal(allowed) == decimal(text))
    };
    if allowed.is_empty() || allowed.iter().any(same) {
        return None;
    }
    Some(messages::not_allowed(text, &allowed))
}

fn unlike_pattern(kind: &str, text: &str, members: &Object) -> Option<Diagnostic> {
    let pattern = members.get("AllowedPattern").and_then(self::text)?;
    let is_unlike = kind != "Number"
        && Pattern::new(&pattern).is_ok_and(|pattern| pattern.matches(text) == Some(false));
    is_unlike.then(|| messages::unlike_pattern(text, &pattern))
}

fn out_of_range(kind: &str, text: &str, members: &Object) -> Option<Diagnostic> {
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
    let length = text.chars().count() as f64;
    let limits = if kind == "Number" {
        [("MinValue", "MaxValue", decimal(text)?)]
    } else {
        [("MinLength", "MaxLength", length)]
    };
    let limit = |name| members.get(name).and_then(number);
    limits.into_iter().find_map(|(least, most, value)| {
        let low = limit(least).filter(|limit| value < *limit).map(|_| least);
        let name = low.or(limit(most).filter(|limit| value > *limit).map(|_| most))?;
        let limit = members.get(name).and_then(self::text).unwrap_or_default();
        Some(messages::out_of_range(text, name, &limit))
    })
}

/// A boolean, also as a string, in any case.
fn boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(value) => Some(*value),
        Json::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

/// A number that is written with digits: Rust reads `inf` and `nan` as well.
fn decimal(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    number.is_finite().then_some(number)
}

fn number(value: &Json) -> Option<f64> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
        Json::Integer(number) => Some(*number as f64),
        Json::Number(number) => Some(*number),
        Json::String(text) => decimal(text),
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
