//! What `#[team_ide]` makes of a type.

use vsc_core::Stack;
use vsc_core::team_ide::TeamStack;
use vsc_spec::team::{Declaration, Judgement};

/// A type that declares a team IDE. `#[team_ide]` implements it.
pub trait Declared {
    /// The declaration as it is written.
    const DECLARATION: &'static Declaration;

    /// What is wrong with it, as const evaluation finds it.
    #[doc(hidden)]
    const JUDGEMENT: Judgement = Self::DECLARATION.judge();

    /// Adds to the stack what `extend` names; nothing without it.
    fn extend(stack: &mut Stack, ide: &mut TeamStack<'_>) {
        let _ = (stack, ide);
    }
}
