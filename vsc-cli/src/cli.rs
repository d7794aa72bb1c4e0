//! The command line of a config crate.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc_core::team_ide::{self, Extend};
use vsc_core::template::Template;
use vsc_spec::team::{Declaration, TeamIde};

use crate::Declared;
use crate::commands::synth::{self, Format};
use crate::commands::{Failure, list, preview};

/// A declaration of the crate, and what adds to its stack.
///
/// `vsc::main!` makes one of each type it names. Teams that are known only when the program runs
/// have the same command line:
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use vsc::cli::{self, Entry};
/// use vsc::prelude::*;
///
/// fn main() -> ExitCode {
///     let names = ["alice", "bob"];
///     let team = names.iter().fold(TeamIde::builder(), |team, name| team.user(*name));
///     let team = team.stack_name("acme-ide").domain("code.x.com");
///     cli::run(&[Entry::new(team.declaration())])
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Entry {
    declaration: Cow<'static, Declaration>,
    extend: Extend,
}

impl Entry {
    /// What a type declares.
    pub const fn of<D: Declared>() -> Self {
        Self {
            declaration: Cow::Borrowed(D::DECLARATION),
            extend: D::EXTEND,
        }
    }

    /// What was built while the program runs.
    pub fn new(declaration: Declaration) -> Self {
        Self {
            declaration: Cow::Owned(declaration),
            extend: |_, _| {},
        }
    }

    /// The same with a function that adds to the stack.
    #[must_use]
    pub fn extend(self, extend: Extend) -> Self {
        Self { extend, ..self }
    }
}

/// A declared team, and what adds to its stack.
#[derive(Clone)]
struct Team {
    ide: TeamIde,
    extend: Extend,
}

/// Runs the command that the arguments of the process name.
///
/// Exits with 0, with 1 for an error in the input, and with 2 for wrong usage.
pub fn run(entries: &[Entry]) -> ExitCode {
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
    match dispatch(&matches, entries) {
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
                .args(stack_arguments())
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
                .args(stack_arguments())
                .arg(
                    Arg::new("long")
                        .long("long")
                        .short('l')
                        .action(ArgAction::SetTrue)
                        .help("Show the host, the domain and the number of users of each"),
                ),
        )
        .subcommand(
            Command::new("preview")
                .about("Boot a stack's host on this machine, with Docker")
                .long_about("Boot a stack's host on this machine: the same files, in containers.\n\nPrints a URL and a password for everybody, and takes everything down when it is interrupted.")
                .args(stack_arguments())
                .arg(
                    Arg::new("port")
                        .long("port")
                        .short('p')
                        .value_name("PORT")
                        .value_parser(value_parser!(u16).range(1..))
                        .default_value("8443")
                        .help("The port of the workspaces on this machine"),
                )
                .arg(
                    Arg::new("dashboard-port")
                        .long("dashboard-port")
                        .value_name("PORT")
                        .value_parser(value_parser!(u16).range(1..))
                        .help("The port of the dashboard on this machine [default: as declared]"),
                )
                .arg(
                    Arg::new("images")
                        .long("images")
                        .value_name("WORKSPACE,PROXY")
                        .value_delimiter(',')
                        .num_args(1..=2)
                        .help("Local images to take instead of the declared ones"),
                ),
        )
        .after_help("Examples:\n  cargo run -- synth\n  cargo run -- synth --output templates\n  cargo run -- list --long\n  cargo run -- preview")
}

fn stack_arguments() -> [Arg; 2] {
    [
        Arg::new("stack")
            .value_name("STACK")
            .action(ArgAction::Append)
            .help("The stacks to select by name; `*` stands for any letters [default: all]"),
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .conflicts_with("stack")
            .help("Select all stacks"),
    ]
}

