//! The command line of a config crate.

pub(crate) mod aws;
#[doc(hidden)]
pub mod call;
mod context;
mod entry;
#[doc(hidden)]
pub mod global;
pub(crate) mod interruption;
pub(crate) mod program;
pub(crate) mod stacks;

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::Failure;
use crate::commands::COMMANDS;
use crate::terminal;
use call::Ending;

pub(crate) use context::Context;
pub use entry::Entry;

/// A command: its arguments and its function.
pub(crate) struct Subcommand {
    pub(crate) command: fn() -> Command,
    pub(crate) run: fn(&Context<'_>, &ArgMatches) -> Result<(), Failure>,
    pub(crate) effect: Effect,
}

/// The effect of a command on stacks on AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// None: without a name it selects all stacks.
    ReadOnly,
    /// It changes them: the user selects which, since one may be production.
    Changes,
}

/// Runs the command that the arguments of the process select.
///
/// Exits with 0 on success; with 1 for an invalid input, a failed operation, an error of `check` and a
/// difference of `--exit-code`; with 2 for wrong usage, and with `--exit-code` for every other
/// failure; with 130 when it is interrupted.
pub fn run(entries: &[Entry]) -> ExitCode {
    let command = program::called_as(command(), &program::called());
    let matches = match call::matches(command, of_the_tool) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    terminal::call_program(program::called());
    let context = Context {
        entries,
        terminal: global::apply(&matches),
    };
    let ending = matches.subcommand();
    let ending = ending.map(|(name, matches)| Ending::of(name, matches));
    ending
        .unwrap_or_default()
        .code(dispatch(&context, &matches))
}

/// The error for a command that only the program `vsc` has.
fn of_the_tool(name: &str) -> Option<String> {
    ["new", "convert"].contains(&name).then(|| {
        format!(
            "`{name}` is a command of the program `vsc`\n\
             = help: run `vsc {name}`; docs/cli.md says how to install it"
        )
    })
}

/// Whether the command line of a config crate has a command of this name.
#[doc(hidden)]
pub fn is_command(name: &str) -> bool {
    command().find_subcommand(name).is_some()
}

/// The whole command line.
pub(crate) fn command() -> Command {
    Command::new("vsc")
        .about("A team IDE as code: VS Code in the browser for a team, on its own AWS account")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global::arguments())
        .subcommands(COMMANDS.iter().map(|command| (command.command)()))
        .after_help("Examples:\n  cargo run -- synth\n  cargo run -- synth --output templates\n  cargo run -- list --long\n  cargo run -- preview")
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
            // Without the feature, the command says which feature to add, whatever is selected.
            if command.effect == Effect::Changes && cfg!(feature = "deploy") {
                stacks::must_be_named(&context.selected(matches)?, name, matches)?;
            }
            #[cfg(feature = "deploy")]
            if matches.try_contains_id("region").is_ok() {
                crate::aws::without_empty_variables()?;
            }
            (command.run)(context, matches)
        }
        None => Err(Failure::Usage(format!("unknown command `{name}`"))),
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
