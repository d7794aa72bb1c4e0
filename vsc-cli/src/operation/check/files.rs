//! The templates that are given on the command line.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::shown;
use crate::{Failure, input};

/// A file and its content.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether it was found in a folder, and so may not be a template.
    pub(crate) found: bool,
}

const EXTENSIONS: [&str; 4] = ["yaml", "yml", "json", "template"];

/// Folders that are not searched.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// Reads a file, the possible templates in a folder and its subfolders, or standard input.
///
/// # Errors
///
/// When a file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<File>, Failure> {
    if path == Path::new("-") {
        let bytes = input::read(path)?;
        let name = "<stdin>".to_owned();
        let found = false;
        return Ok(vec![File { name, bytes, found }]);
    }
    if !path.is_dir() {
        return Ok(vec![one(path, false)?]);
    }
    let mut paths = Vec::new();
    below(path, &mut paths)?;
    let is_small = |path: &&PathBuf| {
        let size = fs::metadata(path).map_or(0, |about| about.len());
        usize::try_from(size).is_ok_and(|size| size <= input::LARGEST)
    };
    // A file larger than any template is not one.
    let paths = paths.iter().filter(is_small);
    paths.map(|path| one(path, true)).collect()
}

fn one(path: &Path, found: bool) -> Result<File, Failure> {
    Ok(File {
        name: path.display().to_string(),
        bytes: input::read(path)?,
        found,
    })
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::input(format!("{}: {error}", shown(folder)));
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<io::Result<Vec<_>>>)
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
            below(&path, paths)?;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        if kind.is_file() && extension.is_some_and(|known| EXTENSIONS.contains(&known)) {
            paths.push(path);
        }
    }
    Ok(())
}
