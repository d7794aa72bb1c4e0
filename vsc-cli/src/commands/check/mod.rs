//! `check`: all judges that need no network.

mod judged;
mod render;

use clap::{Arg, ArgAction, ArgMatches, Command};
use vsc_core::template::write_json;

use crate::Failure;
use crate::cli::stacks;
use crate::cli::{Context, global};
use crate::terminal::Terminal;

pub use judged::Judged;
use judged::Tally;

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Judge the templates of stacks: schemas, references, quotas and security notes")
        .args(stacks::arguments())
        .args(arguments())
        .after_help("Exits with 1 where there is an error, and with --strict where there is a warning.\n\nExamples:\n  cargo run -- check\n  cargo run -- check --strict production")
}

/// The options that `check` has in both programs.
pub fn arguments() -> [Arg; 2] {
    [
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help("Fail where there is a warning as well"),
        global::json(),
    ]
}

/// Judges the selected stacks as `synth` prints them.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = context.synthesized(matches)?;
    let judged: Vec<Judged> = stacks
        .iter()
        .map(|stack| {
            let name = format!("{}.template.yaml", stack.name);
            Judged::new(name, stack.template.to_yaml_string())
        })
        .collect();
    tell(context.terminal, &judged, matches, "stack")
}

/// Prints what is wrong, and fails where something is.
///
/// # Errors
///
/// When there is an error, or with `--strict` a warning; when standard output cannot be written.
pub fn tell(
    terminal: Terminal,
    judged: &[Judged],
    matches: &ArgMatches,
    unit: &str,
) -> Result<(), Failure> {
    if matches.get_flag("json") {
        terminal.print(&write_json(&judged::json(judged)))?;
    } else {
        let text: String = judged.iter().map(render::text).collect();
        terminal.print(&text)?;
    }
    for open in judged.iter().filter(|judged| judged.is_open) {
        terminal.note(&format!(
            "{}: a macro processes it; what that makes is not known here, and not judged",
            open.name
        ));
    }
    let tally = Tally::of(judged);
    terminal.note(&tally.in_words(judged.len(), unit));
    if tally.errors > 0 || (matches.get_flag("strict") && tally.warnings > 0) {
        return Err(Failure::Told);
    }
    Ok(())
}
