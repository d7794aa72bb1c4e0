//! `undocumented-parameter-type`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Parameter types are documented.
    ///
    /// # Why
    ///
    /// CloudFormation accepts some types that its guide does not list, but does not validate their values.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   Zones: { Type: List<AWS::EC2::Foo::Id> }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Zones: { Type: List<AWS::EC2::Subnet::Id> }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "CloudFormation-supplied parameter types"
    /// - cfn-lint W2002
    pub const UNDOCUMENTED_PARAMETER_TYPE: Warning = "undocumented-parameter-type";
}

pub(in crate::check) fn undocumented(name: &str, meant: Option<String>) -> Diagnostic {
    Diagnostic::new(format!("the parameter type `{name}` is not documented"))
        .note("CloudFormation accepts it, but does not validate its values")
        .maybe_help(meant)
}
