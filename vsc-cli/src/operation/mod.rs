//! The operations behind the commands: typed options in, events, questions and results out. They know
//! neither the command line nor the terminal.

pub(crate) mod check;
pub(crate) mod convert;
pub(crate) mod doctor;
pub(crate) mod local;
pub(crate) mod preview;
pub(crate) mod revision;
pub(crate) mod scaffold;
pub(crate) mod users;

#[cfg(feature = "aws")]
pub(crate) mod audit;
#[cfg(feature = "aws")]
pub(crate) mod concurrent;
#[cfg(feature = "aws")]
mod declared;
#[cfg(feature = "aws")]
pub(crate) mod deploy;
#[cfg(feature = "aws")]
pub(crate) mod destroy;
#[cfg(feature = "aws")]
pub(crate) mod diagnose;
#[cfg(feature = "aws")]
pub(crate) mod diff;
#[cfg(feature = "aws")]
pub(crate) mod drift;
#[cfg(feature = "aws")]
pub(crate) mod each;
#[cfg(feature = "aws")]
pub(crate) mod events;
#[cfg(feature = "aws")]
pub(crate) mod homes;
#[cfg(feature = "aws")]
pub(crate) mod import;
#[cfg(feature = "aws")]
pub(crate) mod logs;
#[cfg(feature = "aws")]
mod on_host;
#[cfg(feature = "aws")]
pub(crate) mod outputs;
#[cfg(feature = "aws")]
pub(crate) mod patch;
#[cfg(feature = "aws")]
pub(crate) mod refactor;
#[cfg(feature = "aws")]
pub(crate) mod restore;
#[cfg(feature = "aws")]
pub(crate) mod revoke;
#[cfg(feature = "aws")]
pub(crate) mod rollback;
#[cfg(feature = "aws")]
pub(crate) mod rotate;
#[cfg(feature = "aws")]
mod several;
#[cfg(feature = "aws")]
pub(crate) mod snapshots;
#[cfg(feature = "aws")]
pub(crate) mod status;
#[cfg(feature = "aws")]
pub(crate) mod switch;
#[cfg(feature = "aws")]
pub(crate) mod template;
#[cfg(feature = "aws")]
pub(crate) mod validate;
