//! Writes values as text.

pub(super) mod json;
mod scalar;
pub(super) mod yaml;
