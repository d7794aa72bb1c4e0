//! `deprecated-property`.

use vsc_spec::{Diagnostic, Object};

use super::declare::declare_lint;
use crate::check::report::Report;

declare_lint! {
    /// Deprecated properties are not used.
    ///
    /// # Why
    ///
    /// A deprecated property still works for the stacks that use it, but AWS may remove it.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Association:
    ///     Type: AWS::EC2::EIPAssociation
    ///     Properties:
    ///       EIP: 203.0.113.7
    ///       InstanceId: i-0123456789abcdef0
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Association:
    ///     Type: AWS::EC2::EIPAssociation
    ///     Properties:
    ///       AllocationId: eipalloc-0123456789abcdef0
    ///       InstanceId: i-0123456789abcdef0
    /// ```
    ///
    /// # Sources
    ///
    /// - The resource provider schemas of AWS CloudFormation, `deprecatedProperties`
    pub const DEPRECATED_PROPERTY: Warning = "deprecated-property";
}

fn deprecated(name: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` is deprecated")).note("it still works, but AWS may remove it")
}

/// Checks the properties of a resource. `known` are the deprecated ones of its schema.
pub(in crate::check) fn check(known: &[String], properties: &Object, report: &mut Report) {
    for (name, _) in properties.iter() {
        if known.iter().any(|known| known == name) {
            report.along(&["Properties", name], |report| {
                report.name(DEPRECATED_PROPERTY, deprecated(name));
            });
        }
    }
}
