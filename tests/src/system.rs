//! Programs that the tests need: installed if possible, otherwise reported, all in one line.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use crate::python::run;
use crate::work_folder;

/// A program that a test needs.
#[derive(Clone, Copy, Debug)]
pub enum Program {
    /// For `diff --revision`.
    Git,
    /// Python 3.9 or newer with `venv`, for the linters and the emulators of AWS.
    Python,
    /// For the page of `graph`.
    Chromium,
    /// Drives Chromium.
    Node,
}

const ALL: [Program; 4] = [
    Program::Git,
    Program::Python,
    Program::Chromium,
    Program::Node,
];

impl Program {
    /// The Debian packages that contain it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Git => &["git"],
            Self::Python => &["python3", "python3-venv"],
            Self::Chromium => &["chromium"],
            Self::Node => &["nodejs", "npm"],
        }
    }

    fn is_there(self) -> bool {
        match self {
            Self::Git => find("git").is_some(),
            Self::Python => python().is_some(),
            Self::Chromium => find("chromium").is_some(),
            Self::Node => find("node").is_some() && find("npm").is_some(),
        }
    }
}

/// Installs the program if it is missing.
///
/// # Panics
///
/// When it is missing and cannot be installed; the message lists the packages for all tests.
pub fn require(program: Program) {
    if program.is_there() {
        return;
    }
    // Another test may be installing.
    fs::create_dir_all(work_folder()).expect("the target folder can be written");
    let lock = File::create(work_folder().join("system.lock")).expect("the lock can be made");
    lock.lock().expect("the lock can be taken");
    let missing: Vec<&str> = ALL
        .iter()
        .filter(|program| !program.is_there())
        .flat_map(|program| program.packages())
        .copied()
        .collect();
    if missing.is_empty() {
        return;
    }
    let root = Command::new("id").arg("-u").output();
    let root = root.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    assert!(
        root && find("apt-get").is_some(),
        "these packages are missing, and only root can install them: run `sudo apt-get install {}`",
        missing.join(" ")
    );
    run(Command::new("apt-get").args(["update", "-qq"]));
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(missing)
        .env("DEBIAN_FRONTEND", "noninteractive"));
}

/// The path of a program.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Python 3.9 or newer. On Debian, `venv` needs a separate package.
pub(crate) fn python() -> Option<&'static str> {
    const ASK: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))";
    ["python3", "python"].into_iter().find(|name| {
        let output = Command::new(name).args(["-c", ASK]).output();
        output.is_ok_and(|output| output.status.success())
    })
}

/// Sends a signal to a process, or to a group where the ID is negative. `kill` is a program of a
/// package that small images lack; every shell has its own.
pub fn signal(name: &str, id: &str) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", "kill -s \"$1\" -- \"$2\"", "sh", name, id]);
    shell.status().is_ok_and(|status| status.success())
}
