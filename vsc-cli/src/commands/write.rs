//! Files that commands write.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::Failure;
use crate::terminal::shown;

/// Writes the whole file or nothing of it: a reader never sees half of one.
pub(crate) fn whole(path: &Path, text: &str) -> Result<(), Failure> {
    let draft = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = File::create(&draft)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
        })
        .and_then(|()| fs::rename(&draft, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        Failure::Input(format!("{}: {error}", shown(path)))
    })
}
