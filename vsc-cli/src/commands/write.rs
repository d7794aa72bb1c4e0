//! Files that commands write.

use std::path::Path;

use crate::Failure;
use crate::temporary;
use crate::terminal::shown;

/// Writes the whole file or nothing of it: a reader never sees half of one.
pub(crate) fn whole(path: &Path, text: &str) -> Result<(), Failure> {
    temporary::replace(path, text)
        .map_err(|error| Failure::Input(format!("{}: {error}", shown(path))))
}
