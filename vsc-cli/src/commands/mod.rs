//! The commands, one file or folder each.

pub(crate) mod capacity;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod drift;
pub(crate) mod events;
pub(crate) mod graph;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod logs;
pub(crate) mod man;
pub(crate) mod outputs;
pub(crate) mod preview;
pub(crate) mod rollback;
pub(crate) mod schema;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod stop;
pub(crate) mod synth;
pub(crate) mod users;
pub(crate) mod watch;
#[cfg(not(feature = "deploy"))]
mod without_deploy;
pub(crate) mod write;

use crate::cli::{Effect, Subcommand};

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Subcommand] = &[
    Subcommand {
        command: synth::command,
        run: synth::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: list::command,
        run: list::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: users::command,
        run: users::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: capacity::command,
        run: capacity::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: check::command,
        run: check::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: diff::command,
        run: diff::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: graph::command,
        run: graph::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: watch::command,
        run: watch::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: deploy::command,
        run: deploy::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: destroy::command,
        run: destroy::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: status::command,
        run: status::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: events::command,
        run: events::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: outputs::command,
        run: outputs::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: logs::command,
        run: logs::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: start::command,
        run: start::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: stop::command,
        run: stop::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: drift::command,
        run: drift::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: diagnose::command,
        run: diagnose::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: rollback::command,
        run: rollback::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: import::command,
        run: import::run,
        effect: Effect::Changes,
    },
    Subcommand {
        command: doctor::command,
        run: doctor::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: schema::command,
        run: schema::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: preview::command,
        run: preview::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: completions::command,
        run: completions::run,
        effect: Effect::ReadOnly,
    },
    Subcommand {
        command: man::command,
        run: man::run,
        effect: Effect::ReadOnly,
    },
];
