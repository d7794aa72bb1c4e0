//! `watch`: checks, synthesizes and compares again after each save.

mod files;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc_core::check::Lint;
use vsc_core::template::write_json;

use crate::Failure;
use crate::app::program::Program;
use crate::app::{self, App};
use crate::cli::Context;
use crate::cli::stacks;
use crate::commands;
use crate::commands::check;
use crate::interruption::Interruption;
use crate::terminal::Terminal;
use crate::terminal::style::{DIM, ERROR, GOOD, TITLE};
use crate::text::shown;
use files::Files;
use vsc_core::file;

/// The interval at which the modification times of the files are read.
const INTERVAL: Duration = Duration::from_millis(250);

pub(crate) fn command() -> Command {
    Command::new("watch")
        .about("Check, synthesize and compare again whenever a file of the crate is saved")
        .long_about(
            "Check, synthesize and compare again whenever a file of the crate is saved.\n\n\
             Compares with the templates as they were when the watch began, or with a file, a revision \
             or the deployed stack. Ctrl-C ends it.",
        )
        .args(stacks::arguments())
        .arg(
            Arg::new("template")
                .long("template")
                .short('t')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .conflicts_with_all(["revision", "deployed"])
                .help("Compare with this template, YAML or JSON"),
        )
        .arg(
            Arg::new("revision")
                .long("revision")
                .short('r')
                .value_name("REV")
                .conflicts_with("deployed")
                .help("Compare with this git revision of the crate, for example HEAD or main"),
        )
        .arg(
            Arg::new("deployed")
                .long("deployed")
                .action(ArgAction::SetTrue)
                .help("Compare with the deployed stack"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help("Compare only if the check has no warnings"),
        )
        .arg(check::allow())
        .after_help("Examples:\n  cargo run -- watch\n  cargo run -- watch --revision HEAD\n  cargo run -- watch acme-ide --deployed")
}

/// Runs until it is interrupted, which is a success.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let program = Program::of(&context.app.assembly()?.app, "watch")?;
    let watch = Watch::new(context, matches, program)?;
    let interruption = Interruption::watch()?;
    let mut known = Files::of(watch.program.folder());
    context.terminal.note(&format!(
        "watching {} files in {}; Ctrl-C ends it",
        known.len(),
        shown(watch.program.folder())
    ));
    while !interruption.is_there() {
        thread::sleep(INTERVAL);
        let now = Files::of(watch.program.folder());
        let Some(changed) = now.since(&known) else {
            continue;
        };
        // An editor may write several files, or one in several steps.
        thread::sleep(INTERVAL / 2);
        if Files::of(watch.program.folder()) != now {
            continue;
        }
        known = now;
        watch.again(&changed, &interruption);
    }
    Ok(())
}

/// The commands that are run after each save.
struct Watch {
    program: Program,
    terminal: Terminal,
    /// The arguments that select the stacks.
    selection: Vec<String>,
    is_strict: bool,
    allowed: Vec<Lint>,
    comparisons: Vec<Vec<String>>,
    /// Removed with the templates in it when the watch ends.
    _kept: Option<Kept>,
}

/// The templates as they were when the watch began.
struct Kept(PathBuf);

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Watch {
    fn new(context: &Context<'_>, matches: &ArgMatches, program: Program) -> Result<Self, Failure> {
        let selected = context.selected(matches)?;
        let selection: Vec<String> = selected.iter().map(|stack| stack.name.clone()).collect();
        let mut kept = None;
        let text = |text: &str| text.to_owned();
        let all = |more: Vec<String>| {
            let diff = [text("diff")].into_iter().chain(selection.clone());
            vec![diff.chain(more).collect::<Vec<String>>()]
        };
        let comparisons = if let Some(file) = matches.get_one::<PathBuf>("template") {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            all(vec![text("--template"), file.display().to_string()])
        } else if let Some(revision) = matches.get_one::<String>("revision") {
            all(vec![text("--revision"), revision.clone()])
        } else if matches.get_flag("deployed") {
            all(Vec::new())
        } else {
            let target = program.target();
            let templates = file::private_folder(target, "vsc-watch")
                .map_err(|error| failed(target, &error))?;
            kept = Some(Kept(templates.clone()));
            let mut comparisons = Vec::new();
            for stack in &selected {
                let file = templates.join(format!("{}.json", stack.name));
                fs::write(&file, write_json(&stack.template.json))
                    .map_err(|error| failed(&file, &error))?;
                comparisons.push(vec![
                    text("diff"),
                    stack.name.clone(),
                    text("--template"),
                    file.display().to_string(),
                ]);
            }
            comparisons
        };
        Ok(Self {
            program,
            terminal: context.terminal.clone(),
            selection,
            is_strict: matches.get_flag("strict"),
            allowed: check::allowed(matches)?,
            comparisons,
            _kept: kept,
        })
    }

    /// Runs everything again. Failures are printed, and the watch continues.
    fn again(&self, changed: &str, interruption: &Interruption) {
        let started = Instant::now();
        self.terminal.note(&format!("\n{TITLE}{changed}{TITLE:#}"));
        let is_good = match self.run(interruption) {
            Ok(()) => true,
            Err(failure) => {
                self.terminal.failure(&failure);
                false
            }
        };
        let seconds = started.elapsed().as_secs_f64();
        let outcome = if is_good {
            format!("{GOOD}checked and compared{GOOD:#}")
        } else {
            format!("{ERROR}stopped at the first failure{ERROR:#}")
        };
        self.terminal
            .note(&format!("{outcome} {DIM}in {seconds:.1} s{DIM:#}"));
    }

    /// Builds and runs the crate as it is now, checks its stacks, and compares them.
    fn run(&self, interruption: &Interruption) -> Result<(), Failure> {
        let manifest = self.program.folder().join("Cargo.toml");
        let command = self.program.command::<&str>(&manifest, None, []);
        let app = App::of(app::run(command, self.program.folder())?);
        let mut check = vec!["check".to_owned()];
        check.extend(self.selection.clone());
        if self.is_strict {
            check.push("--strict".to_owned());
        }
        let allowed = self.allowed.iter();
        check.extend(allowed.map(|lint| format!("--allow={}", lint.id())));
        self.call(&app, &check)?;
        for comparison in &self.comparisons {
            if interruption.is_there() {
                break;
            }
            self.call(&app, comparison)?;
        }
        Ok(())
    }

    /// Runs a command on the app.
    fn call(&self, app: &App, arguments: &[String]) -> Result<(), Failure> {
        let words = ["vsc"]
            .into_iter()
            .chain(arguments.iter().map(String::as_str));
        let matches = commands::command().try_get_matches_from(words);
        let matches = matches.map_err(|error| Failure::usage(error.to_string()))?;
        let context = Context {
            app,
            terminal: &self.terminal.quiet(),
        };
        commands::dispatch(&context, &matches)
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::input(format!("{}: {error}", shown(path)))
}
