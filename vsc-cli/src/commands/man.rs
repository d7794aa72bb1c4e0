//! `man`: prints manual pages.

use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_mangen::Man;

use crate::Failure;
use crate::cli::{Context, called};
use crate::commands;
use crate::text::shown;

/// The command and its arguments.
pub(crate) fn command() -> Command {
    Command::new("man")
        .about("Print the manual page, or write the pages of all commands")
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .help("Print the page of this command [default: of the program]"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("DIR")
                .conflicts_with("command")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Write the pages of all commands to this folder"),
        )
        .after_help("Examples:\n  cargo run -- man synth | man -l -\n  cargo run -- man --output ~/.local/share/man/man1")
}

/// Prints a page, or writes all of them.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let terminal = context.terminal;
    let name = called::program_name();
    let command = commands::command().name(name.clone());
    let command = command.disable_help_subcommand(true);
    let mut command = called::called_as(command, &name);
    command.build();
    let command = command;
    if let Some(folder) = matches.get_one::<PathBuf>("output") {
        let failed = |error| Failure::input(format!("{}: {error}", shown(folder)));
        fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
        terminal.note(&format!("wrote the pages to {}", shown(folder)));
        return Ok(());
    }
    let page = match matches.get_one::<String>("command") {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(sub) => sub.clone(),
            None => {
                let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
                let help = vsc_spec::suggest::did_you_mean(name, known.iter().copied());
                let help = help
                    .unwrap_or_else(|| format!("pass one of {}", vsc_spec::suggest::list(known)));
                return Err(Failure::usage(format!("unknown command `{name}`")).hint(help));
            }
        },
    };
    let mut text = Vec::new();
    Man::new(page)
        .render(&mut text)
        .map_err(|error| Failure::input(format!("the page: {error}")))?;
    terminal.print_data(&String::from_utf8_lossy(&text))
}
