//! `check`: all judges that need no network.

mod judged;
mod render;

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vsc_core::check::Rule;
use vsc_spec::Json;
use vsc_spec::team::Date;

use crate::Failure;
use crate::cli::stacks::{self, Declared};
use crate::cli::{Context, global};
use crate::pins;
use crate::terminal::{Terminal, one_line};

pub use judged::Judged;
use judged::Tally;

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Check the templates of stacks: schemas, references, quotas and security")
        .args(stacks::arguments())
        .args(arguments())
        .after_help("Exits with 1 if there is an error, with --strict also if there is a warning.\n\nExamples:\n  cargo run -- check\n  cargo run -- check --strict production")
}

/// The options that `check` has in both programs.
pub fn arguments() -> [Arg; 3] {
    [
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help("Fail if there is a warning, too"),
        allow(),
        global::json(),
    ]
}

/// `--allow ID`, for the commands that check.
pub(crate) fn allow() -> Arg {
    Arg::new("allow")
        .long("allow")
        .value_name("ID")
        .action(ArgAction::Append)
        .value_delimiter(',')
        .help("Do not report this lint, such as open-port")
}

/// The rules that the arguments allow.
pub(crate) fn allowed(matches: &ArgMatches) -> Result<Vec<Rule>, Failure> {
    let ids = matches.get_many::<String>("allow").into_iter().flatten();
    let rules = ids.map(|id| Rule::allowable(id.trim()));
    let rules: Result<_, _> = rules.collect();
    rules.map_err(|finding| Failure::Usage(finding.to_string()))
}

/// Checks the selected stacks as `synth` prints them. A stack that cannot be synthesized is
/// reported like any other mistake, beside those of the others.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut failures = Vec::new();
    let mut judged = Vec::new();
    let selected = context.selected(matches)?;
    let mut notes = BTreeSet::new();
    for team in selected.iter().filter_map(Declared::ide) {
        let findings = pins::outdated(team, &Date::today()).into_iter();
        let findings = findings.chain(team.tls().untrusted());
        notes.extend(findings.map(|finding| finding.to_string()));
    }
    for stack in selected {
        match stack.synthesize() {
            Ok(stack) => {
                let name = format!("{}.template.yaml", stack.name);
                judged.push(Judged::new(name, stack.template.to_yaml_string()));
            }
            Err(error) => failures.push(Failure::from(error)),
        }
    }
    // A mistake in the arguments stands alone.
    allowed(matches)?;
    // Notes and no warnings: what was right yesterday is right today, whatever the day, and a trial is
    // what was declared.
    for note in notes {
        context.terminal.note(&note);
    }
    tell(context.terminal, judged, &failures, matches, "stack")
}

/// Prints what is wrong, and fails where something is.
///
/// # Errors
///
/// When there is an error, or with `--strict` a warning; when an ID of `--allow` is unknown; when
/// standard output cannot be written. `failures` are what could not be read or synthesized.
pub fn tell(
    terminal: Terminal,
    judged: Vec<Judged>,
    failures: &[Failure],
    matches: &ArgMatches,
    unit: &str,
) -> Result<(), Failure> {
    let allowed = allowed(matches)?;
    let judged: Vec<Judged> = judged
        .into_iter()
        .map(|judged| judged.allowing(&allowed))
        .collect();
    if matches.get_flag("json") {
        let errors = failures.iter().flat_map(Failure::diagnostics);
        let all = errors.chain(judged::json(&judged));
        terminal.print_json(&Json::array(all))?;
    } else {
        let text: String = judged.iter().map(render::text).collect();
        terminal.print(&text)?;
    }
    failures.iter().for_each(Failure::print);
    for open in judged.iter().filter(|judged| judged.is_open) {
        terminal.note(&format!(
            "{}: a macro processes it: what that makes of it is not known here",
            one_line(&open.name)
        ));
    }
    let tally = Tally::of(&judged, failures);
    terminal.note(&tally.in_words(judged.len() + failures.len(), unit));
    if tally.errors > 0 || (matches.get_flag("strict") && tally.warnings > 0) {
        return Err(Failure::Told);
    }
    Ok(())
}
