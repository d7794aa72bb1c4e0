//! The arguments of the program of a config crate.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use lexopt::{Arg, Parser};
use vsc_spec::Diagnostic;
use vsc_spec::suggest;
use vsc_spec::visible::one_line;

use super::failure::Failure;
use super::help::Topic;
use super::list;
use super::output::{Color, Output};
use super::stacks::Selection;
use super::synth;

/// The parsed arguments.
#[derive(Clone, Debug)]
pub(super) struct Arguments {
    pub(super) output: Output,
    pub(super) command: Subcommand,
}

/// What to do.
#[derive(Clone, Debug)]
pub(super) enum Subcommand {
    /// Print a help text, as asked.
    Help(Topic),
    /// Print the help: there were no arguments.
    Usage,
    /// Print the version.
    Version,
    Synth(synth::Options),
    List(list::Options),
    /// Write the assembly to this folder, for the program `vsc`.
    Assemble(PathBuf),
    /// Any other command.
    HandOver,
}

/// The commands that are done here, and their other names.
const SYNTH: [&str; 2] = ["synth", "synthesize"];
const LIST: [&str; 2] = ["list", "ls"];

/// The command by which the program `vsc` asks for the assembly. It is documented in docs/assembly.md.
pub(super) const ASSEMBLE: &str = "assemble";

/// Whether `--json` is among the arguments.
pub(super) fn has_json(arguments: &[OsString]) -> bool {
    arguments.iter().any(|argument| argument == "--json")
}

impl Arguments {
    /// Parses the arguments behind the program's name.
    ///
    /// # Errors
    ///
    /// When they are wrong for a command that is done here.
    pub(super) fn parse(arguments: &[OsString]) -> Result<Self, Failure> {
        let mut parser = Parser::from_args(arguments);
        let mut output = Output::default();
        if arguments.is_empty() {
            let command = Subcommand::Usage;
            return Ok(Self { output, command });
        }
        while let Some(argument) = parser.next().map_err(|error| wrong(&error))? {
            let command = match argument {
                Arg::Short('h') | Arg::Long("help") => Subcommand::Help(Topic::Program),
                Arg::Short('V') | Arg::Long("version") => Subcommand::Version,
                Arg::Value(name) if is(&name, &SYNTH) => synth_options(&mut parser, &mut output)?,
                Arg::Value(name) if is(&name, &LIST) => list_options(&mut parser, &mut output)?,
                Arg::Value(name) if name == ASSEMBLE => assemble_options(&mut parser)?,
                Arg::Value(name) if name == "help" => help(&mut parser)?,
                Arg::Value(_) => Subcommand::HandOver,
                other => {
                    let flag = Flag::from(other);
                    if global(&mut parser, &flag, &mut output)? {
                        continue;
                    }
                    // An option of `vsc` alone, such as `--app`.
                    Subcommand::HandOver
                }
            };
            return Ok(Self { output, command });
        }
        // Options without a command: `vsc` says what is missing.
        let command = Subcommand::HandOver;
        Ok(Self { output, command })
    }
}

/// An option, independent of the parser.
enum Flag {
    Short(char),
    Long(String),
    Value(OsString),
}

impl From<Arg<'_>> for Flag {
    fn from(argument: Arg<'_>) -> Self {
        match argument {
            Arg::Short(letter) => Self::Short(letter),
            Arg::Long(name) => Self::Long(name.to_owned()),
            Arg::Value(value) => Self::Value(value),
        }
    }
}

fn is(name: &OsStr, names: &[&str]) -> bool {
    names.iter().any(|known| name == *known)
}

