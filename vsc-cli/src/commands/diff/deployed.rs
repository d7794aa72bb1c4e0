//! The template of a deployed stack.

use clap::ArgMatches;
use vsc_spec::Json;

use crate::Failure;
use crate::cli::Context;
use crate::cli::stacks::Stacked;

/// The templates that the stacks are deployed with; an empty one where a stack is not there.
#[cfg(feature = "deploy")]
pub(super) fn templates(
    context: &Context<'_>,
    stacks: &[Stacked],
    matches: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    crate::aws::operation::diff::templates(context, stacks, matches)
}

/// This build reads none.
#[cfg(not(feature = "deploy"))]
pub(super) fn templates(
    _: &Context<'_>,
    stacks: &[Stacked],
    _: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    let names = stacks.iter().map(|stack| stack.name.as_str());
    Err(Failure::Usage(format!(
        "comparing with the deployed stack {} needs the feature `deploy`\n= help: run `cargo add vsc --features deploy`, or, for once, `cargo run --features vsc/deploy -- diff`\n= help: or compare with something else: `--template FILE` or `--revision REV`",
        vsc_spec::suggest::list(names)
    )))
}
