//! CloudFormation's quotas: AWS CloudFormation User Guide, "Quotas".

use vsc_spec::{Finding, Json};

use super::Template;

/// How large a template may be that is handed over in the call itself, in bytes. A larger one
/// goes through S3.
pub const INLINE_BODY: usize = 51_200;

/// A number that a template must not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// What is counted.
    pub what: &'static str,
    /// How many there may be.
    pub limit: usize,
}

/// The quotas on how many there are of each element.
const RESOURCES: Quota = Quota {
    what: "resources",
    limit: 500,
};
const PARAMETERS: Quota = Quota {
    what: "parameters",
    limit: 200,
};
const OUTPUTS: Quota = Quota {
    what: "outputs",
    limit: 200,
};
const MAPPINGS: Quota = Quota {
    what: "mappings",
    limit: 200,
};
/// The whole template, in bytes.
const BODY: Quota = Quota {
    what: "bytes of template",
    limit: 1_000_000,
};
/// The template's description, in bytes.
const DESCRIPTION: Quota = Quota {
    what: "bytes of description",
    limit: 1_024,
};
/// A parameter's value, in bytes.
const PARAMETER_VALUE: Quota = Quota {
    what: "bytes of a parameter's default",
    limit: 4_096,
};
/// User data before it is encoded, in bytes: Amazon EC2 User Guide, "User data".
const USER_DATA: Quota = Quota {
    what: "bytes of user data",
    limit: 16_384,
};
/// A role's inline policies together, in characters without white space: IAM User Guide, "Quotas".
const ROLE_POLICIES: Quota = Quota {
    what: "characters of policies in a role",
    limit: 10_240,
};

impl Quota {
    fn judge(self, count: usize, findings: &mut Vec<Finding>) {
        if count > self.limit {
            let Self { what, limit } = self;
            let finding = Finding::new(format!("{count} {what} are too many"))
                .why(format!("AWS takes at most {limit}"));
            findings.push(match self {
                // What one element says does not become less in another stack.
                DESCRIPTION | PARAMETER_VALUE | USER_DATA => finding.help("shorten it"),
                _ => finding.help("split the stack"),
            });
        }
    }
}

/// A finding for each quota that the template exceeds.
pub(super) fn check(template: &Template) -> Vec<Finding> {
    let mut findings = Vec::new();
    RESOURCES.judge(template.resources.len(), &mut findings);
    PARAMETERS.judge(template.parameters.len(), &mut findings);
    OUTPUTS.judge(template.outputs.len(), &mut findings);
    MAPPINGS.judge(template.mappings.len(), &mut findings);
    if template.resources.is_empty() {
        findings.push(Finding::new("the stack has no resources").help("add at least one"));
    }
    DESCRIPTION.judge(
        template.description.as_ref().map_or(0, |text| text.len()),
        &mut findings,
    );
    for (_, parameter) in &template.parameters {
        let default = parameter.to_json();
        let default = default
            .get("Default")
            .and_then(Json::as_str)
            .map_or(0, str::len);
        PARAMETER_VALUE.judge(default, &mut findings);
    }
    for (_, resource) in &template.resources {
        match resource.type_name.as_ref() {
            "AWS::EC2::Instance" => {
                let size = resource.properties.get("UserData").map_or(0, text_size);
                USER_DATA.judge(size, &mut findings);
            }
            "AWS::IAM::Role" => {
                let size = resource.properties.get("Policies").map_or(0, text_size);
                ROLE_POLICIES.judge(size, &mut findings);
            }
            _ => {}
        }
    }
    // The YAML is the larger of the two only by its comments; JSON grows by its indentation.
    BODY.judge(template.to_yaml_string().len(), &mut findings);
    findings
}

/// How much text there is in a value.
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
