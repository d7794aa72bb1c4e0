//! `vsc check`: judges any CloudFormation template.

use std::path::PathBuf;
use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc::__tool::Failure;
use vsc::__tool::check::{self, Judged};
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
                .help("Templates in YAML or JSON, folders that hold some, or - for standard input"),
        )
        .args(check::arguments())
        .after_help("Exits with 1 if there is an error, with --strict also if there is a warning.\n\nExamples:\n  vsc check network.yaml\n  vsc check --strict templates\n  aws cloudformation get-template --stack-name web --query TemplateBody --output text | vsc check -")
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
    let judged = judge(files);
    if judged.is_empty() && failures.is_empty() {
        return Err(Failure::Input(
            "there are no templates in these folders\n= help: name a file in YAML or JSON"
                .to_owned(),
        ));
    }
    check::tell(terminal, judged, &failures, matches, "template")
}

/// Judges the files on all processors.
fn judge(files: Vec<File>) -> Vec<Judged> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let mut shares: Vec<Vec<File>> = Vec::new();
    let mut files = files.into_iter().peekable();
    while files.peek().is_some() {
        shares.push(files.by_ref().take(share).collect());
    }
    let judge = |files: Vec<File>| -> Vec<Judged> {
        let judged = files.into_iter().filter_map(|file| {
            if file.found {
                Judged::found(file.name, &file.bytes)
            } else {
                Some(Judged::read(file.name, &file.bytes))
            }
        });
        judged.collect()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || judge(share)))
            .collect();
        let judged = threads.into_iter().map(|thread| match thread.join() {
            Ok(judged) => judged,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        judged.flatten().collect()
    })
}
