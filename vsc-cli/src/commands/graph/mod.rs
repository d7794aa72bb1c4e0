use crate::Failure;
use crate::cli::Context;
use clap::{ArgMatches, Command};
pub(crate) fn command() -> Command {
    Command::new("graph")
}
pub(crate) fn run(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    Ok(())
}
