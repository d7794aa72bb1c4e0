//! The assembly: the templates of an app and what commands need to know about its stacks, as data.
//! docs/assembly.md documents the format.

pub(crate) mod order;
mod outdated;
mod preview;
mod read;
mod stack;
mod team;
#[cfg(test)]
pub(crate) mod written;

use serde::Deserialize;
use vsc_spec::Diagnostic;

pub(crate) use preview::{Preview, PreviewedWorkspace};
pub(crate) use read::read;
pub(crate) use stack::{Stack, Tag, Template};
pub(crate) use team::{
    Certificate, DeclaredValue, HomeVolume, Host, Image, LoginKind, Needs, Provider, Team, User,
};

/// The name of the file that lists the stacks.
pub(crate) const FILE: &str = "assembly.json";

/// The stacks of an app, in the order of their declarations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assembly {
    /// The program that wrote it, to run it again.
    pub(crate) app: AppSource,
    pub(crate) stacks: Vec<Synthesis>,
}

/// What became of a stack.
#[derive(Clone, Debug)]
pub(crate) enum Synthesis {
    Done(Box<Stack>),
    /// It could not be synthesized.
    Rejected {
        name: String,
        diagnostics: Vec<Diagnostic>,
    },
}

impl Synthesis {
    /// The name of the stack.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Done(stack) => &stack.name,
            Self::Rejected { name, .. } => name,
        }
    }
}

/// The program that wrote an assembly.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct AppSource {
    /// The path of the program.
    pub(crate) program: Option<std::path::PathBuf>,
    /// The folder of its crate, if cargo ran it.
    #[serde(rename = "crate")]
    pub(crate) folder: Option<std::path::PathBuf>,
}
