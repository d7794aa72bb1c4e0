//! Dynamic references: AWS CloudFormation User Guide, "Get values stored in other services using
//! dynamic references"; cfn-lint E1027, E1050, E1051, E1052, W1053.

use vsc_spec::cloudformation::is_function;
use vsc_spec::resource::Step;
use vsc_spec::{Diagnostic, Json};

use super::lint::{dynamic_reference, spaced_dynamic_reference};
use super::report::Report;
use super::{Lint, lint};

/// The services of dynamic references.
const SERVICES: [&str; 3] = ["ssm", "ssm-secure", "secretsmanager"];

/// The properties that accept a SecureString of Parameter Store: same guide, "Resources that support
/// dynamic parameter patterns for secure strings".
const SECURE: [(&str, &[&str]); 11] = [
    ("AWS::DirectoryService::MicrosoftAD", &["Password"]),
    ("AWS::DirectoryService::SimpleAD", &["Password"]),
    ("AWS::ElastiCache::ReplicationGroup", &["AuthToken"]),
    ("AWS::IAM::User", &["LoginProfile", "Password"]),
    (
        "AWS::KinesisFirehose::DeliveryStream",
        &["RedshiftDestinationConfiguration", "Password"],
    ),
    ("AWS::OpsWorks::App", &["AppSource", "Password"]),
    (
        "AWS::OpsWorks::Stack",
        &["CustomCookbooksSource", "Password"],
    ),
    ("AWS::OpsWorks::Stack", &["RdsDbInstances", "DbPassword"]),
    ("AWS::RDS::DBCluster", &["MasterUserPassword"]),
    ("AWS::RDS::DBInstance", &["MasterUserPassword"]),
    ("AWS::Redshift::Cluster", &["MasterUserPassword"]),
];

pub(super) fn check(template: &Json, report: &mut Report) {
    for section in ["Parameters", "Conditions", "Rules", "Resources", "Outputs"] {
        if let Some(value) = template.get(section) {
            let mut path = vec![Step::Key(section.into())];
            walk(value, template, &mut path, report);
        }
    }
}

fn walk(value: &Json, template: &Json, path: &mut Vec<Step>, report: &mut Report) {
    let mut inside = |step: Step, value: &Json, report: &mut Report| {
        path.push(step);
        walk(value, template, path, report);
        path.pop();
    };
    match value {
        Json::String(text) if text.contains("{{") => {
            let context = Context::of(path, template);
            for diagnostic in references(text).filter_map(|one| one.error(context)) {
                report.steps(path, |report| report.value(diagnostic.0, diagnostic.1));
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                inside(Step::Index(index), item, report);
            }
        }
        Json::Object(object) => {
            for (name, value) in object.iter() {
                inside(Step::Key(name.to_owned().into()), value, report);
            }
        }
        _ => {}
    }
}

/// The context of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    /// In a property that accepts a SecureString.
    Secure,
    /// In another property.
    Property,
    /// In a default, or in an allowed value.
    Parameter,
    /// In the value of an output, or in the metadata of a resource.
    Readable,
    /// Where nothing is resolved: conditions and rules.
    Condition,
    /// Elsewhere.
    Other,
}

impl Context {
    fn of(path: &[Step], template: &Json) -> Self {
        let names: Vec<&str> = path
            .iter()
            .filter_map(|step| match step {
                Step::Key(name) => Some(name.as_ref()),
                Step::Index(_) => None,
            })
            .collect();
        match names.as_slice() {
            ["Resources", id, "Properties", inside @ ..] => {
                let resource = template.get("Resources").and_then(|all| all.get(id));
                let type_name = resource.and_then(|one| one.get("Type")?.as_str());
                let is_name = |name: &&&str| !is_function(name);
                let inside: Vec<&str> = inside.iter().filter(is_name).copied().collect();
                let takes = |(known, path): &(&str, &[&str])| {
                    Some(*known) == type_name && inside.starts_with(path)
                };
                if SECURE.iter().any(takes) {
                    Self::Secure
                } else {
                    Self::Property
                }
            }
            ["Resources", _, "Metadata", ..] | ["Outputs", _, "Value", ..] => Self::Readable,
            ["Parameters", _, "Default" | "AllowedValues", ..] => Self::Parameter,
            ["Conditions" | "Rules", ..] => Self::Condition,
            _ => Self::Other,
        }
    }
}

