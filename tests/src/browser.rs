//! Headless Chromium, driven by a script.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::python::run;
use crate::system::{Program, find, require};
use crate::work_folder;

/// The version of the library that drives the browser; it is the one of `tests/boot`, so that both
/// share what is installed.
const LIBRARY: &str = "playwright-core@1.65.1";

/// Runs a script of Node in which `playwright-core` is at hand, with a value as its argument, and
/// gives what it prints: a value.
///
/// # Panics
///
/// When there is no Chromium and none can be installed, or the script fails.
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

/// The folder in which the library is.
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
