//! The handles of resource types with many attributes. [`resource!`](crate::resource) returns them, and
//! defines those of all other types itself.
//!
//! Each has a method for each attribute. Which types are here depends on the number of their attributes,
//! and so on the resource schemas of a release.

vsc_macros::handles! { crate::__private }
