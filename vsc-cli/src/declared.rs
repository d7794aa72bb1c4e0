//! What `#[team_ide]` makes of a type.

use vsc_spec::team::Declaration;

/// A type that declares a team IDE. `#[team_ide]` implements it.
pub trait Declared {
    /// The declaration as it is written.
    fn declaration() -> Declaration;
}
