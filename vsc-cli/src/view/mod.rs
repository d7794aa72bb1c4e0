//! Views: what operations tell and ask, for people and as lines of JSON.

#[cfg(feature = "aws")]
pub(crate) mod audit;
#[cfg(feature = "aws")]
pub(crate) mod change;
pub(crate) mod check;
#[cfg(feature = "aws")]
pub(crate) mod diagnosis;
pub(crate) mod diff;
pub(crate) mod doctor;
#[cfg(feature = "aws")]
pub(crate) mod drift;
#[cfg(feature = "aws")]
pub(crate) mod event;
#[cfg(feature = "aws")]
pub(crate) mod homes;
#[cfg(feature = "aws")]
mod json_lines;
mod local;
#[cfg(feature = "aws")]
pub(crate) mod outcome;
#[cfg(feature = "aws")]
pub(crate) mod outputs;
#[cfg(feature = "aws")]
pub(crate) mod passwords;
#[cfg(feature = "aws")]
pub(crate) mod patch;
#[cfg(feature = "aws")]
mod person;
#[cfg(feature = "aws")]
mod progress;
#[cfg(feature = "aws")]
mod question;
#[cfg(feature = "aws")]
pub(crate) mod restored;
#[cfg(feature = "aws")]
mod size;
#[cfg(feature = "aws")]
pub(crate) mod snapshots;
#[cfg(feature = "aws")]
pub(crate) mod status;
#[cfg(feature = "aws")]
mod text;
pub(crate) mod users;

#[cfg(feature = "aws")]
pub(crate) use json_lines::JsonLines;
#[cfg(feature = "aws")]
pub(crate) use person::Person;
#[cfg(all(test, feature = "aws"))]
pub(crate) use question::text as asked_of;
