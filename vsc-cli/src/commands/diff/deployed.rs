//! The template of a deployed stack.

use clap::ArgMatches;
use vsc_spec::Json;

use crate::Failure;
use crate::cli::Context;
use crate::cli::stacks::Stacked;

/// The templates of the deployed stacks; an empty one for a stack that does not exist.
#[cfg(feature = "deploy")]
pub(super) fn templates(
    context: &Context<'_>,
    stacks: &[Stacked],
    matches: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    crate::aws::operation::diff::templates(context, stacks, matches)
}

/// Fails: this build does not talk to AWS.
#[cfg(not(feature = "deploy"))]
pub(super) fn templates(
    _: &Context<'_>,
    stacks: &[Stacked],
    _: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    let names = stacks.iter().map(|stack| stack.name.as_str());
    Err(Failure::Usage(format!(
        "comparing with the deployed stack {} needs the feature `deploy`\n= help: run `cargo add vsc --features deploy`, or run it once with `cargo run --features vsc/deploy -- diff`\n= help: or compare with a file or a git revision: `--template FILE`, `--revision REV`",
        vsc_spec::suggest::list(names)
    )))
}
