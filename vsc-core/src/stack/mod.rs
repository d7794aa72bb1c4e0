//! The builder of a stack, and the handles that [`resource!`](crate::resource) returns.

pub mod handles;
#[cfg(test)]
mod tests;

pub use vsc_template::stack::*;
