//! The context of a command.

use clap::ArgMatches;

use super::entry::Entry;
use super::stacks::{self, DeclaredStack, Stacked};
use crate::Failure;
use crate::terminal::Terminal;

/// The crate's stacks and the streams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) entries: &'a [Entry],
    pub(crate) terminal: Terminal,
}

impl Context<'_> {
    /// The stacks that the arguments select: those of [`stacks::arguments`].
    pub(crate) fn selected(&self, matches: &ArgMatches) -> Result<Vec<DeclaredStack>, Failure> {
        stacks::select(stacks::declared(self.entries, |_| None)?, matches)
    }

    /// The same, synthesized.
    pub(crate) fn synthesized(&self, matches: &ArgMatches) -> Result<Vec<Stacked>, Failure> {
        let selected = self.selected(matches)?;
        let stacks: Result<_, _> = selected.iter().map(DeclaredStack::synthesize).collect();
        Ok(stacks?)
    }
}
