//! Where the answers for a stack are saved.

use std::env;
use std::path::{Path, PathBuf};

use crate::assembly::Stack;

/// The file in which the answers for a stack are saved: beside its crate, or beside its template. A
/// file in the working folder is used if there is none beside the template.
pub(crate) fn of_answers(stack: &Stack) -> PathBuf {
    let Some(template) = &stack.file else {
        return beside_the_crate(&stack.name);
    };
    let name = PathBuf::from(format!("{}.parameters.toml", stack.name));
    let folder = template.parent().unwrap_or(Path::new(""));
    let beside = folder.join(&name);
    if !beside.is_file() && name.is_file() {
        return name;
    }
    beside
}

/// The file in which the answers for a stack are saved: beside the crate's `Cargo.toml` if cargo runs
/// it, in the current directory otherwise.
pub(crate) fn beside_the_crate(stack: &str) -> PathBuf {
    let folder =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    folder.join(format!("{stack}.parameters.toml"))
}
