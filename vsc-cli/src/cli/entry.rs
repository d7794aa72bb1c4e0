//! The stacks of a config crate.

use std::borrow::Cow;

use vsc_core::Stack;
use vsc_core::team_ide::Extend;
use vsc_spec::team::Declaration;

use crate::Declared;

/// What builds a stack that is no team's.
pub type Build = fn(&mut Stack);

/// A stack of the crate: a declaration and what adds to it, or a function that builds one.
///
/// `vsc::main!` makes one of each type it names. Teams that are known only when the program runs
/// have the same command line:
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use vsc::cli::{self, Entry};
/// use vsc::prelude::*;
///
/// fn main() -> ExitCode {
///     let names = ["alice", "bob"];
///     let team = names.iter().fold(TeamIde::builder(), |team, name| team.user(*name));
///     let team = team.stack_name("acme-ide").domain("code.x.com");
///     cli::run(&[Entry::new(team.declaration())])
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) source: Source,
}

/// A declaration, of a type or made while the program runs.
#[derive(Clone, Debug)]
pub(crate) enum Whose {
    Types(&'static Declaration),
    Made(Box<Declaration>),
}

impl Whose {
    pub(crate) fn declaration(&self) -> &Declaration {
        match self {
            Self::Types(declaration) => declaration,
            Self::Made(declaration) => declaration,
        }
    }
}

/// What a stack is made from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Team {
        declaration: Whose,
        extend: Extend,
    },
    Stack {
        name: Cow<'static, str>,
        build: Build,
    },
}

impl Entry {
    /// What a type declares.
    pub const fn of<D: Declared>() -> Self {
        Self {
            source: Source::Team {
                declaration: Whose::Types(D::DECLARATION),
                extend: D::EXTEND,
            },
        }
    }

    /// What was built while the program runs.
    pub fn new(declaration: Declaration) -> Self {
        Self {
            source: Source::Team {
                declaration: Whose::Made(Box::new(declaration)),
                extend: |_, _| {},
            },
        }
    }

    /// A stack that is no team's, written with [`resource!`](crate::resource):
    ///
    /// ```no_run
    /// use std::process::ExitCode;
    ///
    /// use vsc::cli::{self, Entry};
    /// use vsc::prelude::*;
    ///
    /// fn backups(stack: &mut Stack) {
    ///     resource!(stack, Backups: AWS::S3::Bucket {
    ///         VersioningConfiguration: { Status: "Enabled" },
    ///     });
    /// }
    ///
    /// fn main() -> ExitCode {
    ///     cli::run(&[Entry::of_stack("backups", backups)])
    /// }
    /// ```
    pub fn of_stack(name: impl Into<Cow<'static, str>>, build: Build) -> Self {
        Self {
            source: Source::Stack {
                name: name.into(),
                build,
            },
        }
    }

    /// The same with a function that adds to the stack of a team.
    #[must_use]
    pub fn extend(self, extend: Extend) -> Self {
        let source = match self.source {
            Source::Team { declaration, .. } => Source::Team {
                declaration,
                extend,
            },
            stack @ Source::Stack { .. } => stack,
        };
        Self { source }
    }
}
