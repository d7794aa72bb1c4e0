//! Writes values as text.

mod comments;
pub(super) mod json;
mod letters;
pub(super) mod scalar;
#[cfg(test)]
mod tests;
pub(super) mod yaml;
