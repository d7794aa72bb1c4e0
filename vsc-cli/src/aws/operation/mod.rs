//! The operations behind the commands on AWS.

pub(crate) mod concurrent;
mod declared;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod drift;
pub(crate) mod each;
pub(crate) mod events;
pub(crate) mod import;
pub(crate) mod logs;
pub(crate) mod outputs;
pub(crate) mod refactor;
pub(crate) mod rollback;
pub(crate) mod rotate;
mod several;
pub(crate) mod status;
pub(crate) mod switch;
pub(crate) mod template;
pub(crate) mod validate;
