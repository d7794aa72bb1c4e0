//! CloudFormation's quotas: AWS CloudFormation User Guide, "Quotas".

use vsc_spec::resource::{Location, Step, Target, Violation};
use vsc_spec::{Diagnostic, Json, Object};

/// The most bytes of a template that is passed in the API call itself. A larger one is uploaded to S3.
pub const INLINE_BODY: usize = 51_200;

/// A limit of CloudFormation or a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quota {
    /// The unit that is counted.
    pub unit: &'static str,
    /// The limit.
    pub limit: usize,
}

/// The quotas on the number of elements.
const RESOURCES: Quota = Quota {
    unit: "resources",
    limit: 500,
};
const PARAMETERS: Quota = Quota {
    unit: "parameters",
    limit: 200,
};
const OUTPUTS: Quota = Quota {
    unit: "outputs",
    limit: 200,
};
const MAPPINGS: Quota = Quota {
    unit: "mappings",
    limit: 200,
};
/// The whole template, in bytes.
const BODY: Quota = Quota {
    unit: "bytes of template",
    limit: 1_000_000,
};
/// The template's description, in bytes.
const DESCRIPTION: Quota = Quota {
    unit: "bytes of description",
    limit: 1_024,
};
/// A parameter's value, in bytes.
const PARAMETER_VALUE: Quota = Quota {
    unit: "bytes of a parameter's default",
    limit: 4_096,
};
/// User data before it is encoded, in bytes: Amazon EC2 User Guide, "User data".
const USER_DATA: Quota = Quota {
    unit: "bytes of user data",
    limit: 16_384,
};
/// A role's inline policies together, in characters without white space: IAM User Guide, "Quotas".
const ROLE_POLICIES: Quota = Quota {
    unit: "characters of policies in a role",
    limit: 10_240,
};

impl Quota {
    fn check(self, count: usize, path: &[&str], violations: &mut Vec<Violation>) {
        if count > self.limit {
            let Self { unit, limit } = self;
            let diagnostic = Diagnostic::new(format!("{count} {unit} are too many"))
                .note(format!("AWS accepts at most {limit}"));
            let diagnostic = match self {
                // Splitting the stack does not shorten a single element.
                DESCRIPTION | PARAMETER_VALUE | USER_DATA => diagnostic.help("shorten it"),
                _ => diagnostic.help("split the stack"),
            };
            let steps = path.iter().map(|name| Step::Key((*name).to_owned().into()));
            let location = Location {
                path: steps.collect(),
                target: Target::Key,
            };
            violations.push(Violation::new(location, diagnostic));
        }
    }
}

/// An error for each quota that the template exceeds; `size` is its length in bytes.
pub(crate) fn check(template: &Json, size: usize) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (section, quota) in [
        ("Resources", RESOURCES),
        ("Parameters", PARAMETERS),
        ("Outputs", OUTPUTS),
        ("Mappings", MAPPINGS),
    ] {
        let count = members(template, section).count();
        quota.check(count, &[section], &mut violations);
    }
    let description = template.get("Description").and_then(Json::as_str);
    let description = description.map_or(0, str::len);
    DESCRIPTION.check(description, &["Description"], &mut violations);
    for (id, parameter) in members(template, "Parameters") {
        let default = parameter.get("Default").and_then(Json::as_str);
        let path = ["Parameters", id, "Default"];
        PARAMETER_VALUE.check(default.map_or(0, str::len), &path, &mut violations);
    }
    for (id, resource) in members(template, "Resources") {
        let (name, quota) = match resource.get("Type").and_then(Json::as_str) {
            Some("AWS::EC2::Instance") => ("UserData", USER_DATA),
            Some("AWS::IAM::Role") => ("Policies", ROLE_POLICIES),
            _ => continue,
        };
        let value = resource.get("Properties").and_then(|all| all.get(name));
        let path = ["Resources", id, "Properties", name];
        quota.check(value.map_or(0, text_size), &path, &mut violations);
    }
    BODY.check(size, &[], &mut violations);
    violations
}

/// The error of a template without resources.
pub(crate) fn nothing(template: &Json) -> Option<Violation> {
    let resources = template.get("Resources");
    let is_empty = match resources {
        None => true,
        Some(resources) => resources.as_object().is_some_and(Object::is_empty),
    };
    let path = resources.map(|_| Step::Key("Resources".into()));
    is_empty.then(|| {
        let location = Location {
            path: path.into_iter().collect(),
            target: Target::Key,
        };
        let diagnostic = Diagnostic::new("the stack has no resources")
            .note("CloudFormation creates no stack without resources")
            .help("add at least one resource");
        Violation::new(location, diagnostic)
    })
}

fn members<'a>(template: &'a Json, section: &str) -> impl Iterator<Item = (&'a str, &'a Json)> {
    let members = template.get(section).and_then(Json::as_object);
    members.into_iter().flat_map(Object::iter)
}

/// The length of all strings in a value.
fn text_size(value: &Json) -> usize {
    match value {
        Json::String(text) => text.len(),
        Json::Array(items) => items.iter().map(text_size).sum(),
        Json::Object(object) => object
            .iter()
            .map(|(name, value)| name.len() + text_size(value))
            .sum(),
        Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Number(_) => 4,
        Json::Expression(never) => match *never {},
    }
}