/// Parses an option that every command has; false if it is none of these.
fn global(parser: &mut Parser, flag: &Flag, output: &mut Output) -> Result<bool, Failure> {
    match flag {
        Flag::Short('q') => output.is_quiet = true,
        Flag::Long(name) if name == "quiet" => output.is_quiet = true,
        // There are no details.
        Flag::Short('v') => {}
        Flag::Long(name) if name == "verbose" => {}
        Flag::Long(name) if name == "color" => {
            output.color = one_of(
                parser,
                "--color <WHEN>",
                &[
                    ("auto", Color::Auto),
                    ("always", Color::Always),
                    ("never", Color::Never),
                ],
            )?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn synth_options(parser: &mut Parser, output: &mut Output) -> Result<Subcommand, Failure> {
    let mut options = synth::Options::default();
    while let Some(argument) = parser.next().map_err(|error| wrong(&error))? {
        match Flag::from(argument) {
            Flag::Short('h') => return Ok(Subcommand::Help(Topic::Synth)),
            Flag::Long(name) if name == "help" => return Ok(Subcommand::Help(Topic::Synth)),
            Flag::Short('f') => options.format = format(parser)?,
            Flag::Long(name) if name == "format" => options.format = format(parser)?,
            Flag::Short('o') => options.output = Some(folder(parser)?),
            Flag::Long(name) if name == "output" => options.output = Some(folder(parser)?),
            flag => select(parser, &flag, &mut options.selection, output, SYNTH[0])?,
        }
    }
    options.selection.check()?;
    Ok(Subcommand::Synth(options))
}

fn list_options(parser: &mut Parser, output: &mut Output) -> Result<Subcommand, Failure> {
    let mut options = list::Options::default();
    while let Some(argument) = parser.next().map_err(|error| wrong(&error))? {
        match Flag::from(argument) {
            Flag::Short('h') => return Ok(Subcommand::Help(Topic::List)),
            Flag::Long(name) if name == "help" => return Ok(Subcommand::Help(Topic::List)),
            Flag::Short('l') => options.long = true,
            Flag::Long(name) if name == "long" => options.long = true,
            Flag::Long(name) if name == "json" => options.json = true,
            flag => select(parser, &flag, &mut options.selection, output, LIST[0])?,
        }
    }
    options.selection.check()?;
    Ok(Subcommand::List(options))
}

fn assemble_options(parser: &mut Parser) -> Result<Subcommand, Failure> {
    let mut output = None;
    while let Some(argument) = parser.next().map_err(|error| wrong(&error))? {
        match Flag::from(argument) {
            Flag::Long(name) if name == "output" => output = Some(folder(parser)?),
            flag => return Err(unexpected(&flag, ASSEMBLE)),
        }
    }
    output
        .map(Subcommand::Assemble)
        .ok_or_else(|| usage("`assemble` needs a folder", "run `assemble --output DIR`"))
}

/// `help`, and `help COMMAND`.
fn help(parser: &mut Parser) -> Result<Subcommand, Failure> {
    let topic = parser.next().map_err(|error| wrong(&error))?;
    Ok(match topic {
        None => Subcommand::Help(Topic::Program),
        Some(Arg::Value(name)) if is(&name, &SYNTH) => Subcommand::Help(Topic::Synth),
        Some(Arg::Value(name)) if is(&name, &LIST) => Subcommand::Help(Topic::List),
        Some(_) => Subcommand::HandOver,
    })
}

/// A stack, `--all`, or an option that every command has.
fn select(
    parser: &mut Parser,
    flag: &Flag,
    selection: &mut Selection,
    output: &mut Output,
    command: &str,
) -> Result<(), Failure> {
    match flag {
        Flag::Value(name) => selection.patterns.push(name.to_string_lossy().into_owned()),
        Flag::Long(name) if name == "all" => selection.all = true,
        flag if global(parser, flag, output)? => {}
        flag => return Err(unexpected(flag, command)),
    }
    Ok(())
}

fn format(parser: &mut Parser) -> Result<synth::Format, Failure> {
    one_of(
        parser,
        "--format <FORMAT>",
        &[("yaml", synth::Format::Yaml), ("json", synth::Format::Json)],
    )
}

fn folder(parser: &mut Parser) -> Result<PathBuf, Failure> {
    let value = parser.value().map_err(|error| wrong(&error))?;
    Ok(PathBuf::from(value))
}

/// The value of an option that has few.
fn one_of<T: Copy>(parser: &mut Parser, option: &str, values: &[(&str, T)]) -> Result<T, Failure> {
    let given = parser.value().map_err(|error| wrong(&error))?;
    let given = given.to_string_lossy();
    let found = values.iter().find(|(name, _)| *name == given);
    let names = || values.iter().map(|(name, _)| *name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        usage(
            &format!("invalid value '{}' for '{option}'", one_line(&given)),
            &suggest::did_you_mean(&given, names())
                .unwrap_or_else(|| format!("the values are {}", suggest::list(names()))),
        )
    })
}

fn unexpected(flag: &Flag, command: &str) -> Failure {
    let shown = match flag {
        Flag::Short(letter) => format!("-{letter}"),
        Flag::Long(name) => format!("--{name}"),
        Flag::Value(value) => value.to_string_lossy().into_owned(),
    };
    usage(
        &format!("unexpected argument '{}'", one_line(&shown)),
        &format!("run `{command} --help` for the options of {command}"),
    )
}

fn wrong(error: &lexopt::Error) -> Failure {
    usage(&error.to_string(), "run with `--help` for the options")
}

fn usage(message: &str, help: &str) -> Failure {
    Failure::Usage(Diagnostic::new(message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Arguments, Failure> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        Arguments::parse(&arguments)
    }

    #[test]
    fn options_are_valid_before_and_after_the_command() {
        for arguments in [
            &["-q", "synth", "a", "-f", "json"][..],
            &["synth", "--quiet", "a", "--format=json"],
            &["synthesize", "-qfjson", "a"],
        ] {
            let parsed = parsed(arguments).expect("they are right");
            assert!(parsed.output.is_quiet, "{arguments:?}");
            let Subcommand::Synth(options) = parsed.command else {
                panic!("{arguments:?}");
            };
            assert_eq!(options.format, synth::Format::Json);
            assert_eq!(options.selection.patterns, ["a"]);
        }
    }

    #[test]
    fn other_commands_are_handed_over_whatever_their_arguments() {
        for arguments in [
            &["deploy", "--yes", "--no-such"][..],
            &["-v", "diff", "--revision", "HEAD"],
            &["--app", "x", "diff"],
            &["help", "deploy"],
            &["sinth"],
            &["-q"],
        ] {
            let parsed = parsed(arguments).expect("they are not read");
            let is_handed_over = matches!(parsed.command, Subcommand::HandOver);
            assert!(is_handed_over, "{arguments:?}");
        }
    }

    #[test]
    fn wrong_arguments_are_wrong_usage() {
        for (arguments, message) in [
            (
                &["synth", "--no-such"][..],
                "unexpected argument '--no-such'",
            ),
            (
                &["synth", "-f", "yml"],
                "invalid value 'yml' for '--format <FORMAT>'",
            ),
            (
                &["synth", "--output"],
                "missing argument for option '--output'",
            ),
            (
                &["synth", "--all", "a"],
                "`--all` selects all stacks, and `a` one of them",
            ),
            (
                &["list", "--color", "red"],
                "invalid value 'red' for '--color <WHEN>'",
            ),
            (&["assemble"], "`assemble` needs a folder"),
        ] {
            match parsed(arguments) {
                Err(Failure::Usage(diagnostic)) => assert_eq!(diagnostic.message, message),
                other => panic!("{arguments:?}: {other:?}"),
            }
        }
    }
}
