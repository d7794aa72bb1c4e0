//! `undocumented-parameter-type`.

use super::declare::declare_lint;

declare_lint! {
    /// The types of parameters are documented ones.
    ///
    /// # Why
    ///
    /// CloudFormation accepts some types that its guide does not list; nothing says what they accept, or for how
    /// long.
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
    pub const UNDOCUMENTED_PARAMETER_TYPE: Warning = "undocumented-parameter-type";
}
