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

#[cfg(feature = "deploy")]
mod aws;
pub mod cli;
mod commands;
mod compact;
mod constant;
mod declared;
mod failure;
#[doc(hidden)]
pub mod input;
mod pins;
pub mod prelude;
#[doc(hidden)]
pub mod temporary;
#[doc(hidden)]
pub mod terminal;

pub use declared::Declared;
#[doc(hidden)]
pub use failure::Failure;
pub use vsc_core::team_ide::{Statement, TeamStack};
pub use vsc_core::{
    Stack, StackError, check, diff, graph, json, object, resource, stack, team_ide as pattern,
    template,
};
pub use vsc_macros::team_ide;
pub use vsc_spec::team::{self, Declaration, TeamIde};
pub use vsc_spec::{Diagnostic, Json, Object};

/// Code shared by the program `vsc` and the command line of config crates. Not part of the public
/// API.
#[doc(hidden)]
pub mod __tool {
    pub use crate::Failure;
    /// The command `schema`.
    pub mod schema {
        pub use crate::commands::schema::{command, print};
    }
    /// The command `check`.
    pub mod check {
        pub use crate::commands::check::{CheckedTemplate, arguments, report};
    }
    /// The command `completions`.
    pub mod completions {
        pub use crate::commands::completions::{command, print};
    }
    /// The command `man`.
    pub mod man {
        pub use crate::commands::man::{command, print};
    }
    pub use crate::cli::{call, is_command};
    pub use crate::cli::{global, program::called_as};
    pub use crate::input;
    pub use crate::temporary;
    pub use crate::terminal;
}

/// Items that expansions of macros use. Not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::constant::{Constant, OtherList, OtherNumber};
}

/// Makes the command line of a config crate: `vsc::main!(AcmeIde);`, or several declarations
/// separated by commas.
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
