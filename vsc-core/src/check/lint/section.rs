//! `section`.

use super::declare::declare_lint;

declare_lint! {
    /// A template has the sections that CloudFormation knows, and `Resources` among them.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a template with an unknown section, with a section of another form, or with a
    /// loop whose transform is missing.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Output: {}
    /// ```
    ///
    /// ```yaml
    /// Resources:
    ///   Fn::ForEach::Topics:
    ///     - Name
    ///     - [A, B]
    ///     - Topic${Name}: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Topic: { Value: !Ref Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "CloudFormation template sections"
    /// - cfn-lint E1001, E1032
    pub const SECTION: Error = "section";
}
