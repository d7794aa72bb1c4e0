//! The resource specification: look up a type, and check values against it.

mod attribute;
pub mod catalog;
pub mod check;
pub mod describe;
pub mod expectation;
pub mod fit;
#[cfg(test)]
mod fit_tests;
pub mod form;
pub mod kind;
mod outline;
#[cfg(feature = "pack")]
pub mod pack;
mod pattern;
pub mod resource_attributes;
pub mod retention;
pub mod service;
pub mod shape;
pub mod unpack;
mod update;

pub use attribute::{KEYWORDS, method_name, snake_case};
pub use catalog::{find, mistaken, names, registered, shared, unknown};
pub use check::{Dialect, Location, Step, Target, Violation, ViolationKind};
pub use describe::Member;
pub use expectation::Expectation;
pub use fit::{Given, ResourceReference};
pub use form::{Form, Forms};
pub use kind::ValueKind;
pub use outline::Outline;
pub use pattern::intersects;
pub use retention::Retention;
pub use shape::{AttributeType, Keyword, ResourceType, Schema, Types};
pub use update::UpdateType;
