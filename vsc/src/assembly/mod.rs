//! The assembly: the templates of the stacks and, as data, all that the commands of the program `vsc` need
//! to know about them. docs/assembly.md documents it.

mod exports;
mod preview;
mod stack;
mod team;

use std::fs;
use std::path::Path;

use vsc_core::file;
use vsc_core::template::write_ascii_json;
use vsc_spec::{Diagnostic, Json, Object};

use crate::cli::failure::Failure;
use crate::cli::synth::Format;
use crate::cli::{DeclaredStack, Entry, SynthesizedStack};

/// The name of the file that lists the stacks.
const FILE: &str = "assembly.json";

/// The version of the format. It changes when a reader of the last version would misunderstand a
/// file; what is only added does not change it.
const VERSION: i64 = 1;

/// Writes the assembly of all stacks to a folder. A stack that cannot be synthesized is part of it, with its
/// errors instead of a template: the tool reports them.
///
/// # Errors
///
/// When a file cannot be written.
pub(crate) fn write(entries: &[Entry], folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::of_file(folder, error))?;
    let mut stacks = Vec::new();
    let mut errors = Vec::new();
    match DeclaredStack::all(entries) {
        Err(failure) => errors.extend(failure.errors().map(error)),
        Ok(declared) => {
            for (stack, entry) in declared.into_iter().zip(entries) {
                let name = stack.name.clone();
                match stack.synthesize() {
                    Ok(stack) => {
                        let text = Format::Yaml.text(&stack);
                        write_file(folder, &Format::Yaml.file_name(&name), &text)?;
                        let preview = preview::write(entry, folder)?;
                        stacks.push(Ok((stack, preview)));
                    }
                    Err(failed) => stacks.push(Err((name, failed.diagnostics))),
                }
            }
        }
    }
    let synthesized = stacks.iter().flatten().map(|(stack, _)| stack);
    let exports = exports::of(synthesized);
    let stacks = stacks.iter().map(|stack| match stack {
        Ok((stack, preview)) => stack::described(stack, Format::Yaml, preview.as_deref(), &exports),
        Err((name, diagnostics)) => stack::rejected(name, diagnostics),
    });
    let assembly = Object::new()
        .with("version", Json::Integer(VERSION))
        .with("vsc", env!("CARGO_PKG_VERSION"))
        .with("app", app())
        .with("stacks", Json::array(stacks))
        .with("errors", Json::array(errors));
    write_file(folder, FILE, &write_ascii_json(&Json::Object(assembly)))
}

/// Writes the assembly of these stacks to a folder, and returns the texts of their templates.
///
/// # Errors
///
/// When a file cannot be written.
pub(crate) fn write_selected(
    entries: &[Entry],
    stacks: &[SynthesizedStack],
    format: Format,
    folder: &Path,
) -> Result<Vec<String>, Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::of_file(folder, error))?;
    let exports = exports::of(stacks.iter());
    let mut texts = Vec::new();
    let mut described = Vec::new();
    for stack in stacks {
        let text = format.text(stack);
        write_file(folder, &format.file_name(&stack.name), &text)?;
        texts.push(text);
        let preview = match entry_of(entries, &stack.name) {
            Some(entry) => preview::write(entry, folder)?,
            None => None,
        };
        described.push(stack::described(
            stack,
            format,
            preview.as_deref(),
            &exports,
        ));
    }
    // Without the path of the program, so that every machine writes the same.
    let assembly = Object::new()
        .with("version", Json::Integer(VERSION))
        .with("vsc", env!("CARGO_PKG_VERSION"))
        .with("stacks", Json::array(described));
    write_file(folder, FILE, &write_ascii_json(&Json::Object(assembly)))?;
    Ok(texts)
}

fn entry_of<'a>(entries: &'a [Entry], name: &str) -> Option<&'a Entry> {
    let is = |entry: &&Entry| {
        let stack = DeclaredStack::of(entry, |_| None);
        stack.is_ok_and(|stack| stack.name == name)
    };
    entries.iter().find(is)
}

/// This program and its crate, to run it again.
fn app() -> Json {
    let program = std::env::current_exe().ok();
    let program = program.map(|path| path.to_string_lossy().into_owned());
    let folder = std::env::var("CARGO_MANIFEST_DIR").ok();
    Json::Object(
        Object::new()
            .with_some("program", program)
            .with_some("crate", folder),
    )
}

fn error((subject, diagnostic): (Option<&str>, &Diagnostic)) -> Json {
    let Json::Object(error) = diagnostic_json(diagnostic) else {
        return Json::Null;
    };
    Json::Object(error.with_some("subject", subject.map(str::to_owned)))
}

fn diagnostic_json(diagnostic: &Diagnostic) -> Json {
    Json::Object(
        Object::new()
            .with("message", diagnostic.message.clone())
            .with_some("note", diagnostic.note.clone())
            .with_some("help", diagnostic.help.clone()),
    )
}

/// Writes a file atomically. A reader of a list of files that exists sees all of them.
fn write_file(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    file::replace(&path, text).map_err(|error| Failure::of_file(&path, error))
}
