//! `dynamic-reference`.

use vsc_spec::{Diagnostic, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Dynamic references are well-formed, and only where CloudFormation resolves them.
    ///
    /// # Why
    ///
    /// CloudFormation rejects malformed references. `ssm-secure` is resolved only in some properties, and
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

pub(in crate::check) fn unknown_service(name: &str, services: [&'static str; 3]) -> Diagnostic {
    Diagnostic::new(format!("unknown service `{name}` of a dynamic reference"))
        .note(format!("known services: {}", suggest::list(services)))
        .maybe_help(suggest::did_you_mean(name, services))
}

/// The service is not resolved at the position of the reference; `takes` says where it is.
pub(in crate::check) fn misplaced(service: &str, takes: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!(
        "`{{{{resolve:{service}:…}}}}` is not resolved here"
    ))
    .note(takes);
    match service {
        "ssm-secure" => diagnostic.help(
            "use `{{resolve:secretsmanager:…}}`, or a resource that reads the parameter itself",
        ),
        _ => diagnostic,
    }
}

pub(in crate::check) fn malformed(form: &str) -> Diagnostic {
    Diagnostic::new("invalid dynamic reference").note(format!("the form is {form}"))
}