fn dispatch(matches: &ArgMatches, entries: &[Entry]) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    if name == "preview" {
        return self::preview(matches, entries);
    }
    let declared: Vec<_> = entries
        .iter()
        .map(|entry| (entry.declaration.as_ref(), entry.extend))
        .collect();
    let teams = select(&checked(&declared)?, matches)?;
    match name {
        "list" => {
            let ides: Vec<TeamIde> = teams.into_iter().map(|team| team.ide).collect();
            list::run(&ides, matches.get_flag("long"))
        }
        _ => {
            let templates = teams
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

fn preview(matches: &ArgMatches, entries: &[Entry]) -> Result<(), Failure> {
    let local: Vec<_> = entries
        .iter()
        .map(|entry| preview::without_aws(&entry.declaration))
        .collect();
    let extends = entries.iter().map(|entry| entry.extend);
    let declared: Vec<_> = local.iter().zip(extends).collect();
    let teams = select(&checked(&declared)?, matches)?;
    let [team] = teams.as_slice() else {
        let names = teams.iter().map(|team| team.ide.name());
        return Err(Failure::Usage(format!(
            "there are several stacks: {}\n= help: name the one to preview",
            vsc_spec::suggest::list(names)
        )));
    };
    let stack = Stacked::synthesize(team)?;
    let options = preview::Options {
        port: matches.get_one("port").copied().unwrap_or(8_443),
        dashboard_port: matches.get_one("dashboard-port").copied(),
        images: matches
            .get_many::<String>("images")
            .map(|images| images.cloned().collect())
            .unwrap_or_default(),
    };
    preview::run(&team.ide, &stack.template, &options)
}

/// A synthesized stack.
pub(crate) struct Stacked {
    pub(crate) name: String,
    pub(crate) template: Template,
}

impl Stacked {
    fn synthesize(team: &Team) -> Result<Self, Failure> {
        let template = team_ide::extended(&team.ide, team.extend).finish()?;
        Ok(Self {
            name: team.ide.stack_name().as_str().to_owned(),
            template,
        })
    }
}

/// The declarations, judged. The macro judged them already; what it could not see is judged here.
fn checked(declared: &[(&Declaration, Extend)]) -> Result<Vec<Team>, Failure> {
    let mut teams: Vec<Team> = Vec::new();
    for (declaration, extend) in declared {
        let ide = declaration.check().map_err(|refusals| {
            let findings = refusals
                .into_iter()
                .map(|refusal| refusal.finding)
                .collect();
            Failure::Refused(declaration.type_name.to_string(), findings)
        })?;
        if teams
            .iter()
            .any(|other| other.ide.stack_name() == ide.stack_name())
        {
            let name = ide.stack_name().as_str();
            return Err(Failure::Input(format!(
                "two declarations make the stack `{name}`\n= help: give one of them another `stack_name`"
            )));
        }
        let extend = *extend;
        teams.push(Team { ide, extend });
    }
    Ok(teams)
}

fn select(teams: &[Team], matches: &ArgMatches) -> Result<Vec<Team>, Failure> {
    let Some(patterns) = matches.get_many::<String>("stack") else {
        return Ok(teams.to_vec());
    };
    let name = |team: &Team| team.ide.stack_name().as_str().to_owned();
    let names: Vec<String> = teams.iter().map(name).collect();
    let patterns: Vec<&String> = patterns.collect();
    for pattern in &patterns {
        if !names
            .iter()
            .any(|name| glob(pattern.as_bytes(), name.as_bytes()))
        {
            let known = || names.iter().map(String::as_str);
            let help = vsc_spec::suggest::did_you_mean(pattern, known());
            let help =
                help.unwrap_or_else(|| format!("there is {}", vsc_spec::suggest::list(known())));
            return Err(Failure::Usage(format!(
                "no stack is called `{pattern}`\n= help: {help}"
            )));
        }
    }
    let selected = teams.iter().zip(&names).filter(|(_, name)| {
        let mut patterns = patterns.iter();
        patterns.any(|pattern| glob(pattern.as_bytes(), name.as_bytes()))
    });
    Ok(selected.map(|(team, _)| team.clone()).collect())
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
