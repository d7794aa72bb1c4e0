//! The commands that talk to AWS, in a build without them.

use clap::ArgMatches;

use crate::Failure;
use crate::cli::Context;

/// Fails, and says which feature to add.
pub(crate) fn run(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    Err(Failure::Usage(
        "this command needs the feature `deploy`, since it talks to AWS\n\
         = help: run `cargo add vsc --features deploy`, which adds it to Cargo.toml\n\
         = help: or run it once with `cargo run --features vsc/deploy -- …`"
            .to_owned(),
    ))
}
