//! `rain-directive`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Directives of Rain are processed before a template is deployed.
    ///
    /// # Why
    ///
    /// CloudFormation does not know `Rain::Module`, `Rain::S3`, `Rain::Include` and the like. A template that
    /// configures cfn-lint to ignore them gets `unpackaged-local-path` instead: its author deploys it with Rain.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties:
    ///       DisplayName: { "Rain::Embed": name.txt }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Properties:
    ///       DisplayName: alarms
    /// ```
    ///
    /// # Sources
    ///
    /// - The documentation of Rain, "Directives"
    pub const RAIN_DIRECTIVE: Error = "rain-directive";
}

pub(in crate::check) fn unprocessed(directive: &str) -> Diagnostic {
    Diagnostic::new(format!("`{directive}` is a directive of Rain"))
        .note("CloudFormation does not know it")
        .help("deploy the output of `rain pkg`")
}
