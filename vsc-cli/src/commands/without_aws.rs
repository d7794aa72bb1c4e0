//! The commands that talk to AWS, in a build without them.

use clap::ArgMatches;

use crate::Failure;
use crate::cli::Context;

/// Fails, and says how to install them.
pub(crate) fn run(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    Err(Failure::usage(
        "this command talks to AWS, and this `vsc` was built without the feature `aws`",
    )
    .hint("run `cargo install --locked vsc-cli`, which has it by default"))
}
