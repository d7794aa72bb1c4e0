//! The program of a config crate: it synthesizes. Everything else is done by the program `vsc`, which
//! works on the assembly.

mod arguments;
mod entry;
pub(crate) mod failure;
mod hand_over;
mod help;
mod list;
mod output;
mod stacks;
pub(crate) mod synth;

use std::ffi::OsString;
use std::process::ExitCode;

pub use entry::Entry;

pub(crate) use stacks::{DeclaredStack, SynthesizedStack};

use arguments::{Arguments, Subcommand};
use output::Output;

use crate::assembly;

/// Runs the command that the arguments of the process select.
///
/// `synth` and `list` are done here. Any other command is handed over to the program `vsc`, which
/// receives the assembly of these stacks.
///
/// Exits with 0 on success, with 1 for an invalid declaration, with 2 for wrong usage; otherwise with the
/// code of `vsc`.
pub fn run(entries: &[Entry]) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let parsed = match Arguments::parse(&arguments) {
        Ok(parsed) => parsed,
        Err(failure) => return Output::default().failed(&failure, arguments::has_json(&arguments)),
    };
    let output = parsed.output;
    let (result, json) = match parsed.command {
        Subcommand::Help(topic) => (Output::print(help::text(topic)), false),
        Subcommand::Usage => {
            Output::error(help::text(help::Topic::Program));
            return ExitCode::from(2);
        }
        Subcommand::Version => {
            let version = concat!("vsc ", env!("CARGO_PKG_VERSION"), "\n");
            (Output::print(version), false)
        }
        Subcommand::Synth(options) => (synth::run(entries, &options, output), false),
        Subcommand::List(options) => (list::run(entries, &options), options.json),
        Subcommand::Assemble(folder) => (assembly::write(entries, &folder), false),
        Subcommand::HandOver => return hand_over::run(entries, &arguments, output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.failed(&failure, json),
    }
}
