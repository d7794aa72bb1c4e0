//! The template of a deployed stack.

use vsc_spec::Json;

use crate::Failure;

/// The template that the stack of this name is deployed with.
pub(super) fn template(stack: &str) -> Result<Json, Failure> {
    Err(Failure::Usage(format!(
        "the template of the deployed stack `{stack}` cannot be read: this build does not talk to AWS\n= help: add `features = [\"deploy\"]` to vsc in Cargo.toml, or name what to compare with: `--template FILE` or `--revision REV`"
    )))
}
