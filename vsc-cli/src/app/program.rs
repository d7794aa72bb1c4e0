//! The program of a config crate as cargo builds and runs it, to run another version of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process;

use crate::Failure;
use crate::assembly::AppSource;
use crate::text::shown;

/// Whether cargo builds into a folder: it tags those that it creates, and writes its information on
/// rustc into others, too, such as a volume.
fn is_target(folder: &Path) -> bool {
    let marks = ["CACHEDIR.TAG", ".rustc_info.json"];
    marks.iter().any(|mark| folder.join(mark).is_file())
}

/// The program of a config crate: how cargo calls it, and where it is built.
pub(crate) struct Program {
    kind: &'static str,
    name: String,
    folder: PathBuf,
    target: PathBuf,
    is_release: bool,
}

impl Program {
    /// The program that wrote an assembly.
    ///
    /// # Errors
    ///
    /// When cargo did not run it, so that its sources are unknown, or it is not in a target folder of cargo.
    pub(crate) fn of(app: &AppSource, command: &str) -> Result<Self, Failure> {
        let (Some(path), Some(sources)) = (&app.program, &app.folder) else {
            return Err(Failure::usage("cannot find the sources of the crate")
.hint(format!("run the program with cargo, which sets their path: `cargo run --quiet -- {command}`")));
        };
        let failed = |reason: &str| {
            Failure::input(format!(
                "cannot find the target folder of {}: {reason}",
                shown(path)
            ))
        };
        let name = path.file_stem().and_then(OsStr::to_str);
        let name = name
            .ok_or_else(|| failed("its path is not valid UTF-8"))?
            .to_owned();
        let folder = path.parent().and_then(Path::file_name);
        let kind = match folder.and_then(OsStr::to_str) {
            Some("examples") => "--example",
            _ => "--bin",
        };
        let mut folders = path.ancestors().skip(1);
        let target = folders.find(|folder| is_target(folder));
        let target = target.ok_or_else(|| failed("it is not in a target folder of cargo"))?;
        Ok(Self {
            kind,
            name,
            folder: sources.clone(),
            target: target.to_owned(),
            is_release: path.components().any(|part| part.as_os_str() == "release"),
        })
    }

    /// The folder of the crate.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder into which cargo builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The program of the crate of a manifest, built into another folder if one is given.
    pub(crate) fn command<S: AsRef<OsStr>>(
        &self,
        manifest: &Path,
        target: Option<&Path>,
        arguments: impl IntoIterator<Item = S>,
    ) -> process::Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = process::Command::new(cargo);
        command
            .args(["run", "--quiet", "--manifest-path"])
            .arg(manifest);
        if self.is_release {
            command.arg("--release");
        }
        command.args([self.kind, &self.name, "--"]).args(arguments);
        if let Some(target) = target {
            command.env("CARGO_TARGET_DIR", target);
        }
        // The variables that cargo set for this program are wrong for that one.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let theirs = ["CARGO_PKG_", "CARGO_MANIFEST_", "VSC_"];
            if theirs.iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsc_core::file;

    #[test]
    fn a_target_folder_may_have_existed_before() {
        let folder = file::folder(&std::env::temp_dir(), "target").expect("a folder");
        assert!(!is_target(&folder));
        std::fs::write(folder.join(".rustc_info.json"), "{}").expect("it is written");
        assert!(is_target(&folder));
        std::fs::remove_dir_all(&folder).expect("it is removed");
    }
}
