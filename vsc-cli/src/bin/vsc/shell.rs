//! `completions` and `man` for this program.

use clap::{ArgMatches, Command};
use vsc::__tool::terminal::Terminal;
use vsc::__tool::{Failure, completions, man};

pub(crate) fn completions_command() -> Command {
    completions::command()
        .long_about("Print a shell completion script for this program: its commands and options.")
        .after_help("Examples:\n  vsc completions bash > ~/.local/share/bash-completion/completions/vsc\n  vsc completions zsh > ~/.zfunc/_vsc\n  vsc completions fish > ~/.config/fish/completions/vsc.fish")
}

pub(crate) fn completions(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    completions::print(terminal, super::command(), matches)
}

pub(crate) fn man_command() -> Command {
    man::command().after_help(
        "Examples:\n  vsc man check | man -l -\n  vsc man --output ~/.local/share/man/man1",
    )
}

pub(crate) fn man(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    man::print(terminal, super::command(), matches)
}
