//! The stacks of a config crate.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use vsc_core::Stack;
use vsc_core::team_ide::TeamStack;
use vsc_spec::team::Declaration;

use crate::Declared;

/// What builds a stack that is no team's.
#[derive(Clone)]
pub(crate) struct Build(pub(crate) Arc<dyn Fn(&mut Stack) + Send + Sync>);

/// What adds to the stack of a team.
#[derive(Clone)]
pub(crate) enum Extending {
    /// What a type declares.
    Type(vsc_core::team_ide::Extend),
    /// What was named while the program runs.
    Made(MadeExtend),
}

type MadeExtend = Arc<dyn Fn(&mut Stack, &mut TeamStack<'_>) + Send + Sync>;

impl Extending {
    pub(crate) fn extend(&self, stack: &mut Stack, team: &mut TeamStack<'_>) {
        match self {
            Self::Type(extend) => extend(stack, team),
            Self::Made(extend) => extend(stack, team),
        }
    }
}

// A function has nothing to show.
impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Build")
    }
}

impl fmt::Debug for Extending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extending")
    }
}

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
    pub(crate) source: StackSource,
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
pub(crate) enum StackSource {
    Team {
        declaration: Whose,
        extend: Extending,
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
            source: StackSource::Team {
                declaration: Whose::Types(D::DECLARATION),
                extend: Extending::Type(D::EXTEND),
            },
        }
    }

    /// What was built while the program runs.
    pub fn new(declaration: Declaration) -> Self {
        Self {
            source: StackSource::Team {
                declaration: Whose::Made(Box::new(declaration)),
                extend: Extending::Type(|_, _| {}),
            },
        }
    }

    /// A stack that is no team's, written with [`resource!`](crate::resource). The function may be
    /// a closure, so that one function builds the stack of each environment:
    ///
    /// ```no_run
    /// use std::process::ExitCode;
    ///
    /// use vsc::cli::{self, Entry};
    /// use vsc::prelude::*;
    ///
    /// fn backups(stack: &mut Stack, days: u32) {
    ///     resource!(stack, Backups: AWS::S3::Bucket {
    ///         LifecycleConfiguration: {
    ///             Rules: [{ Status: "Enabled", ExpirationInDays: days }],
    ///         },
    ///     });
    /// }
    ///
    /// fn main() -> ExitCode {
    ///     cli::run(&[
    ///         Entry::of_stack("staging-backups", |stack| backups(stack, 7)),
    ///         Entry::of_stack("production-backups", |stack| backups(stack, 90)),
    ///     ])
    /// }
    /// ```
    pub fn of_stack(
        name: impl Into<Cow<'static, str>>,
        build: impl Fn(&mut Stack) + Send + Sync + 'static,
    ) -> Self {
        Self {
            source: StackSource::Stack {
                name: name.into(),
                build: Build(Arc::new(build)),
            },
        }
    }

    /// The same with a function or closure that adds to the stack of a team.
    #[must_use]
    pub fn extend(
        self,
        extend: impl Fn(&mut Stack, &mut TeamStack<'_>) + Send + Sync + 'static,
    ) -> Self {
        let source = match self.source {
            StackSource::Team { declaration, .. } => StackSource::Team {
                declaration,
                extend: Extending::Made(Arc::new(extend)),
            },
            stack @ StackSource::Stack { .. } => stack,
        };
        Self { source }
    }
}
