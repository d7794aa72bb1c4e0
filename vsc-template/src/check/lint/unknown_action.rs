//! `unknown-action`.

use super::declare::declare_lint;

declare_lint! {
    /// Policies name actions that exist.
    ///
    /// # Why
    ///
    /// IAM accepts an action that no service has, but it allows nothing.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::IAM::ManagedPolicy
    ///     Properties:
    ///       PolicyDocument:
    ///         Version: "2012-10-17"
    ///         Statement:
    ///           - { Effect: Allow, Action: "sqs:RecieveMessage", Resource: "arn:aws:sqs:*:*:jobs" }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Policy:
    ///     Type: AWS::IAM::ManagedPolicy
    ///     Properties:
    ///       PolicyDocument:
    ///         Version: "2012-10-17"
    ///         Statement:
    ///           - { Effect: Allow, Action: "sqs:ReceiveMessage", Resource: "arn:aws:sqs:*:*:jobs" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS Service Authorization Reference, "Actions, resources, and condition keys for AWS services"
    /// - cfn-lint W3037
    pub const UNKNOWN_ACTION: Warning = "unknown-action";
}
