//! `completions`: shell completion scripts.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::Failure;
use crate::cli::stacks::{self, DeclaredStack};
use crate::cli::{self, Context, program};
use crate::terminal::Terminal;

/// The command and its arguments.
pub fn command() -> Command {
    Command::new("completions")
        .about("Print a shell completion script for this program")
        .long_about("Print a shell completion script for this program: its commands, options and stacks.\n\nShells complete a program by its name, not the arguments of `cargo run --`: install the crate (`cargo install --path .`), or add target/debug to PATH.")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("Shell to print the script for"),
        )
        .arg(
            Arg::new("name")
                .long("name")
                .value_name("NAME")
                .help("Set the name of the program [default: the name of this program]"),
        )
        .after_help("Examples:\n  acme-ide completions bash > ~/.local/share/bash-completion/completions/acme-ide\n  acme-ide completions zsh > ~/.zfunc/_acme-ide\n  acme-ide completions fish > ~/.config/fish/completions/acme-ide.fish")
}

/// Prints the completion script, which includes the names of the stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = stacks::declared(context.entries, |_| None)?;
    let names: Vec<&str> = stacks.iter().map(DeclaredStack::name).collect();
    print(
        context.terminal,
        with_stacks(cli::command(), &names),
        matches,
    )
}

/// Prints the completion script of a command line.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn print(terminal: Terminal, command: Command, matches: &ArgMatches) -> Result<(), Failure> {
    let name = matches.get_one::<String>("name").cloned();
    let name = name
        .or_else(program::file_name)
        .unwrap_or_else(|| "vsc".to_owned());
    let mut text = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut command = command.bin_name(name.clone());
        clap_complete::generate(*shell, &mut command, name, &mut text);
    }
    terminal.print_data(&String::from_utf8_lossy(&text))
}

/// The command line with these names as the possible values of stack arguments.
fn with_stacks(command: Command, names: &[&str]) -> Command {
    let takes = |command: &Command| command.get_arguments().any(|arg| arg.get_id() == "stack");
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    command.mut_subcommands(|sub| {
        if takes(&sub) {
            let names = names.clone();
            sub.mut_arg("stack", |arg| {
                arg.value_parser(PossibleValuesParser::new(names))
            })
        } else {
            sub
        }
    })
}
