//! `deprecated-runtime`.

use super::declare::declare_lint;

declare_lint! {
    /// Functions run on runtimes that AWS still updates.
    ///
    /// # Why
    ///
    /// AWS Lambda first stops updating a deprecated runtime, then rejects new functions on it, then their updates.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Function:
    ///     Type: AWS::Lambda::Function
    ///     Properties:
    ///       Role: "arn:aws:iam::123456789012:role/name"
    ///       Runtime: python3.8
    ///       Handler: index.handler
    ///       Code: { ZipFile: "def handler(event, context): pass" }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Function:
    ///     Type: AWS::Lambda::Function
    ///     Properties:
    ///       Role: "arn:aws:iam::123456789012:role/name"
    ///       Runtime: python3.13
    ///       Handler: index.handler
    ///       Code: { ZipFile: "def handler(event, context): pass" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS Lambda Developer Guide, "Lambda runtimes", deprecated runtimes
    /// - cfn-lint E2531, E2533, W2531, depending on the date
    pub const DEPRECATED_RUNTIME: Warning = "deprecated-runtime";
}
