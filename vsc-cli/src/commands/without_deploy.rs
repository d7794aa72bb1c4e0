//! What the commands that talk to AWS say where the crate is built without them.

use clap::ArgMatches;

use crate::Failure;
use crate::cli::Context;

/// Says what to add.
pub(crate) fn run(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    Err(Failure::Usage(
        "this command talks to AWS, which needs the feature `deploy`\n\
         = help: run `cargo add vsc --features deploy`, which adds it to Cargo.toml\n\
         = help: or, for once, `cargo run --features vsc/deploy -- …`"
            .to_owned(),
    ))
}
