//! `incomplete-function`.

use super::declare::declare_lint;

declare_lint! {
    /// Serverless functions with zipped code have a handler and a runtime.
    ///
    /// # Why
    ///
    /// The transform accepts a function without them, but Lambda rejects it when the stack is deployed. `Globals`
    /// may set both.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Transform: AWS::Serverless-2016-10-31
    /// Resources:
    ///   Function:
    ///     Type: AWS::Serverless::Function
    ///     Properties: { CodeUri: "s3://bucket/key" }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Transform: AWS::Serverless-2016-10-31
    /// Resources:
    ///   Function:
    ///     Type: AWS::Serverless::Function
    ///     Properties:
    ///       CodeUri: "s3://bucket/key"
    ///       Handler: app.handler
    ///       Runtime: python3.13
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS SAM Developer Guide, "AWS::Serverless::Function"
    pub const INCOMPLETE_FUNCTION: Warning = "incomplete-function";
}
