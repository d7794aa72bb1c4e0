//! What operations on this machine tell: typed events, and results that are there before the end.

use crate::Failure;

/// The side of an operation on this machine that a user sees.
pub(crate) trait LocalIo {
    /// Tells what happens while an operation goes on.
    fn report(&self, event: LocalEvent<'_>);

    /// Gives how to reach what runs.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn give(&self, preview: &Reachable) -> Result<(), Failure>;
}

/// What happens while an operation on this machine goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LocalEvent<'a> {
    /// An image is pulled.
    PullingImage { image: &'a str },
    /// The workspace of a user answers.
    Answers { user: &'a str, seconds: f64 },
    /// The workspace of a user has something, or works without.
    Equipped {
        user: &'a str,
        with: Equipment<'a>,
        is_done: bool,
    },
    /// Everything runs until the user interrupts.
    Running,
    /// Everything is taken down.
    TakingDown,
    /// A revision is built.
    Building { revision: &'a str, commit: &'a str },
    /// The revision does not have the stack.
    NewStack { revision: &'a str, stack: &'a str },
    /// The revision has a stack that is not compared.
    OtherStack { revision: &'a str, stack: &'a str },
    /// git is not installed.
    NoGit,
    /// git has failed.
    NoRepository,
}

/// What a workspace is equipped with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Equipment<'a> {
    /// A clone of this repository.
    Repository(&'a str),
    /// What a script installs, or an extension.
    Installed(&'a str),
}

/// How to reach a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reachable {
    /// The users, their passwords and the URLs of their workspaces.
    pub(crate) users: Vec<[String; 3]>,
    /// The URL of the dashboard.
    pub(crate) dashboard: String,
}
