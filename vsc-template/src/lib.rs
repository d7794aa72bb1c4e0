//! CloudFormation templates of vsc.
//!
//! [`template`] models templates, [`stack`] builds them, [`check`] checks any template. The crate `vsc` has all
//! of it, with the macros that check resources at compile time.
//!
//! It is a crate of its own so that it is compiled beside vsc-macros, for which the pattern waits.

pub mod check;
#[doc(hidden)]
pub mod file;
pub mod stack;
pub mod template;

pub use stack::{Stack, StackError};
