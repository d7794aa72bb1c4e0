//! The templates that are named on the command line.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use vsc::__tool::Failure;
use vsc::__tool::terminal::shown;

/// A file and what is in it.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether it was found in a folder: it may be something else than a template.
    pub(crate) found: bool,
}

const EXTENSIONS: [&str; 4] = ["yaml", "yml", "json", "template"];

/// Folders in which nobody keeps templates.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// Reads a file; what may be templates in a folder and those below it; or standard input.
///
/// # Errors
///
/// When a file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<File>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::Input(format!("standard input: {error}")))?;
        let name = "<stdin>".to_owned();
        let found = false;
        return Ok(vec![File { name, bytes, found }]);
    }
    if !path.is_dir() {
        return Ok(vec![one(path, false)?]);
    }
    let mut paths = Vec::new();
    below(path, &mut paths)?;
    paths.iter().map(|path| one(path, true)).collect()
}

fn one(path: &Path, found: bool) -> Result<File, Failure> {
    let failed = |error| Failure::Input(format!("{}: {error}", shown(path)));
    Ok(File {
        name: path.display().to_string(),
        bytes: fs::read(path).map_err(failed)?,
        found,
    })
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::Input(format!("{}: {error}", shown(folder)));
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
