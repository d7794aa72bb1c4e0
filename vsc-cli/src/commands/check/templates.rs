//! Checks templates in files.

use std::path::Path;
use std::thread;

use clap::ArgMatches;

use super::online;
use crate::Failure;
use crate::operation::check::CheckedTemplate;
use crate::operation::check::files::{self, File};
use crate::terminal::Terminal;

pub(super) fn run(
    terminal: &Terminal,
    paths: &[String],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        match files::read(Path::new(path)) {
            Ok(read) => files.extend(read),
            Err(failure) => failures.push(failure),
        }
    }
    let checked = check(files);
    if checked.is_empty() && failures.is_empty() {
        return Err(
            Failure::input("no templates in these folders").hint("pass a file in YAML or JSON")
        );
    }
    failures.extend(online::failures(terminal, &checked, |_| None, matches)?);
    super::report(terminal, checked, &failures, matches, "template")
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
