//! `vsc`: commands that need no config crate.

mod check;
mod convert;
mod files;
mod new;
mod scaffold;
mod shell;

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use vsc::__tool::terminal::Terminal;
use vsc::__tool::{Failure, call, called_as, global, is_command, schema};

/// A command: its arguments and its function.
struct Subcommand {
    command: fn() -> Command,
    run: fn(Terminal, &ArgMatches) -> Result<(), Failure>,
}

/// All commands, in the order of the help.
const COMMANDS: &[Subcommand] = &[
    Subcommand {
        command: new::command,
        run: new::run,
    },
    Subcommand {
        command: check::command,
        run: check::run,
    },
    Subcommand {
        command: convert::command,
        run: convert::run,
    },
    Subcommand {
        command: schema::command,
        run: schema::print,
    },
    Subcommand {
        command: shell::completions_command,
        run: shell::completions,
    },
    Subcommand {
        command: shell::man_command,
        run: shell::man,
    },
];

fn main() -> ExitCode {
    let matches = match call::matches(command(), of_a_config_crate) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let ending = matches.subcommand();
    let ending = ending.map(|(name, matches)| call::Ending::of(name, matches));
    let result = dispatch(global::apply(&matches), &matches);
    ending.unwrap_or_default().code(result)
}

/// The error for a command that only config crates have.
fn of_a_config_crate(name: &str) -> Option<String> {
    is_command(name).then(|| {
        format!(
            "`{name}` is a command of a config crate, not of `vsc`\n\
             = help: run `cargo run -- {name}` in the folder of the crate\n\
             = help: run `vsc new NAME` to create a config crate"
        )
    })
}

fn command() -> Command {
    // The help of commands that both programs have shows how config crates call them.
    let command = Command::new("vsc")
        .about("Infrastructure as code in Rust: CloudFormation templates, checked while you write")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global::arguments())
        .subcommands(COMMANDS.iter().map(|command| (command.command)()));
    called_as(command, "vsc")
}

fn dispatch(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let named = COMMANDS
        .iter()
        .find(|command| (command.command)().get_name() == name);
    match named {
        Some(command) => (command.run)(terminal, matches),
        None => Err(Failure::Usage(format!("unknown command `{name}`"))),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_commands_are_consistent() {
        super::command().debug_assert();
    }
}
