//! `check`: lints templates.

mod checked;
pub(crate) mod files;
mod selection;

pub(crate) use checked::{CheckedTemplate, SpannedDiagnostic, Tally, json};
pub(crate) use selection::Selection;
