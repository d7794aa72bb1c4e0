//! What the tests of the workspace share: Python environments, judges, a browser, emulators of AWS.

pub mod aws;
pub mod browser;
pub mod capacity;
pub mod emulator;
pub mod judge;
pub mod python;
pub mod refusals;
pub mod synth;
pub mod system;
pub mod tool;

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
