//! `suppression-without-reason`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Suppressions give a reason.
    ///
    /// # Why
    ///
    /// Whoever reads the template later has to know whether the reason still holds. A suppression without a
    /// reason has its effect, and is reported.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Disk:
    ///     Type: AWS::EC2::Volume
    ///     Metadata:
    ///       vsc:
    ///         suppress:
    ///           - id: unencrypted-storage
    ///     Properties: { AvailabilityZone: eu-west-1a, Size: 8 }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Disk:
    ///     Type: AWS::EC2::Volume
    ///     Metadata:
    ///       vsc:
    ///         suppress:
    ///           - id: unencrypted-storage
    ///             reason: holds public test data only
    ///     Properties: { AvailabilityZone: eu-west-1a, Size: 8 }
    /// ```
    ///
    /// # Sources
    ///
    /// - The lint `allow_attributes_without_reason` of Clippy; `rules_to_suppress` of cfn_nag; `skip` of checkov
    pub const SUPPRESSION_WITHOUT_REASON: Warning = "suppression-without-reason";
}

pub(in crate::check) fn unexplained(id: &str) -> Diagnostic {
    Diagnostic::new(format!("`{id}` is suppressed without a reason"))
        .note("whoever reads the template later has to know whether it still holds")
        .help(format!("write `suppress: [{{ id: {id}, reason: … }}]`"))
}
