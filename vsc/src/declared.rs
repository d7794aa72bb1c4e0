//! The trait that `#[team_ide]` implements.

use vsc_core::StackError;
use vsc_core::team_ide::{self, Extend};
use vsc_core::template::Template;
use vsc_spec::team::{Declaration, TeamIde, Validation};

/// Builds the template of a team.
pub type Synthesize = fn(&TeamIde) -> Result<Template, StackError>;

/// The template of a team that its declaration extends.
///
/// # Errors
///
/// When what was added is invalid, or the stack exceeds a quota.
pub fn extended<D: Declared>(ide: &TeamIde) -> Result<Template, StackError> {
    team_ide::extended(ide, D::EXTEND).finish()
}

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

    /// Builds the template. A stack that nothing extends needs no checks, and then none are part of the
    /// program.
    #[doc(hidden)]
    const SYNTHESIZE: Synthesize = team_ide::synthesize;
}
