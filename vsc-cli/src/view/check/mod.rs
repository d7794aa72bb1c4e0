//! Diagnostics of templates.

pub(crate) mod sarif;
mod text;

pub(crate) use text::text;
