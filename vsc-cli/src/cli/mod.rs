//! The command line.

pub(crate) mod aws;
pub(crate) mod call;
pub(crate) mod called;
pub(crate) mod concurrency;
mod context;
pub(crate) mod global;
pub(crate) mod interruption;
pub(crate) mod stacks;
pub(crate) mod target;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::Failure;
use crate::app::App;
use crate::commands::COMMANDS;
use call::Ending;

#[cfg(feature = "aws")]
pub(crate) use context::target_of;
pub(crate) use context::{Context, is_file, stack_of_file, template};

/// A command: its arguments and its function.
pub(crate) struct Subcommand {
    pub(crate) command: fn() -> Command,
    pub(crate) run: fn(&Context<'_>, &ArgMatches) -> Result<(), Failure>,
}

/// Runs the command that the arguments of the process select.
///
/// Exits with 0 on success; with 1 for an invalid input, a failed operation, an error of `check` and a
/// difference of `--exit-code`; with 2 for wrong usage, and with `--exit-code` for every other
/// failure; with 130 when it is interrupted.
pub(crate) fn run() -> ExitCode {
    let command = called::called_as(command(), &called::called());
    let matches = match call::matches(command) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let terminal = global::terminal(&matches);
    let ending = matches.subcommand();
    let ending = ending.map(|(name, matches)| Ending::of(name, matches));
    let app = matches.get_one::<PathBuf>("app");
    let result = App::find(app.map(PathBuf::as_path)).and_then(|app| {
        dispatch(
            &Context {
                app: &app,
                terminal: &terminal,
            },
            &matches,
        )
    });
    ending.unwrap_or_default().code(&terminal, result)
}

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
