//! Files that are written atomically, and temporary folders, with unpredictable names.
//!
//! A predictable name may be a link of an attacker, which would be followed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The number of names that are tried.
const ATTEMPTS: u32 = 16;

/// Creates a folder that only the user can read.
///
/// # Errors
///
/// When it cannot be created.
pub fn private_folder(parent: &Path, name: &str) -> io::Result<PathBuf> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    made(parent, name, |path| builder.create(path)).map(|(path, ())| path)
}

/// Creates a folder with the default permissions.
///
/// # Errors
///
/// When it cannot be created.
pub fn folder(parent: &Path, name: &str) -> io::Result<PathBuf> {
    made(parent, name, |path| fs::create_dir(path)).map(|(path, ())| path)
}

/// Writes a file atomically: a reader never sees half of it.
///
/// # Errors
///
/// When it cannot be written; then no temporary file is left behind.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    let (draft, file) = made(parent.unwrap_or(Path::new(".")), &name, new)?;
    let written = write(file, text).and_then(|()| fs::rename(&draft, path));
    written.inspect_err(|_| {
        // The error is that of the write, even if the draft cannot be removed.
        let _ = fs::remove_file(&draft);
    })
}

fn write(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Creates something with a fresh name. `make` fails if the name exists, also as a link.
fn made<T>(
    parent: &Path,
    name: &str,
    make: impl Fn(&Path) -> io::Result<T>,
) -> io::Result<(PathBuf, T)> {
    for attempt in 0..ATTEMPTS {
        // The operating system seeds the keys of a `RandomState`.
        let fresh = RandomState::new().hash_one(attempt);
        // Within the limit for file names, and hidden from searches for templates.
        let name: String = name.chars().take(40).collect();
        let path = parent.join(format!(".{name}.{fresh:016x}.tmp"));
        match make(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return Ok((path, made?)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_private_folder_is_new_and_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = std::env::temp_dir();
        let [one, other] = [0, 1].map(|_| private_folder(&parent, "vsc-test").expect("it is made"));
        assert_ne!(one, other);
        for folder in [one, other] {
            let about = fs::symlink_metadata(&folder).expect("it is there");
            assert!(about.is_dir());
            assert_eq!(about.permissions().mode() & 0o777, 0o700);
            fs::remove_dir(folder).expect("it is empty");
        }
    }

    #[test]
    fn a_file_is_replaced_without_leftovers() {
        let folder = private_folder(&std::env::temp_dir(), "vsc-test").expect("it is made");
        let path = folder.join("a".repeat(200));
        for text in ["one", "two"] {
            replace(&path, text).expect("it is written");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
        }
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1);
        fs::remove_dir_all(folder).expect("it is there");
    }
}
