//! `spaced-dynamic-reference`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Dynamic references have no spaces.
    ///
    /// # Why
    ///
    /// CloudFormation treats a reference with spaces as a plain string, and does not resolve it.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties: { DisplayName: "{{ resolve:ssm:/name }}" }
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
    /// - cfn-lint W1053
    pub const SPACED_DYNAMIC_REFERENCE: Warning = "spaced-dynamic-reference";
}

/// A dynamic reference with spaces; `inside` is the part between the braces.
pub(in crate::check) fn spaced(inside: &str) -> Diagnostic {
    let right: String = inside.split_whitespace().collect();
    Diagnostic::new("a dynamic reference with spaces is not resolved")
        .note("CloudFormation treats it as a plain string")
        .help(format!("write `{{{{{right}}}}}`"))
}
