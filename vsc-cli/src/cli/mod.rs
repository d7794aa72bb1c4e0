//! Arguments that commands share, and what they select.

pub(crate) mod aws;
pub(crate) mod called;
pub(crate) mod concurrency;
mod context;
pub(crate) mod global;
pub(crate) mod stacks;
pub(crate) mod target;

#[cfg(feature = "aws")]
pub(crate) use context::target_of;
pub(crate) use context::{Context, is_file, stack_of_file, template};
