//! `dynamic-reference`.

use vsc_spec::{Finding, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Dynamic references name a service and what it holds, where CloudFormation resolves them.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a reference of another form. `ssm-secure` is resolved only in some properties, and
    /// `secretsmanager` only in properties of resources.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: "{{resolve:ssn:/name}}" }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: "{{resolve:ssm:/name}}" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Get values stored in other services using dynamic references"
    /// - cfn-lint E1027, E1050, E1051, E1052
    pub const DYNAMIC_REFERENCE: Error = "dynamic-reference";
}

pub(in crate::check) fn unknown_service(name: &str, services: [&'static str; 3]) -> Finding {
    Finding::new(format!(
        "there is no service `{name}` of dynamic references"
    ))
    .why(format!("there are {}", suggest::list(services)))
    .maybe_help(suggest::did_you_mean(name, services))
}

/// The service is not resolved where the reference stands; `takes` says what takes it.
pub(in crate::check) fn misplaced(service: &str, takes: &str) -> Finding {
    let finding = Finding::new(format!(
        "`{{{{resolve:{service}:…}}}}` is not resolved here"
    ))
    .why(takes);
    match service {
        "ssm-secure" => finding.help(
            "use `{{resolve:secretsmanager:…}}`, or a resource that reads the parameter itself",
        ),
        _ => finding,
    }
}

pub(in crate::check) fn malformed(form: &str) -> Finding {
    Finding::new("this is not a valid dynamic reference").why(format!("the form is {form}"))
}
