//! Headless Chromium, driven by a script.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::python::run;
use crate::system::{Program, find, require};
use crate::work_folder;

/// The library that drives the browser, in the version of `tests/boot`, so that both share the
/// installation.
const LIBRARY: &str = "playwright-core@1.65.1";

/// Runs a Node script that uses `playwright-core`, with a value as its argument, and returns the value
/// that it prints.
///
/// # Panics
///
/// When Chromium is missing and cannot be installed, or the script fails.
pub fn drive(script: &Path, argument: &Value) -> Value {
    require(Program::Chromium);
    require(Program::Node);
    let folder = library();
    let name = script.file_name().expect("the script has a name");
    let copy = folder.join(name);
    std::fs::copy(script, &copy).expect("the script can be copied");
    let output = run(Command::new("node")
        .arg(&copy)
        .arg(argument.to_string())
        .env("CHROMIUM", find("chromium").expect("it is there"))
        .stdin(Stdio::null()));
    serde_json::from_slice(&output.stdout).expect("the script prints a value")
}

/// The folder of the library.
fn library() -> PathBuf {
    let folder = work_folder().join("browser");
    std::fs::create_dir_all(&folder).expect("the folder of the browser can be made");
    if !folder.join("node_modules/playwright-core").exists() {
        run(Command::new("npm")
            .args(["install", "--silent", "--ignore-scripts", "--prefix"])
            .arg(&folder)
            .arg(LIBRARY)
            .current_dir(&folder));
    }
    folder
}
