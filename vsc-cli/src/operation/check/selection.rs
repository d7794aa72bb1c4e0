//! The selection of lints.

use vsc_core::check::{Lint, lint};

/// The lints that a run reports.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Lints that are not reported.
    pub(crate) allowed: Vec<Lint>,
    /// The only lints that are reported; empty for all of them.
    pub(crate) only: Vec<Lint>,
}

impl Selection {
    /// Whether the lint is allowed.
    pub(crate) fn allows(&self, lint: Lint) -> bool {
        self.allowed.contains(&lint)
    }

    /// Whether the lint is among those that are reported. Syntax errors always are.
    pub(crate) fn includes(&self, lint: Lint) -> bool {
        self.only.is_empty() || self.only.contains(&lint) || lint == lint::SYNTAX
    }
}
