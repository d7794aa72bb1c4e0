//! Restored homes.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::operation::restore::Restored;
use crate::terminal::Terminal;

/// Prints what was restored as JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, restored: &Restored) -> Result<(), Failure> {
    let integer = |number: u64| Json::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    terminal.print_json(&Json::Object(
        Object::new()
            .with("user", restored.user.clone())
            .with("from", restored.from.clone())
            .with_some("time", restored.time.clone())
            .with("folder", restored.folder.clone())
            .with_some("files", restored.files.map(integer))
            .with_some("bytes", restored.bytes.map(integer)),
    ))
}
