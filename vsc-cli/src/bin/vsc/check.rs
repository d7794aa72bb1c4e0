//! `vsc check`: checks any CloudFormation template.

use std::path::PathBuf;
use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc::__tool::Failure;
use vsc::__tool::check::{self, CheckedTemplate};
use vsc::__tool::terminal::Terminal;

use crate::files::{self, File};

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Check CloudFormation templates: schemas, references, quotas and security")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .action(ArgAction::Append)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::AnyPath)
                .help("Templates in YAML or JSON, folders that contain templates, or - for standard input"),
        )
        .args(check::arguments())
        .after_help("Exits with 1 on errors, with --strict also on warnings.\n\nExamples:\n  vsc check network.yaml\n  vsc check --strict templates\n  aws cloudformation get-template --stack-name web --query TemplateBody --output text | vsc check -")
}

pub(crate) fn run(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    let paths = matches.get_many::<PathBuf>("file").into_iter().flatten();
    let mut files = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        match files::read(path) {
            Ok(read) => files.extend(read),
            Err(failure) => failures.push(failure),
        }
    }
    let checked = check(files);
    if checked.is_empty() && failures.is_empty() {
        return Err(Failure::Input(
            "no templates in these folders\n= help: pass a file in YAML or JSON".to_owned(),
        ));
    }
    check::report(terminal, checked, &failures, matches, "template")
}

/// Checks the files on all processors.
fn check(files: Vec<File>) -> Vec<CheckedTemplate> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let mut shares: Vec<Vec<File>> = Vec::new();
    let mut files = files.into_iter().peekable();
    while files.peek().is_some() {
        shares.push(files.by_ref().take(share).collect());
    }
    let check = |files: Vec<File>| -> Vec<CheckedTemplate> {
        let checked = files.into_iter().filter_map(|file| {
            if file.found {
                CheckedTemplate::found(file.name, &file.bytes)
            } else {
                Some(CheckedTemplate::read(file.name, &file.bytes))
            }
        });
        checked.collect()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || check(share)))
            .collect();
        let checked = threads.into_iter().map(|thread| match thread.join() {
            Ok(checked) => checked,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        checked.flatten().collect()
    })
}
