//! `unknown-lint`.

use vsc_spec::{Diagnostic, suggest};

use super::Lint;
use super::declare::declare_lint;

declare_lint! {
    /// Suppressions have the ID of an existing lint.
    ///
    /// # Why
    ///
    /// A suppression with an unknown ID has no effect.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Metadata:
    ///       vsc:
    ///         suppress:
    ///           - { id: opn-port, reason: only the office reaches this network }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic:
    ///     Type: AWS::SNS::Topic
    ///     Metadata:
    ///       vsc:
    ///         suppress:
    ///           - { id: open-port, reason: only the office reaches this network }
    /// ```
    ///
    /// # Sources
    ///
    /// - The lint `unknown_lints` of rustc
    pub const UNKNOWN_LINT: Warning = "unknown-lint";
}

pub(in crate::check) fn unknown(id: &str) -> Diagnostic {
    let ids = Lint::ALL.iter().map(|lint| lint.id());
    let help = suggest::did_you_mean(id, ids);
    Diagnostic::new(format!("unknown lint `{}`", id.escape_debug())).help(
        help.unwrap_or_else(|| {
            "`check` prints the ID in brackets, for example `open-port`".to_owned()
        }),
    )
}

/// The ID is a former one.
pub(in crate::check) fn renamed(old: &str, new: &str) -> Diagnostic {
    Diagnostic::new(format!("the lint `{old}` was renamed to `{new}`"))
        .help(format!("write `{new}`"))
}

pub(in crate::check) fn unsuppressible(id: &str) -> Diagnostic {
    Diagnostic::new(format!("`{id}` cannot be suppressed"))
        .note("a template that cannot be parsed is not checked any further")
}

pub(in crate::check) fn not_an_id() -> Diagnostic {
    Diagnostic::new("expected the ID of a lint").help("write an ID such as `open-port`")
}
