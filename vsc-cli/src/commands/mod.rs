//! The commands, one file or folder each.

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
        command: users::command,
        run: users::run,
    },
    Subcommand {
        command: check::command,
        run: check::run,
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
        command: watch::command,
        run: watch::run,
    },
    Subcommand {
        command: deploy::command,
        run: deploy::run,
    },
    Subcommand {
        command: destroy::command,
        run: destroy::run,
    },
    Subcommand {
        command: status::command,
        run: status::run,
    },
    Subcommand {
        command: events::command,
        run: events::run,
    },
    Subcommand {
        command: outputs::command,
        run: outputs::run,
    },
    Subcommand {
        command: logs::command,
        run: logs::run,
    },
    Subcommand {
        command: start::command,
        run: start::run,
    },
    Subcommand {
        command: stop::command,
        run: stop::run,
    },
    Subcommand {
        command: drift::command,
        run: drift::run,
    },
    Subcommand {
        command: diagnose::command,
        run: diagnose::run,
    },
    Subcommand {
        command: rollback::command,
        run: rollback::run,
    },
    Subcommand {
        command: import::command,
        run: import::run,
    },
    Subcommand {
        command: doctor::command,
        run: doctor::run,
    },
    Subcommand {
        command: schema::command,
        run: schema::run,
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
