//! Team IDEs as code: VS Code in the browser for a team, on its own AWS account.
//!
//! A config crate declares a team and is its own command line:
//!
//! ```
//! use vsc::prelude::*;
//!
//! #[team_ide(users = 6, domain = "code.x.com")]
//! struct AcmeIde;
//!
//! vsc::main!(AcmeIde);
//! ```
//!
//! `cargo run -- synth` prints the CloudFormation template. An invalid declaration does not compile:
//! the error underlines the token and says what to write instead.

mod assembly;
pub mod cli;
mod constant;
mod declared;
pub mod prelude;

pub use declared::Declared;
pub use vsc_core::team_ide::{Statement, TeamStack};
pub use vsc_core::{
    Stack, StackError, check, json, object, resource, stack, team_ide as pattern, template,
};
pub use vsc_macros::team_ide;
pub use vsc_spec::team::{self, Declaration, TeamIde};
pub use vsc_spec::{Diagnostic, Json, Object};

/// Items that expansions of macros use. Not part of the public API.
#[doc(hidden)]
pub mod __private {
    use std::path::Path;

    use crate::cli::Entry;

    /// Writes the assembly of these stacks to a folder, for the tests of the program `vsc`.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be written.
    pub fn assemble(entries: &[Entry], folder: &Path) -> Result<(), String> {
        crate::assembly::write(entries, folder).map_err(|failure| format!("{failure:?}"))
    }

    pub use crate::constant::{Constant, OtherList, OtherNumber};
    pub use crate::declared::{Synthesize, extended};
}

/// Makes the program of a config crate: `vsc::main!(AcmeIde);`, or several declarations separated by
/// commas.
#[macro_export]
macro_rules! main {
    () => {
        fn main() {}
        ::core::compile_error!("`vsc::main!` needs a declaration\n= help: write `vsc::main!(AcmeIde);`");
    };
    ($($declaration:ty),+ $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::cli::run(&[$($crate::cli::Entry::of::<$declaration>()),+])
        }
    };
}

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
struct Readme;

#[doc = include_str!("../../docs/stacks.md")]
#[cfg(doctest)]
struct Stacks;
