//! The checks, one file per concern.

pub(crate) mod attacks;
pub(crate) mod change;
pub(crate) mod comforts;
pub(crate) mod failures;
pub(crate) mod homes;
pub(crate) mod hostile;
pub(crate) mod isolation;
pub(crate) mod issued;
pub(crate) mod login;
pub(crate) mod measure;
pub(crate) mod outside;
pub(crate) mod permissions;
pub(crate) mod plain;
pub(crate) mod preview;
pub(crate) mod previews;
pub(crate) mod problems;
pub(crate) mod record;
pub(crate) mod recovery;
pub(crate) mod renewal;
pub(crate) mod secrets;
pub(crate) mod sessions;
pub(crate) mod sign_in;
