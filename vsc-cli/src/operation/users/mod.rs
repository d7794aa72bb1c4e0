//! `users`: the developers of teams, and what the deployed stacks have of them.

#[cfg(feature = "aws")]
mod deployed;

use crate::assembly::Stack;

#[cfg(feature = "aws")]
pub(crate) use deployed::{Options, ask};

/// A developer of a team, and the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Developer {
    pub(crate) stack: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    /// `None` if only the deployed stack knows the address of the host.
    pub(crate) url: Option<String>,
    /// `None` if a provider signs developers in.
    pub(crate) secret: Option<String>,
    pub(crate) state: State,
    pub(crate) password: Option<String>,
}

/// The state of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "aws"),
    expect(dead_code, reason = "AWS reports the others")
)]
pub(crate) enum State {
    /// Not looked up: AWS was not asked.
    Declared,
    /// Part of the deployed stack.
    Deployed,
    /// Not in the deployed stack yet.
    New,
    /// An operation on the stack is in progress.
    Changing,
    /// The creation of a resource failed.
    Failed,
    /// Unknown: the call to AWS failed.
    Unknown,
}

impl State {
    /// Its name for people and scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Deployed => "deployed",
            Self::New => "not deployed",
            Self::Changing => "changing",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// The developers that stacks declare.
pub(crate) fn declared(stacks: &[Stack]) -> Vec<Developer> {
    stacks.iter().flat_map(of_stack).collect()
}

fn of_stack(stack: &Stack) -> impl Iterator<Item = Developer> {
    let users = stack.team.iter().flat_map(|team| &team.users);
    users.map(|user| Developer {
        stack: stack.name.clone(),
        name: user.name.clone(),
        email: user.email.clone(),
        url: user.url.clone(),
        secret: user.secret.clone(),
        state: State::Declared,
        password: None,
    })
}
