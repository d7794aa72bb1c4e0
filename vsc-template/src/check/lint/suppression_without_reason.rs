//! `suppression-without-reason`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;

declare_lint! {
    /// Suppressions have a reason.
    ///
    /// # Why
    ///
    /// A later reader of the template has to know whether the reason still holds. A suppression without a reason
    /// has its effect, but is reported.
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
        .note("a later reader has to know whether the suppression is still justified")
        .help(format!("write `suppress: [{{ id: {id}, reason: … }}]`"))
}
