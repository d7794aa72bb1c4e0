//! The trait that `#[team_ide]` implements.

use vsc_core::team_ide::Extend;
use vsc_spec::team::{Declaration, Validation};

/// A type that declares a team IDE. `#[team_ide]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not declare a team IDE",
    label = "not declared with `#[team_ide]`",
    note = "write `#[team_ide(users = 6, domain = \"code.x.com\")]` above it"
)]
pub trait Declared {
    /// The declaration as written.
    const DECLARATION: &'static Declaration;

    /// Its errors, as found by const evaluation.
    #[doc(hidden)]
    const VALIDATION: &'static Validation = &Self::DECLARATION.validate();

    /// The function of `extend`, which adds to the stack. Does nothing by default.
    const EXTEND: Extend = |_, _| {};
}
