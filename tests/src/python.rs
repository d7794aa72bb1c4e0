//! Virtual environments of Python, made on demand at pinned versions.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::system::{self, Program};
use crate::{work_folder, workspace};

/// A virtual environment.
#[derive(Clone, Debug)]
pub struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of `tests/linters/NAME.txt`, which lists all packages with their versions.
    /// It is installed once for each content of that file.
    ///
    /// # Panics
    ///
    /// When Python is missing, or a package cannot be installed: a test that cannot check must fail.
    pub fn new(name: &str) -> Self {
        let requirements = workspace()
            .join("tests/linters")
            .join(format!("{name}.txt"));
        let text = fs::read_to_string(&requirements)
            .unwrap_or_else(|error| panic!("{}: {error}", requirements.display()));
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let folder = work_folder().join(format!("{name}-{:016x}", hasher.finish()));
        fs::create_dir_all(work_folder()).expect("the target folder can be written");

        // Another test may be creating the same environment.
        let lock = File::create(folder.with_extension("lock")).expect("the lock can be made");
        lock.lock().expect("the lock can be taken");
        let complete = folder.join("complete");
        if !complete.exists() {
            let _ = fs::remove_dir_all(&folder);
            system::require(Program::Python);
            let python = system::python().expect("it is there");
            run(Command::new(python).args(["-m", "venv"]).arg(&folder));
            let pip = folder.join("bin/python");
            run(Command::new(pip)
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "-r",
                ])
                .arg(&requirements));
            fs::write(complete, "").expect("the environment can be marked");
        }
        Self { folder }
    }

    /// A program of the environment.
    pub fn program(&self, name: &str) -> Command {
        Command::new(self.path(name))
    }

    /// The path of a program of the environment.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }
}

/// Runs a program to completion.
///
/// # Panics
///
/// When it cannot be started or fails.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", command.get_program().display()));
    assert!(
        output.status.success(),
        "{command:?} failed\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