/// The text between two braces that is a reference, or looks like one.
struct Reference<'a>(&'a str);

/// The references in a string.
fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    text.split("{{").skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once("}}")?;
        let word = inside.trim_start().strip_prefix("resolve")?;
        word.trim_start()
            .starts_with(':')
            .then_some(Reference(inside))
    })
}

impl Reference<'_> {
    /// The error of the reference in its context.
    fn error(&self, context: Context) -> Option<(Lint, Diagnostic)> {
        let Some(rest) = self.0.strip_prefix("resolve:") else {
            return Some((
                lint::SPACED_DYNAMIC_REFERENCE,
                spaced_dynamic_reference::spaced(self.0),
            ));
        };
        let (service, name) = rest.split_once(':').unwrap_or((rest, ""));
        let is_known_later = service.contains("${");
        if is_known_later {
            return None;
        }
        if service != service.trim() && SERVICES.contains(&service.trim()) {
            return Some((
                lint::SPACED_DYNAMIC_REFERENCE,
                spaced_dynamic_reference::spaced(self.0),
            ));
        }
        let diagnostic = if SERVICES.contains(&service) {
            misplaced(service, context).or_else(|| malformed(service, name))?
        } else {
            dynamic_reference::unknown_service(service, SERVICES)
        };
        Some((lint::DYNAMIC_REFERENCE, diagnostic))
    }
}

fn misplaced(service: &str, context: Context) -> Option<Diagnostic> {
    let (is_right, takes) = match service {
        "ssm-secure" => (
            matches!(context, Context::Secure | Context::Parameter),
            "it is resolved only in passwords of some resource types, such as `MasterUserPassword` of `AWS::RDS::DBInstance`",
        ),
        "secretsmanager" => (
            matches!(
                context,
                Context::Secure | Context::Property | Context::Parameter
            ),
            "it is resolved only in properties of resources",
        ),
        _ => (
            context != Context::Condition,
            "conditions compare the string as it is written",
        ),
    };
    let is_elsewhere = context == Context::Other;
    (!is_right && !is_elsewhere).then(|| dynamic_reference::misplaced(service, takes))
}

/// The error of the parts behind the service. Parts that are not known yet are accepted.
fn malformed(service: &str, name: &str) -> Option<Diagnostic> {
    if name.contains("${") {
        return None;
    }
    let parts: Vec<&str> = name.split(':').collect();
    let is_arn = parts[0] == "arn";
    let (right, form) = match service {
        "secretsmanager" => {
            // The ARN of a secret has seven parts.
            let own = if is_arn { 7 } else { 1 };
            let kind = parts.get(own).copied().unwrap_or_default();
            let right = !parts[0].is_empty()
                && (own..own + 5).contains(&parts.len())
                && (!is_arn || parts.get(5) == Some(&"secret"))
                && matches!(kind, "" | "SecretString");
            (
                right,
                "{{resolve:secretsmanager:secret-id:SecretString:json-key:version-stage:version-id}}",
            )
        }
        // A parameter that another account shares has an ARN.
        _ if is_arn => (true, ""),
        _ => {
            let is_name = |text: &str| {
                let is_part =
                    |letter: char| letter.is_ascii_alphanumeric() || "_.-/".contains(letter);
                !text.is_empty() && text.chars().all(is_part)
            };
            let is_number =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let right = match parts.as_slice() {
                [name] => is_name(name),
                [name, version] => is_name(name) && is_number(version),
                _ => false,
            };
            (
                right,
                "{{resolve:ssm:parameter-name:version}}, where the version is a number, and optional",
            )
        }
    };
    (!right).then(|| dynamic_reference::malformed(&form.replace(":ssm:", &format!(":{service}:"))))
}
