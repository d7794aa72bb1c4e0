//! The folder of a new crate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::operation::local::{LocalEvent, LocalIo};
use crate::text::shown;
use vsc_core::file;

use crate::Failure;

/// A folder that does not exist yet, or is empty.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at a path.
    ///
    /// # Errors
    ///
    /// When it exists and is not empty.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        let taken = match fs::read_dir(path) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(
                    Failure::input(format!("{} is a file, or below a file", shown(path)))
                        .hint("pass another folder"),
                );
            }
            Err(error) => return Err(failed(path, &error)),
        };
        if taken {
            return Err(
                Failure::input(format!("{} already exists and is not empty", shown(path)))
                    .hint("pass another folder, or remove it first"),
            );
        }
        let path = path.to_owned();
        Ok(Self { path })
    }

    /// Writes all files, or none: they are written beside the folder and moved there at the end.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(crate) fn write(&self, files: &[(&str, String)]) -> Result<(), Failure> {
        let path = std::path::absolute(&self.path).map_err(|error| failed(&self.path, &error))?;
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = file::folder(parent, &name).map_err(|error| failed(parent, &error))?;
        let written = write_all(&beside, files).and_then(|()| settle(&beside, &path));
        written.map_err(|error| {
            // Nothing half-written is left; the error is that of the write.
            let _ = fs::remove_dir_all(&beside);
            failed(&self.path, &error)
        })
    }

    /// Makes the crate a workspace of its own if it is below one of which it is not a member, so that
    /// cargo builds it. Cargo itself decides.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be written.
    pub(crate) fn settle_workspace(&self) -> Result<(), Failure> {
        let manifest = self.path.join("Cargo.toml");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let asked = Command::new(cargo)
            .args(["locate-project", "--workspace", "--manifest-path"])
            .arg(&manifest)
            .stdin(Stdio::null())
            .output();
        let is_stranger = asked.is_ok_and(|output| !output.status.success());
        if is_stranger {
            let text = fs::read_to_string(&manifest).map_err(|error| failed(&manifest, &error))?;
            let text = format!(
                "{text}\n# The crate is below another workspace, but not a member of it.\n[workspace]\n"
            );
            fs::write(&manifest, text).map_err(|error| failed(&manifest, &error))?;
        }
        Ok(())
    }

    /// Makes the folder a git repository, unless it is in one.
    pub(crate) fn settle_git(&self, io: &dyn LocalIo) {
        let git = |arguments: &[&str]| {
            Command::new("git")
                .arg("-C")
                .arg(&self.path)
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
        };
        match git(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(status) if status.success() => {}
            Ok(_) => {
                // The branch of the workflow, whatever git's default is.
                let init = ["-c", "init.defaultBranch=main", "init", "--quiet"];
                if !git(&init).is_ok_and(|status| status.success()) {
                    io.report(LocalEvent::NoRepository);
                }
            }
            Err(_) => io.report(LocalEvent::NoGit),
        }
    }
}

/// Moves a folder to a path with no folder or an empty one.
fn settle(from: &Path, to: &Path) -> io::Result<()> {
    if !to.exists() {
        return fs::rename(from, to);
    }
    // The empty folder itself is kept: a shell may be in it.
    let mut moved = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if let Err(error) = fs::rename(entry.path(), &target) {
            for target in moved {
                let _ = fs::remove_dir_all(&target).or_else(|_| fs::remove_file(&target));
            }
            return Err(error);
        }
        moved.push(target);
    }
    fs::remove_dir(from)
}

fn write_all(folder: &Path, files: &[(&str, String)]) -> io::Result<()> {
    for (name, text) in files {
        let file = folder.join(name);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
    }
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::input(format!("{}: {error}", shown(path)))
}
