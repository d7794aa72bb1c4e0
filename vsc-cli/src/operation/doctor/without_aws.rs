//! The checks of a build without the AWS SDK: none that asks AWS.

use super::Section;
use super::check::Check;

/// The checks that are not made.
pub(super) fn section() -> Section {
    let reason = "not checked: this `vsc` was built without the feature `aws`; run `cargo install --locked vsc-cli`";
    Section {
        title: "AWS".to_owned(),
        checks: vec![Check::skipped("account", reason)],
    }
}
