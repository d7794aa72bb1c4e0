//! The commands, one file or folder each.

pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod synth;

use crate::cli::Subcommand;

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Subcommand] = &[
    Subcommand {
        command: synth::command,
        run: synth::run,
    },
    Subcommand {
        command: list::command,
        run: list::run,
    },
    Subcommand {
        command: preview::command,
        run: preview::run,
    },
];
