//! The commands, one file or folder each.

pub(crate) mod app;
pub(crate) mod capacity;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod drift;
pub(crate) mod events;
pub(crate) mod graph;
pub(crate) mod import;
pub(crate) mod logs;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod outputs;
pub(crate) mod preview;
pub(crate) mod refactor;
pub(crate) mod rollback;
pub(crate) mod scaffold;
pub(crate) mod schema;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod stop;
pub(crate) mod users;
pub(crate) mod watch;
#[cfg(not(feature = "aws"))]
mod without_aws;
pub(crate) mod write;

use crate::cli::Subcommand;

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Subcommand] = &[
    Subcommand {
        command: new::command,
        run: new::run,
    },
    Subcommand {
        command: app::synth,
        run: app::run_synth,
    },
    Subcommand {
        command: app::list,
        run: app::run_list,
    },
    Subcommand {
        command: users::command,
        run: users::run,
    },
    Subcommand {
        command: capacity::command,
        run: capacity::run,
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
        command: refactor::command,
        run: refactor::run,
    },
    Subcommand {
        command: doctor::command,
        run: doctor::run,
    },
    Subcommand {
        command: convert::command,
        run: convert::run,
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
