//! `--from-stack`: the template of a deployed stack.

use clap::{Arg, ArgMatches};

use crate::Failure;
use crate::cli::Context;

/// `--from-stack`.
pub(super) fn argument() -> Arg {
    Arg::new("from-stack")
        .long("from-stack")
        .value_name("NAME")
        .conflicts_with("file")
        .help("Convert the template of this deployed stack")
}

/// The template of the deployed stack.
#[cfg(feature = "aws")]
pub(super) fn template(
    context: &Context<'_>,
    stack: &str,
    matches: &ArgMatches,
) -> Result<String, Failure> {
    use crate::operation::template;

    template::of_deployed(&context.target(matches), stack)
}

/// Fails: this build does not talk to AWS.
#[cfg(not(feature = "aws"))]
pub(super) fn template(_: &Context<'_>, stack: &str, _: &ArgMatches) -> Result<String, Failure> {
    Err(Failure::usage(
        "`--from-stack` talks to AWS, and this `vsc` was built without the feature `aws`",
    )
    .hint("run `cargo install --locked vsc-cli`, which has it by default")
    .hint(format!(
        "or save its template: `aws cloudformation get-template --stack-name {stack} --query TemplateBody --output text`"
    )))
}
