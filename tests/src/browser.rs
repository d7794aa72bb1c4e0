//! Headless Chromium, driven by a script.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::python::run;
use crate::work_folder;

/// Programs, and the Debian packages that bring them.
const PROGRAMS: [(&str, &str); 2] = [("chromium", "chromium"), ("npm", "npm")];

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
    install();
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

/// Installs what is missing, where that is possible.
fn install() {
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, _)| find(program).is_none())
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return;
    }
    let root = Command::new("id").arg("-u").output();
    let root = root.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    assert!(
        root && find("apt-get").is_some(),
        "the page of `graph` is tested in a browser, and these programs are missing: {}\n\
         install them, for example with `sudo apt-get install {0}`, and run the tests again",
        missing.join(" ")
    );
    run(Command::new("apt-get").args(["update", "-qq"]));
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(missing)
        .env("DEBIAN_FRONTEND", "noninteractive"));
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
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
