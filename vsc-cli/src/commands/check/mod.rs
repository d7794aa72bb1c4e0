//! `check`: runs all lints, without network access unless `--online` is given.

mod format;
mod online;
mod selection;
mod templates;

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use vsc_spec::Json;
use vsc_spec::team::Date;

use crate::Failure;
use crate::assembly::Synthesis;
use crate::cli::{Context, aws, global, is_file, stacks};
use crate::operation::check::{CheckedTemplate, Tally, json};
use crate::terminal::{Terminal, one_line};
use crate::view::check;

pub(crate) use format::Format;
use selection::selected;
pub(crate) use selection::{allow, allowed};

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Check templates: schemas, references, quotas and security")
        .long_about("Check the templates of this crate's stacks, or templates in files: schemas, references, quotas and security.")
        .args(stacks::arguments())
        .mut_arg("stack", |argument| {
            argument
                .value_name("STACK|FILE")
                .value_hint(ValueHint::AnyPath)
                .help("Stacks by name; or templates in YAML or JSON, folders that contain templates, or - for standard input [default: all stacks]")
        })
        .args(arguments())
        .arg(online::argument())
        .args(aws::arguments())
        .after_help("Exits with 1 on errors, with --strict also on warnings.\n\nExamples:\n  cargo run -- check\n  cargo run -- check --strict production\n  cargo run -- check network.yaml templates\n  cargo run -- check --online network.yaml\n  cargo run -- check --format sarif > check.sarif\n  aws cloudformation get-template --stack-name web --query TemplateBody --output text | cargo run -- check -")
}

/// The options besides what is checked.
pub(crate) fn arguments() -> [Arg; 5] {
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

/// Checks the selected stacks as the app synthesizes them, or templates in files.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let given = stacks::patterns(matches);
    let is_path = |argument: &String| is_file(argument) || Path::new(argument).is_dir();
    if !given.is_empty() && (given.iter().any(is_path) || !context.app.exists()) {
        return templates::run(context.terminal, &given, matches);
    }
    of_stacks(context, matches)
}

/// Checks the selected stacks. A stack that cannot be synthesized is reported like any other error, and
/// the other stacks are still checked.
fn of_stacks(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut failures = Vec::new();
    let mut checked = Vec::new();
    let mut regions = Vec::new();
    let mut notes = BTreeSet::new();
    let today = Date::today();
    for synthesis in context.synthesized(matches)? {
        let stack = match synthesis {
            Synthesis::Done(stack) => stack,
            Synthesis::Rejected { name, diagnostics } => {
                failures.push(Failure::rejected(name, diagnostics));
                continue;
            }
        };
        if let Some(team) = &stack.team {
            let diagnostics = team.outdated_images(&today).into_iter();
            let diagnostics = diagnostics.chain(team.notes());
            notes.extend(diagnostics.map(|diagnostic| diagnostic.to_string()));
        }
        let name = format!("{}.template.yaml", stack.name);
        checked.push(CheckedTemplate::new(name, stack.template.text));
        regions.push(stack.region);
    }
    // An error in the arguments is reported alone.
    selected(matches)?;
    // Notes rather than warnings: a declaration that passes today passes tomorrow, and a trial is
    // declared on purpose.
    for note in notes {
        context.terminal.note(&note);
    }
    let region = |index: usize| regions.get(index).cloned().flatten();
    failures.extend(online::failures(
        context.terminal,
        &checked,
        region,
        matches,
    )?);
    report(context.terminal, checked, &failures, matches, "stack")
}

/// Prints the diagnostics, and fails if there are errors.
///
/// # Errors
///
/// When there is an error, or with `--strict` a warning; when an ID of `--allow` or `--only` is
/// unknown; when standard output cannot be written. `failures` are the templates that could not be
/// read or synthesized.
pub(crate) fn report(
    terminal: &Terminal,
    checked: Vec<CheckedTemplate>,
    failures: &[Failure],
    matches: &ArgMatches,
    unit: &str,
) -> Result<(), Failure> {
    let selection = selected(matches)?;
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
            let text: String = checked.iter().map(check::text).collect();
            terminal.print(&text)?;
        }
        Format::Json => {
            let errors = failures.iter();
            let errors = errors.flat_map(|failure| terminal.failure_diagnostics(failure));
            let all = errors.chain(json(&checked));
            terminal.print_json(&Json::array(all))?;
        }
        Format::Sarif => terminal.print_json(&check::sarif::log(&checked, failures, terminal))?,
    }
    failures
        .iter()
        .for_each(|failure| terminal.failure(failure));
    for open in checked.iter().filter(|checked| checked.is_open) {
        terminal.note(&format!(
            "{}: a CloudFormation macro processes this template; its output is not checked",
            one_line(&open.name)
        ));
    }
    let tally = Tally::of(&checked, failures);
    // A template that CloudFormation rejects was checked, too.
    let is_unchecked = |failure: &&Failure| {
        let subject = failure
            .problems()
            .first()
            .and_then(|it| it.subject.as_ref());
        subject.is_none_or(|name| !checked.iter().any(|checked| checked.name == *name))
    };
    let unchecked = failures.iter().filter(is_unchecked).count();
    terminal.note(&tally.in_words(checked.len() + unchecked, unit));
    if tally.errors > 0 || (matches.get_flag("strict") && tally.warnings > 0) {
        return Err(Failure::reported());
    }
    Ok(())
}
