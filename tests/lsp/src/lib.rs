//! An editor without a window: it drives rust-analyzer over the language server protocol, in a
//! config crate of its own, and reports what a person would see.
//!
//! `tests/lsp/run` installs the server and runs the tests.

mod config_crate;
mod connection;
mod editor;
mod text;

pub use editor::{Diagnostic, Editor, editor};
pub use text::Marked;
