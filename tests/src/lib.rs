//! Shared code of the tests: Python environments, linters, a browser, emulators of AWS.

pub mod aws;
pub mod browser;
pub mod capacity;
pub mod compile_errors;
pub mod emulator;
pub mod linter;
pub mod python;
pub mod synth;
pub mod system;
pub mod tool;
pub mod yaml;

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder in which tests keep what they install and start.
pub fn work_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target
        .unwrap_or_else(|| workspace().join("target"))
        .join("vsc-tests")
}
