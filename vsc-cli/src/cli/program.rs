//! This program as cargo builds and runs it, to run another version of its crate.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process;

use clap::Command;

use crate::Failure;

/// The call in examples if cargo runs the program.
const BY_CARGO: &str = "cargo run --";

/// The folder of the crate. Only cargo reports it.
///
/// # Errors
///
/// When the program was not run by cargo. The error says how to run the command.
pub(crate) fn crate_folder(command: &str) -> Result<PathBuf, Failure> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    folder.ok_or_else(|| {
        Failure::Usage(format!("cannot find the sources of the crate\n= help: run the program with cargo, which sets their path: `cargo run --quiet -- {command}`"))
    })
}

/// The call of this program: by cargo, or by its own name.
pub(crate) fn called() -> String {
    let by_cargo = std::env::var_os("CARGO_MANIFEST_DIR").is_some();
    if by_cargo { None } else { file_name() }.unwrap_or_else(|| BY_CARGO.to_owned())
}

/// The name of this program's file.
pub(crate) fn file_name() -> Option<String> {
    let path = std::env::current_exe().ok()?;
    Some(path.file_stem()?.to_str()?.to_owned())
}

/// A command line whose help and examples call it by a name.
pub fn called_as(command: Command, name: &str) -> Command {
    with_examples(command.bin_name(name), name)
}

fn with_examples(command: Command, name: &str) -> Command {
    let command = command.mut_subcommands(|inner| with_examples(inner, name));
    match command.get_after_help() {
        Some(text) if name != BY_CARGO => {
            let text = text.to_string().replace("cargo run -q --", name);
            let text = text.replace(BY_CARGO, name);
            command.after_help(text)
        }
        _ => command,
    }
}

/// Whether cargo builds into a folder: it tags those that it creates, and writes its information on
/// rustc into others, too, such as a volume.
fn is_target(folder: &Path) -> bool {
    let marks = ["CACHEDIR.TAG", ".rustc_info.json"];
    marks.iter().any(|mark| folder.join(mark).is_file())
}

/// This program: how cargo calls it, and where it is built.
pub(crate) struct Program {
    kind: &'static str,
    name: String,
    target: PathBuf,
    is_release: bool,
}

impl Program {
    /// This program as it runs.
    ///
    /// # Errors
    ///
    /// When it is not in a target folder of cargo.
    pub(crate) fn own() -> Result<Self, Failure> {
        let failed = |reason: &str| {
            Failure::Input(format!(
                "cannot find the target folder of this program: {reason}"
            ))
        };
        let path = std::env::current_exe().map_err(|error| failed(&error.to_string()))?;
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
            target: target.to_owned(),
            is_release: path.components().any(|part| part.as_os_str() == "release"),
        })
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
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(name);
            }
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temporary;

    #[test]
    fn every_example_calls_the_program_by_its_name() {
        fn examples(command: &Command) -> Vec<String> {
            let own = command.get_after_help().map(ToString::to_string);
            let inner = command.get_subcommands().flat_map(examples);
            own.into_iter().chain(inner).collect()
        }
        let found = examples(&called_as(crate::cli::command(), "team")).join("\n");
        assert!(found.contains("  team users rotate alice\n"), "{found}");
        assert!(!found.contains("cargo run"), "{found}");
        let by_cargo = examples(&called_as(crate::cli::command(), BY_CARGO)).join("\n");
        assert!(by_cargo.contains("  cargo run -- users rotate alice\n"));
    }

    #[test]
    fn a_target_folder_may_have_existed_before() {
        let folder = temporary::folder(&std::env::temp_dir(), "target").expect("a folder");
        assert!(!is_target(&folder));
        std::fs::write(folder.join(".rustc_info.json"), "{}").expect("it is written");
        assert!(is_target(&folder));
        std::fs::remove_dir_all(&folder).expect("it is removed");
    }
}
