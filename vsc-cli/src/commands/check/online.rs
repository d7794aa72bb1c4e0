//! `--online`: CloudFormation validates the templates as well.

use clap::{Arg, ArgAction, ArgMatches};

use crate::Failure;
use crate::operation::check::CheckedTemplate;
use crate::terminal::Terminal;

/// `--online`.
pub(super) fn argument() -> Arg {
    Arg::new("online")
        .long("online")
        .action(ArgAction::SetTrue)
        .help("Let CloudFormation validate the templates as well (`ValidateTemplate`)")
}

/// What CloudFormation rejects, if `--online` is given. `region` is that of the stack of a template.
#[cfg(feature = "aws")]
pub(super) fn failures(
    terminal: &Terminal,
    checked: &[CheckedTemplate],
    region: impl Fn(usize) -> Option<String>,
    matches: &ArgMatches,
) -> Result<Vec<Failure>, Failure> {
    use crate::assembly::Template;
    use crate::operation::validate::{self, Unvalidated};

    if !matches.get_flag("online") {
        return Ok(Vec::new());
    }
    // What cannot be parsed is reported already.
    let templates = checked.iter().enumerate().filter_map(|(index, checked)| {
        Some(Unvalidated {
            name: checked.name.clone(),
            template: Template::read(checked.text.clone()).ok()?,
            region: region(index),
        })
    });
    let templates: Vec<Unvalidated> = templates.collect();
    let rejected = validate::run(&crate::cli::target_of(terminal, matches), &templates)?;
    Ok(rejected
        .into_iter()
        .map(|(name, diagnostic)| Failure::rejected(name, vec![diagnostic]))
        .collect())
}

/// Fails with `--online`: this build does not talk to AWS.
#[cfg(not(feature = "aws"))]
pub(super) fn failures(
    _: &Terminal,
    _: &[CheckedTemplate],
    _: impl Fn(usize) -> Option<String>,
    matches: &ArgMatches,
) -> Result<Vec<Failure>, Failure> {
    if !matches.get_flag("online") {
        return Ok(Vec::new());
    }
    Err(Failure::usage(
        "`--online` talks to AWS, and this `vsc` was built without the feature `aws`",
    )
    .hint("run `cargo install --locked vsc-cli`, which has it by default")
    .hint("or omit `--online`"))
}
