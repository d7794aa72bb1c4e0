//! CloudFormation's quotas: AWS CloudFormation User Guide, "Quotas".

use vsc_spec::resource::{Location, Step, Target, Violation};
use vsc_spec::{Diagnostic, Json, Object};

use super::Template;

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
pub(crate) const BODY: Quota = Quota {
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
    for (section, quota) in SECTIONS {
        let count = members(template, section).count();
        quota.check(count, &[section], &mut violations);
    }
    let description = template.get("Description").and_then(Json::as_str);
    DESCRIPTION.check(length(description), &["Description"], &mut violations);
    for (id, parameter) in members(template, "Parameters") {
        default(id, parameter.get("Default"), &mut violations);
    }
    for (id, resource) in members(template, "Resources") {
        if let Some(type_name) = resource.get("Type").and_then(Json::as_str) {
            let properties = resource.get("Properties").and_then(Json::as_object);
            property(id, type_name, properties, &mut violations);
        }
    }
    BODY.check(size, &[], &mut violations);
    violations
}

/// The same as [`check`] for a template without unchecked elements, without making it JSON.
pub(crate) fn check_model(template: &Template, size: usize) -> Vec<Violation> {
    let mut violations = Vec::new();
    let counts = [
        template.resources.len(),
        template.parameters.len(),
        template.outputs.len(),
        template.mappings.len(),
    ];
    for ((section, quota), count) in SECTIONS.into_iter().zip(counts) {
        quota.check(count, &[section], &mut violations);
    }
    let description = template.description.as_deref();
    DESCRIPTION.check(length(description), &["Description"], &mut violations);
    for (id, parameter) in &template.parameters {
        default(id.as_str(), parameter.get("Default"), &mut violations);
    }
    for (id, resource) in &template.resources {
        let (type_name, properties) = (&resource.type_name, &resource.properties);
        property(id.as_str(), type_name, Some(properties), &mut violations);
    }
    BODY.check(size, &[], &mut violations);
    violations
}

/// The sections whose elements are counted.
const SECTIONS: [(&str, Quota); 4] = [
    ("Resources", RESOURCES),
    ("Parameters", PARAMETERS),
    ("Outputs", OUTPUTS),
    ("Mappings", MAPPINGS),
];

/// Checks the default of a parameter.
fn default(id: &str, default: Option<&Json>, violations: &mut Vec<Violation>) {
    let size = length(default.and_then(Json::as_str));
    PARAMETER_VALUE.check(size, &["Parameters", id, "Default"], violations);
}

/// Checks the property of a resource that has a quota.
fn property(
    id: &str,
    type_name: &str,
    properties: Option<&Object>,
    violations: &mut Vec<Violation>,
) {
    let (name, quota) = match type_name {
        "AWS::EC2::Instance" => ("UserData", USER_DATA),
        "AWS::IAM::Role" => ("Policies", ROLE_POLICIES),
        _ => return,
    };
    let value = properties.and_then(|all| all.get(name));
    let path = ["Resources", id, "Properties", name];
    quota.check(value.map_or(0, text_size), &path, violations);
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, str::len)
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

#[cfg(test)]
mod tests {
    use super::super::{LogicalId, Mapping, Output, Parameter, ParameterType, Resource};
    use super::*;

    /// Its numbers of elements, and the length of each string with a quota, exceed the quota by `more`.
    fn template(more: usize) -> Template {
        let ids = |quota: Quota| {
            (0..quota.limit + more).map(|at| LogicalId::unchecked(format!("A{at}").into()))
        };
        let text = |quota: Quota| "x".repeat(quota.limit + more);
        let parameter = || Parameter::new(ParameterType::String).default(text(PARAMETER_VALUE));
        let typed = [
            ("AWS::EC2::Instance", "UserData", text(USER_DATA)),
            ("AWS::IAM::Role", "Policies", text(ROLE_POLICIES)),
        ];
        let others = std::iter::repeat(("AWS::SQS::Queue", "UserData", text(USER_DATA)));
        let resources = typed
            .into_iter()
            .chain(others)
            .map(|(type_name, name, value)| {
                Resource::new(type_name, Object::new().with(name, value))
            });
        Template {
            description: Some(text(DESCRIPTION).into()),
            parameters: ids(PARAMETERS).map(|id| (id, parameter())).collect(),
            resources: ids(RESOURCES).zip(resources).collect(),
            outputs: ids(OUTPUTS).map(|id| (id, Output::new("x"))).collect(),
            mappings: ids(MAPPINGS).map(|id| (id, Mapping::new())).collect(),
            ..Template::default()
        }
    }

    #[test]
    fn the_model_and_its_json_have_the_same_errors() {
        for (more, expected) in [(0, 0), (1, 4 + 1 + 201 + 2 + 1)] {
            let template = template(more);
            let size = BODY.limit + more;
            let violations = check_model(&template, size);
            assert_eq!(violations.len(), expected);
            assert_eq!(violations, check(&template.to_json(), size));
        }
    }
}
