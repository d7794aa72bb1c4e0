//! The stacks of a config crate.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use vsc_core::team_ide::{self, TeamStack};
use vsc_core::template::Template;
use vsc_core::{Stack, StackError};
use vsc_spec::team::{Declaration, TeamIde};

use crate::Declared;
use crate::declared::Synthesize;

/// What a function that builds a template returns.
type Synthesized = Result<Template, StackError>;

/// A function that builds the template of a stack without a team, of this name. Programs without such stacks
/// do not contain the checks of templates.
#[derive(Clone)]
pub(crate) struct Build(pub(crate) Arc<dyn Fn(&str) -> Synthesized + Send + Sync>);

/// A function that builds the template of a team.
#[derive(Clone)]
pub(crate) enum Synthesis {
    /// Of a type with `#[team_ide]`, or a team that nothing extends.
    Type(Synthesize),
    /// With what a closure adds.
    Extended(Arc<dyn Fn(&TeamIde) -> Synthesized + Send + Sync>),
}

impl Synthesis {
    pub(crate) fn synthesize(&self, ide: &TeamIde) -> Result<Template, StackError> {
        match self {
            Self::Type(synthesize) => synthesize(ide),
            Self::Extended(synthesize) => synthesize(ide),
        }
    }
}

// A function has no useful representation.
impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Build")
    }
}

impl fmt::Debug for Synthesis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Synthesis")
    }
}

/// A stack of the crate: a declaration and what adds to it, or a function that builds one.
///
/// `vsc::main!` makes an entry of each type. Teams that are known only at run time have the same
/// command line:
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

/// A declaration, of a type or made at run time.
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

/// The source of a stack.
#[derive(Clone, Debug)]
pub(crate) enum StackSource {
    Team {
        declaration: Whose,
        synthesis: Synthesis,
    },
    Stack {
        name: Cow<'static, str>,
        build: Build,
    },
}

impl Entry {
    /// Of a type with `#[team_ide]`.
    pub const fn of<D: Declared>() -> Self {
        Self {
            source: StackSource::Team {
                declaration: Whose::Types(D::DECLARATION),
                synthesis: Synthesis::Type(D::SYNTHESIZE),
            },
        }
    }

    /// A declaration that was built at run time.
    pub fn new(declaration: Declaration) -> Self {
        Self {
            source: StackSource::Team {
                declaration: Whose::Made(Box::new(declaration)),
                synthesis: Synthesis::Type(team_ide::synthesize),
            },
        }
    }

    /// A stack without a team, written with [`resource!`](crate::resource). The function may be
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
                build: Build(Arc::new(move |name| {
                    let mut stack = Stack::new(name.to_owned());
                    build(&mut stack);
                    stack.finish()
                })),
            },
        }
    }

    /// Adds a function or closure that adds to the stack of a team.
    #[must_use]
    pub fn extend(
        self,
        extend: impl Fn(&mut Stack, &mut TeamStack<'_>) + Send + Sync + 'static,
    ) -> Self {
        let source = match self.source {
            StackSource::Team { declaration, .. } => StackSource::Team {
                declaration,
                synthesis: Synthesis::Extended(Arc::new(move |ide| {
                    team_ide::extended(ide, &extend).finish()
                })),
            },
            stack @ StackSource::Stack { .. } => stack,
        };
        Self { source }
    }
}
