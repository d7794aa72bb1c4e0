//! The checks of a build without the AWS SDK: none that asks AWS.

use clap::ArgMatches;

use super::Section;
use super::check::Check;
use crate::Failure;
use crate::assembly::Stack;
use crate::cli::Context;

#[expect(clippy::unnecessary_wraps, reason = "as where AWS is asked")]
pub(super) fn checks(
    _: &Context<'_>,
    _: &ArgMatches,
    _: &[Stack],
) -> Result<Vec<Section>, Failure> {
    let reason = "not checked: this `vsc` was built without the feature `aws`; run `cargo install --locked vsc-cli`";
    Ok(vec![Section {
        title: "AWS".to_owned(),
        checks: vec![Check::skipped("account", reason)],
    }])
}
