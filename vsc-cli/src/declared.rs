//! What `#[team_ide]` makes of a type.

use vsc_core::team_ide::Extend;
use vsc_spec::team::{Declaration, Validation};

/// A type that declares a team IDE. `#[team_ide]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no team IDE",
    label = "this is not declared with `#[team_ide]`",
    note = "write `#[team_ide(users = 6, domain = \"code.x.com\")]` above it"
)]
pub trait Declared {
    /// The declaration as it is written.
    const DECLARATION: &'static Declaration;

    /// What is wrong with it, as const evaluation finds it.
    #[doc(hidden)]
    const VALIDATION: &'static Validation = &Self::DECLARATION.validate();

    /// What `extend` names: it adds to the stack. Nothing without it.
    const EXTEND: Extend = |_, _| {};
}
