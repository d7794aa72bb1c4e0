//! `completions`: shell completion scripts.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::Failure;
use crate::assembly::Synthesis;
use crate::cli::{Context, called};
use crate::commands;

/// The command and its arguments.
pub(crate) fn command() -> Command {
    Command::new("completions")
        .about("Print a shell completion script for this program")
        .long_about("Print a shell completion script for this program: its commands and options, and the stacks of a config crate that is called by its own name.")
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
        .after_help("Examples:\n  vsc completions bash > ~/.local/share/bash-completion/completions/vsc\n  vsc completions zsh > ~/.zfunc/_vsc\n  acme-ide completions fish > ~/.config/fish/completions/acme-ide.fish")
}

/// Prints the completion script. It includes the names of the stacks if a config crate calls.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut command = commands::command();
    if context.app.is_written() {
        let stacks = &context.app.assembly()?.stacks;
        let names: Vec<&str> = stacks.iter().map(Synthesis::name).collect();
        command = with_stacks(command, &names);
    }
    let name = matches.get_one::<String>("name").cloned();
    let name = name.unwrap_or_else(called::program_name);
    let mut text = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut command = command.bin_name(name.clone());
        clap_complete::generate(*shell, &mut command, name, &mut text);
    }
    context.terminal.print_data(&String::from_utf8_lossy(&text))
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
