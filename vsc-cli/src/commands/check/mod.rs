//! `check`: runs all lints, without network access.

mod checked;
mod format;
mod render;
mod sarif;
mod selection;

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vsc_spec::Json;
use vsc_spec::team::Date;

use crate::Failure;
use crate::cli::stacks::{self, DeclaredStack};
use crate::cli::{Context, global};
use crate::pins;
use crate::terminal::{Terminal, one_line};

pub use checked::CheckedTemplate;
use checked::Tally;
pub(crate) use format::Format;
use selection::Selection;
pub(crate) use selection::{allow, allowed};

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Check the templates of stacks: schemas, references, quotas and security")
        .args(stacks::arguments())
        .args(arguments())
        .after_help("Exits with 1 on errors, with --strict also on warnings.\n\nExamples:\n  cargo run -- check\n  cargo run -- check --strict production\n  cargo run -- check --format sarif > check.sarif")
}

/// The options of `check`, the same in both programs.
pub fn arguments() -> [Arg; 5] {
    [
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help("Fail on warnings, too"),
        allow(),
        selection::only(),
        Format::argument(),
        global::json(),
    ]
}

/// Checks the selected stacks as `synth` prints them. A stack that cannot be synthesized is
/// reported like any other error, and the other stacks are still checked.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut failures = Vec::new();
    let mut checked = Vec::new();
    let selected = context.selected(matches)?;
    let mut notes = BTreeSet::new();
    for team in selected.iter().filter_map(DeclaredStack::ide) {
        let diagnostics = pins::outdated(team, &Date::today()).into_iter();
        let diagnostics = diagnostics.chain(team.tls().untrusted());
        notes.extend(diagnostics.map(|diagnostic| diagnostic.to_string()));
    }
    for stack in selected {
        match stack.synthesize() {
            Ok(stack) => {
                let name = format!("{}.template.yaml", stack.name);
                checked.push(CheckedTemplate::new(name, stack.template.to_yaml_string()));
            }
            Err(error) => failures.push(Failure::from(error)),
        }
    }
    // An error in the arguments is reported alone.
    Selection::of(matches)?;
    // Notes rather than warnings: a declaration that passes today passes tomorrow, and a trial is
    // declared on purpose.
    for note in notes {
        context.terminal.note(&note);
    }
    report(context.terminal, checked, &failures, matches, "stack")
}

/// Prints the diagnostics, and fails if there are errors.
///
/// # Errors
///
/// When there is an error, or with `--strict` a warning; when an ID of `--allow` or `--only` is
/// unknown; when standard output cannot be written. `failures` are the templates that could not be
/// read or synthesized.
pub fn report(
    terminal: Terminal,
    checked: Vec<CheckedTemplate>,
    failures: &[Failure],
    matches: &ArgMatches,
    unit: &str,
) -> Result<(), Failure> {
    let selection = Selection::of(matches)?;
    let checked: Vec<CheckedTemplate> = checked
        .into_iter()
        .map(|checked| checked.selecting(&selection))
        .collect();
    let format = match Format::of(matches) {
        _ if matches.get_flag("json") => Format::Json,
        format => format.unwrap_or(Format::Text),
    };
    match format {
        Format::Text => {
            let text: String = checked.iter().map(render::text).collect();
            terminal.print(&text)?;
        }
        Format::Json => {
            let errors = failures.iter().flat_map(Failure::diagnostics);
            let all = errors.chain(checked::json(&checked));
            terminal.print_json(&Json::array(all))?;
        }
        Format::Sarif => terminal.print_json(&sarif::log(&checked, failures))?,
    }
    failures.iter().for_each(Failure::print);
    for open in checked.iter().filter(|checked| checked.is_open) {
        terminal.note(&format!(
            "{}: a CloudFormation macro processes this template; its output is not checked",
            one_line(&open.name)
        ));
    }
    let tally = Tally::of(&checked, failures);
    terminal.note(&tally.in_words(checked.len() + failures.len(), unit));
    if tally.errors > 0 || (matches.get_flag("strict") && tally.warnings > 0) {
        return Err(Failure::Reported);
    }
    Ok(())
}
