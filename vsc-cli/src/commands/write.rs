//! Writing of files.

use std::path::Path;

use crate::Failure;
use crate::text::shown;
use vsc_core::file;

/// Writes a file atomically: a reader never sees half of it.
pub(crate) fn whole(path: &Path, text: &str) -> Result<(), Failure> {
    file::replace(path, text).map_err(|error| Failure::input(format!("{}: {error}", shown(path))))
}
