//! The commands, one file or folder each: their arguments, and what they do with them.

pub(crate) mod app;
pub(crate) mod audit;
pub(crate) mod capacity;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod convert;
mod dependency;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod drift;
pub(crate) mod events;
pub(crate) mod graph;
pub(crate) mod homes;
pub(crate) mod import;
pub(crate) mod login_urls;
pub(crate) mod logs;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod outputs;
pub(crate) mod patch;
pub(crate) mod preview;
pub(crate) mod refactor;
pub(crate) mod restore;
pub(crate) mod rollback;
pub(crate) mod schema;
pub(crate) mod snapshots;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod stop;
pub(crate) mod users;
pub(crate) mod watch;
#[cfg(not(feature = "aws"))]
mod without_aws;
pub(crate) mod write;

use clap::{ArgMatches, Command};

use crate::Failure;
use crate::cli::{Context, global};

/// A command: its arguments and its function.
pub(crate) struct Subcommand {
    pub(crate) command: fn() -> Command,
    pub(crate) run: fn(&Context<'_>, &ArgMatches) -> Result<(), Failure>,
}

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
        command: login_urls::command,
        run: login_urls::run,
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
        command: audit::command,
        run: audit::run,
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
        command: patch::command,
        run: patch::run,
    },
    Subcommand {
        command: homes::command,
        run: homes::run,
    },
    Subcommand {
        command: snapshots::command,
        run: snapshots::run,
    },
    Subcommand {
        command: restore::command,
        run: restore::run,
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

/// The whole command line.
pub(crate) fn command() -> Command {
    Command::new("vsc")
        .about("Infrastructure as code in Rust: team IDEs, and any CloudFormation stack")
        .long_about("Infrastructure as code in Rust: team IDEs, and any CloudFormation stack.\n\nWorks on the stacks of the config crate in this folder, which it builds and runs, or of `--app`. Several commands also take templates in files, and stacks of AWS by their names.")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global::arguments())
        .subcommands(COMMANDS.iter().map(|command| (command.command)()))
        .after_help("Examples:\n  cargo run -- new demo\n  cargo run -- diff\n  cargo run -- check network.yaml\n  cargo run -- deploy network.yaml --stack network")
}

/// Runs the command that the arguments select.
///
/// # Errors
///
/// When it fails.
pub(crate) fn dispatch(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let named = COMMANDS
        .iter()
        .find(|command| (command.command)().get_name() == name);
    match named {
        Some(command) => {
            #[cfg(feature = "aws")]
            if matches.try_contains_id("region").is_ok() {
                crate::aws::without_empty_variables()?;
            }
            (command.run)(context, matches)
        }
        None => Err(Failure::usage(format!("unknown command `{name}`"))),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_commands_are_consistent() {
        super::command().debug_assert();
    }

    #[test]
    fn examples_are_as_the_commands_take_them() {
        let mut count = 0;
        let command = super::command();
        let inner = command
            .get_subcommands()
            .flat_map(clap::Command::get_subcommands);
        for sub in command.get_subcommands().chain(inner) {
            let text = sub.get_after_help().map(ToString::to_string);
            let text = text.unwrap_or_default().replace("run -q --", "run --");
            let examples = text
                .lines()
                .filter_map(|line| line.strip_prefix("  cargo run -- "));
            for example in examples {
                let call = example.split(['|', '>']).next().unwrap_or_default();
                let words = call.split_whitespace().map(|word| word.trim_matches('"'));
                let words = ["vsc"].into_iter().chain(words);
                let read = super::command().try_get_matches_from(words);
                assert!(read.is_ok(), "{example}: {}", read.expect_err("it failed"));
                count += 1;
            }
        }
        assert!(count >= 30, "only {count} examples are found");
    }
}
