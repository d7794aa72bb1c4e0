//! The command line of a config crate.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc_core::team_ide;
use vsc_core::template::Template;
use vsc_spec::team::{Declaration, TeamIde};

use crate::commands::synth::{self, Format};
use crate::commands::{Failure, list};

/// A declaration of the crate, by the function that gives it.
pub type Declare = fn() -> Declaration;

/// Runs the command that the arguments of the process name.
///
/// Exits with 0, with 1 for an error in the input, and with 2 for wrong usage.
pub fn run(declarations: &[Declare]) -> ExitCode {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version come this way as well; only they end well.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match dispatch(&matches, declarations) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}

fn command() -> Command {
    Command::new("vsc")
        .bin_name("cargo run --")
        .about("A team IDE as code: VS Code in the browser for a team, on its own AWS account")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("synth")
                .visible_alias("synthesize")
                .about("Print the CloudFormation template of a stack")
                .arg(stack_argument())
                .arg(
                    Arg::new("format")
                        .long("format")
                        .short('f')
                        .value_name("FORMAT")
                        .value_parser(value_parser!(Format))
                        .default_value("yaml")
                        .help("The notation of the template"),
                )
                .arg(
                    Arg::new("output")
                        .long("output")
                        .short('o')
                        .value_name("DIR")
                        .value_parser(value_parser!(std::path::PathBuf))
                        .value_hint(ValueHint::DirPath)
                        .help("Write STACK.template.yaml into this folder instead of printing it"),
                ),
        )
        .subcommand(
            Command::new("list")
                .visible_alias("ls")
                .about("List the stacks of this crate")
                .arg(stack_argument())
                .arg(
                    Arg::new("long")
                        .long("long")
                        .short('l')
                        .action(ArgAction::SetTrue)
                        .help("Show the host, the domain and the number of users of each"),
                ),
        )
        .after_help("Examples:\n  cargo run -- synth\n  cargo run -- synth --output templates\n  cargo run -- list --long")
}

fn stack_argument() -> Arg {
    Arg::new("stack")
        .value_name("STACK")
        .action(ArgAction::Append)
        .help("The stacks to select by name; `*` stands for any letters [default: all]")
}

fn dispatch(matches: &ArgMatches, declarations: &[Declare]) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let ides = select(&checked(declarations)?, matches)?;
    match name {
        "list" => list::run(&ides, matches.get_flag("long")),
        _ => {
            let templates = ides
                .iter()
                .map(Stacked::synthesize)
                .collect::<Result<Vec<_>, _>>()?;
            let format = matches
                .get_one::<Format>("format")
                .copied()
                .unwrap_or_default();
            let output = matches.get_one::<std::path::PathBuf>("output");
            synth::run(&templates, format, output.map(std::path::PathBuf::as_path))
        }
    }
}

/// A synthesized stack.
pub(crate) struct Stacked {
    pub(crate) name: String,
    pub(crate) template: Template,
}

impl Stacked {
    fn synthesize(ide: &TeamIde) -> Result<Self, Failure> {
        let template = team_ide::synthesize(ide)?;
        Ok(Self {
            name: ide.stack_name().as_str().to_owned(),
            template,
        })
    }
}

/// The declarations, judged. The macro judged them already; what it could not see is judged here.
fn checked(declarations: &[Declare]) -> Result<Vec<TeamIde>, Failure> {
    let mut ides: Vec<TeamIde> = Vec::new();
    for declare in declarations {
        let declaration = declare();
        let ide = declaration.check().map_err(|refusals| {
            let findings = refusals
                .into_iter()
                .map(|refusal| refusal.finding)
                .collect();
            Failure::Refused(declaration.type_name.clone(), findings)
        })?;
        if ides
            .iter()
            .any(|other| other.stack_name() == ide.stack_name())
        {
            let name = ide.stack_name().as_str();
            return Err(Failure::Input(format!(
                "two declarations make the stack `{name}`\n= help: give one of them another `stack_name`"
            )));
        }
        ides.push(ide);
    }
    Ok(ides)
}

fn select(ides: &[TeamIde], matches: &ArgMatches) -> Result<Vec<TeamIde>, Failure> {
    let Some(patterns) = matches.get_many::<String>("stack") else {
        return Ok(ides.to_vec());
    };
    let mut selected: Vec<TeamIde> = Vec::new();
    for pattern in patterns {
        let before = selected.len();
        for ide in ides {
            let name = ide.stack_name().as_str();
            let new = !selected
                .iter()
                .any(|other| other.stack_name() == ide.stack_name());
            if glob(pattern.as_bytes(), name.as_bytes()) && new {
                selected.push(ide.clone());
            }
        }
        let known = || ides.iter().map(|ide| ide.stack_name().as_str());
        if selected.len() == before
            && !known().any(|name| glob(pattern.as_bytes(), name.as_bytes()))
        {
            let help = vsc_spec::suggest::did_you_mean(pattern, known());
            let help =
                help.unwrap_or_else(|| format!("there is {}", vsc_spec::suggest::list(known())));
            return Err(Failure::Usage(format!(
                "no stack is called `{pattern}`\n= help: {help}"
            )));
        }
    }
    Ok(selected)
}

/// Whether the name fits the pattern, in which `*` stands for any letters.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|skipped| glob(rest, &name[skipped..])),
        Some((letter, rest)) => name
            .split_first()
            .is_some_and(|(first, name)| first == letter && glob(rest, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        assert!(glob(b"acme-*", b"acme-ide"));
        assert!(glob(b"*", b""));
        assert!(!glob(b"acme", b"acme-ide"));
        assert!(!glob(b"*-ide", b"acme"));
    }
}
