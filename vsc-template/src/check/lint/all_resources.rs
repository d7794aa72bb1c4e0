//! `all-resources`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::policy::Permissions;

declare_lint! {
    /// All actions of a service, and passing or assuming roles, are allowed only on named resources.
    ///
    /// # Why
    ///
    /// `s3:*` on `*` includes the data of other stacks and teams in the account; `iam:PassRole` on `*` passes a
    /// role with more permissions to a service. Statements with a `Condition` are not reported.
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
    ///           - { Effect: Allow, Action: "s3:*", Resource: "*" }
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
    ///           - { Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::logs/*" }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS IAM User Guide, "Grant permissions to pass a role to an AWS service"
    /// - AWS IAM User Guide, "Security best practices in IAM", least-privilege permissions
    /// - checkov CKV_AWS_108, CKV_AWS_109 and CKV_AWS_111
    pub const ALL_RESOURCES: Warning = "all-resources";
}

fn everywhere(action: &str) -> Diagnostic {
    let note = match action {
        "iam:PassRole" => "a role with more permissions can be passed to a service, and used there",
        "sts:AssumeRole" => "every role that trusts the account can be assumed",
        _ => "this includes the data of other stacks and teams in the account",
    };
    Diagnostic::new(format!("`{action}` is allowed on all resources"))
        .note(note)
        .help("list the resources, or only actions that support no resource")
}

/// Checks the permissions of a statement.
pub(in crate::check) fn check(permissions: &Permissions<'_>, report: &mut Report) {
    if permissions.are_all() || permissions.is_conditional || !permissions.is_everywhere {
        return;
    }
    let mut actions = permissions.actions.iter();
    let wide = actions.find(|action| {
        action.ends_with(":*") || ["iam:PassRole", "sts:AssumeRole"].contains(*action)
    });
    if let Some(action) = wide {
        report.at("Resource", |report| {
            report.value(ALL_RESOURCES, everywhere(action));
        });
    }
}
