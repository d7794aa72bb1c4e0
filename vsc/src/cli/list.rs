//! `list`: lists the stacks of the crate.

use std::fmt::Write as _;

use vsc_core::template::write_ascii_json;
use vsc_spec::team::Domain;
use vsc_spec::{Json, Object};

use super::entry::Entry;
use super::failure::Failure;
use super::output::Output;
use super::stacks::{Selection, SynthesizedStack};

/// The options of the command.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) selection: Selection,
    pub(super) long: bool,
    pub(super) json: bool,
}

/// Prints a line for each stack: its name, and with `--long` its contents.
pub(super) fn run(entries: &[Entry], options: &Options) -> Result<(), Failure> {
    if !options.long && !options.json {
        let stacks = options.selection.of(entries)?;
        let names = stacks.iter().map(|stack| stack.name.as_str());
        return Output::print(&names.flat_map(|name| [name, "\n"]).collect::<String>());
    }
    let stacks = options.selection.synthesize(entries)?;
    if options.json {
        let described = Json::array(stacks.iter().map(described));
        return Output::print(&write_ascii_json(&described));
    }
    let width = stacks.iter().map(|stack| stack.name.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for stack in &stacks {
        let name = &stack.name;
        // Writing into a string cannot fail.
        _ = match &stack.ide {
            Some(ide) => {
                let users = counted(ide.users().len(), "user");
                let domain = ide.domain().map_or("no domain", Domain::as_str);
                let instance = ide.instance().name();
                writeln!(text, "{name:width$}  {users:>9}  {instance:<14}  {domain}")
            }
            None => {
                let resources = counted(stack.template.resources.len(), "resource");
                writeln!(text, "{name:width$}  {resources}")
            }
        };
    }
    Output::print(&text)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

fn described(stack: &SynthesizedStack) -> Json {
    let count = |count: usize| Json::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let ide = stack.ide.as_ref();
    Json::Object(
        Object::new()
            .with("name", stack.name.clone())
            .with("resources", count(stack.template.resources.len()))
            .with_some("users", ide.map(|ide| count(ide.users().len())))
            .with_some("instance", ide.map(|ide| ide.instance().name()))
            .with_some(
                "domain",
                ide.and_then(|ide| Some(ide.domain()?.as_str().to_owned())),
            )
            .with_some("region", ide.and_then(|ide| Some(ide.region()?.name()))),
    )
}
