//! The commands, one file or folder each.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod graph;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod preview;
pub(crate) mod synth;
pub(crate) mod users;
pub(crate) mod watch;

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
        command: diff::command,
        run: diff::run,
    },
    Subcommand {
        command: graph::command,
        run: graph::run,
    },
    Subcommand {
        command: check::command,
        run: check::run,
    },
    Subcommand {
        command: watch::command,
        run: watch::run,
    },
    Subcommand {
        command: users::command,
        run: users::run,
    },
    Subcommand {
        command: preview::command,
        run: preview::run,
    },
    Subcommand {
        command: completions::command,
        run: completions::run,
    },
    Subcommand {
        command: man::command,
        run: man::run,
    },
];
