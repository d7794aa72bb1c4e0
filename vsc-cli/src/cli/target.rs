//! The stack that a command works on: one of the app, or that of a template in a file.

use std::path::Path;

use clap::{Arg, ArgMatches, ValueHint};
use vsc_spec::team::StackName;
use vsc_spec::visible::one_line;

use super::context::{is_file, stack_of_file};
use super::{Context, stacks};
use crate::Failure;
use crate::assembly::Stack;
use crate::failure::Hint;

/// `--stack`, for the commands that accept a template in a file.
pub(crate) fn name() -> Arg {
    Arg::new("stack-name")
        .long("stack")
        .value_name("NAME")
        .requires("stack")
        .help("Use this stack name for a template in a file")
}

/// The positional argument that accepts a template in a file as well.
pub(crate) fn or_file(argument: Arg, help: &'static str) -> Arg {
    argument
        .value_name("STACK|FILE")
        .value_hint(ValueHint::AnyPath)
        .help(help)
}

/// The selected stacks, or that of a template in a file, which `--stack` names.
///
/// # Errors
///
/// When a file has no name of a stack, `--stack` is given without a file, or a stack is unknown.
pub(crate) fn selected_or_file(
    context: &Context<'_>,
    matches: &ArgMatches,
    command: &str,
) -> Result<Vec<Stack>, Failure> {
    let given = stacks::patterns(matches);
    let name = matches.get_one::<String>("stack-name");
    let file = given.iter().find(|argument| is_file(argument));
    match (given.as_slice(), file, name) {
        ([_], Some(file), Some(name)) => Ok(vec![named(Path::new(file), name)?]),
        ([_], Some(file), None) => Err(Failure::usage(format!(
            "{}: a template in a file has no stack name",
            one_line(file)
        ))
        .hint(Hint::run(
            "pass one:",
            &[command, &one_line(file), "--stack", &suggested(file)],
        ))),
        (_, Some(file), _) => Err(Failure::usage(format!(
            "{}: {command} accepts one template in a file, and nothing beside it",
            one_line(file)
        ))
        .hint("run the command once for each file")),
        (_, None, Some(name)) => Err(Failure::usage(format!(
            "`--stack {}` names the stack of a template in a file, and no file is given",
            one_line(name)
        ))
        .hint(Hint::run(
            "pass the template:",
            &[command, "FILE", "--stack", &one_line(name)],
        ))),
        (_, None, None) if !context.app.exists() => {
            Err(Failure::usage("there is no config crate here")
                .hint(Hint::run(
                    "pass a template and the name of its stack:",
                    &[command, "FILE", "--stack", "NAME"],
                ))
                .hint("run it in the folder of a config crate, or pass one: `--app DIR`"))
        }
        (_, None, None) => context.selected(matches),
    }
}

/// The stack of a template in a file, with this name.
fn named(file: &Path, name: &str) -> Result<Stack, Failure> {
    let name = StackName::new(name.to_owned()).map_err(|mut diagnostic| {
        diagnostic.message = format!("--stack: {}", diagnostic.message);
        Failure::of_argument(diagnostic)
    })?;
    Ok(Stack {
        name: name.as_str().to_owned(),
        file: Some(file.to_owned()),
        ..stack_of_file(file)?
    })
}

/// A valid stack name from the name of a file.
fn suggested(file: &str) -> String {
    let stem = Path::new(file)
        .file_name()
        .map(|name| name.to_string_lossy());
    let stem = stem.as_deref().and_then(|name| name.split('.').next());
    let stem = stem.unwrap_or_default();
    match StackName::new(stem.to_owned()) {
        Ok(name) => name.as_str().to_owned(),
        Err(_) => "NAME".to_owned(),
    }
}

#[cfg(test)]
mod tests;
