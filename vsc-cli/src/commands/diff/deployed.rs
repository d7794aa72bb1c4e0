//! The template of a deployed stack.

use clap::ArgMatches;
use vsc_spec::Json;

use crate::Failure;
use crate::assembly::Stack;
use crate::cli::Context;

/// The templates of the deployed stacks; an empty one for a stack that does not exist.
#[cfg(feature = "aws")]
pub(super) fn templates(
    context: &Context<'_>,
    stacks: &[Stack],
    matches: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    crate::operation::diff::templates(&context.target(matches), stacks)
}

/// Fails: this build does not talk to AWS.
#[cfg(not(feature = "aws"))]
pub(super) fn templates(
    _: &Context<'_>,
    stacks: &[Stack],
    _: &ArgMatches,
) -> Result<Vec<Json>, Failure> {
    let names = stacks.iter().map(|stack| stack.name.as_str());
    Err(Failure::usage(format!("comparing with the deployed stack {} talks to AWS, and this `vsc` was built without the feature `aws`", vsc_spec::suggest::list(names)))
.hint("run `cargo install --locked vsc-cli`, which has it by default")
.hint("or compare with a file or a git revision: `--template FILE`, `--revision REV`"))
}
