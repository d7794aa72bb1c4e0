//! Writes values as text.

pub(super) mod json;
pub(super) mod scalar;
#[cfg(test)]
mod tests;
pub(super) mod yaml;
