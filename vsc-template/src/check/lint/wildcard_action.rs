//! `wildcard-action`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::policy::Permissions;

declare_lint! {
    /// Policies do not allow all actions.
    ///
    /// # Why
    ///
    /// Anyone who obtains a role, user or group with `Action: "*"` controls the account. Statements with a
    /// `Condition` are not reported.
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
    ///           - { Effect: Allow, Action: "*", Resource: "*" }
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
    ///           - { Effect: Allow, Action: ec2:DescribeInstances, Resource: "*" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS IAM User Guide, "Security best practices in IAM", least-privilege permissions
    /// - AWS Security Hub, control IAM.1
    /// - checkov CKV_AWS_107 to CKV_AWS_111
    pub const WILDCARD_ACTION: Warning = "wildcard-action";
}

fn wildcard() -> Diagnostic {
    Diagnostic::new("the policy allows all actions of all services")
        .note("anyone who obtains it controls the account")
        .help("list the actions that are needed")
}

/// Checks the permissions of a statement.
pub(in crate::check) fn check(permissions: &Permissions<'_>, report: &mut Report) {
    if permissions.are_all() && !permissions.is_conditional {
        report.at("Action", |report| report.value(WILDCARD_ACTION, wildcard()));
    }
}
