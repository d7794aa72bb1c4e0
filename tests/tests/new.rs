//! `vsc new`, as a user calls it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use vsc_tests::tool::{cargo_outside, vsc};
use vsc_tests::{work_folder, workspace};

/// An empty folder.
fn empty(name: &str) -> PathBuf {
    let folder = work_folder().join("new").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    std::path::absolute(folder).expect("the working folder is known")
}

fn new(folder: &Path, arguments: &[&str]) -> Output {
    let mut vsc = vsc();
    vsc.current_dir(folder).arg("new").args(arguments);
    vsc.output().expect("vsc runs")
}

fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = new(folder, arguments);
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert!(output.status.success(), "{reported}");
    reported
}

fn rejected(folder: &Path, arguments: &[&str], code: i32) -> String {
    let before = names(folder);
    let output = new(folder, arguments);
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert_eq!(output.status.code(), Some(code), "{reported}");
    assert_eq!(names(folder), before, "nothing is left behind");
    reported
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let name = entry.expect("the entry is read").file_name();
        name.into_string().expect("the name is text")
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

fn synth(krate: &Path) -> String {
    let lock = workspace().join("Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).expect("it is copied");
    let mut cargo = cargo_outside(krate);
    let output = cargo.args(["run", "--quiet", "--", "synth"]).output();
    let output = output.expect("cargo runs");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reported}");
    String::from_utf8(output.stdout).expect("the template is text")
}

#[test]
fn a_new_crate_synthesizes_at_once() {
    let folder = empty("at-once");
    let reported = succeeds(&folder, &["demo"]);
    assert!(
        reported.contains("Next:\n\n  cd demo\n  ") && reported.contains(" synth\n"),
        "{reported}"
    );
    let files = [".github", ".gitignore", "Cargo.toml", "README.md", "src"];
    let krate = folder.join("demo");
    let there = names(&krate);
    assert!(
        files
            .iter()
            .all(|file| there.iter().any(|name| name == file)),
        "{there:?}"
    );
    let readme = fs::read_to_string(krate.join("README.md")).expect("it is there");
    assert!(
        readme.contains("`cargo install --locked --path "),
        "{readme}"
    );
    assert!(readme.contains("cargo run -- doctor "), "{readme}");
    assert!(readme.contains("`demo-ide.parameters.toml` stores"));
    let workflow = fs::read_to_string(krate.join(".github/workflows/check.yml"));
    let workflow = workflow.expect("it is there");
    let used = workflow
        .lines()
        .filter_map(|line| line.split_once("uses: "));
    let digests: Vec<&str> = used
        .map(|(_, action)| action.split(['@', ' ']).nth(1).unwrap_or_default())
        .collect();
    assert!(!digests.is_empty(), "{workflow}");
    for digest in digests {
        assert_eq!(digest.len(), 40, "{digest} can be moved");
        assert!(digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    assert!(
        workflow.contains("- run: cargo install --locked --no-default-features --path "),
        "{workflow}"
    );
    assert!(workflow.contains(" checkout --detach "), "{workflow}");
    assert!(workflow.contains("permissions:\n  contents: read\n\n"));
    let template = synth(&krate);
    assert!(template.contains("Dev3Record:"), "{template}");

    let reported = rejected(&folder, &["demo"], 1);
    assert!(
        reported.contains("demo already exists and is not empty"),
        "{reported}"
    );
}

#[test]
fn a_new_crate_builds_within_another_workspace() {
    let folder = empty("within");
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"in/*\"]\n",
    )
    .expect("the manifest is written");
    fs::create_dir_all(folder.join("out/empty-one")).expect("the folder is made");
    succeeds(
        &folder,
        &[
            "out/empty-one",
            "--users",
            "alice,bob",
            "--domain",
            "code.x.com",
        ],
    );
    let manifest = fs::read_to_string(folder.join("out/empty-one/Cargo.toml"));
    assert!(manifest.expect("it is there").contains("\n[workspace]\n"));
    let template = synth(&folder.join("out/empty-one"));
    assert!(template.contains("alice.code.x.com"), "{template}");

    succeeds(&folder, &["in/member"]);
    let manifest = fs::read_to_string(folder.join("in/member/Cargo.toml"));
    assert!(!manifest.expect("it is there").contains("[workspace]"));
    assert!(synth(&folder.join("in/member")).contains("Dev1Record:"));
}

#[test]
fn an_empty_folder_is_filled() {
    let folder = empty("filled");
    let reported = succeeds(&folder, &["."]);
    assert!(
        reported.contains("Next:\n\n  ") && !reported.contains("  cd "),
        "{reported}"
    );
    assert!(names(&folder).iter().any(|name| name == "Cargo.toml"));
    assert_eq!(names(&folder.join("src")), ["main.rs"]);
    let beside = names(folder.parent().expect("it has a parent"));
    assert!(
        beside.iter().all(|name| !name.starts_with('.')),
        "{beside:?}"
    );
}

#[test]
fn invalid_arguments_are_rejected_with_a_help() {
    let folder = empty("rejected");
    let reported = rejected(&folder, &["Acme IDE"], 2);
    assert!(reported.contains("= help: write `acme-ide`"), "{reported}");
    let reported = rejected(&folder, &["deep/type"], 2);
    assert!(reported.contains("= help: write `type-ide`"), "{reported}");
    let reported = rejected(&folder, &["demo", "--domain", "https://x.com"], 1);
    assert!(reported.contains("demo: "), "{reported}");
    let reported = rejected(&folder, &["demo", "--users", "alice,alice"], 1);
    assert!(reported.contains("alice"), "{reported}");
    let reported = rejected(&folder, &[".."], 2);
    assert!(reported.contains("= help: pass a folder"), "{reported}");
    fs::write(folder.join("file"), "").expect("the file is written");
    let reported = rejected(&folder, &["file"], 1);
    assert!(reported.contains("file is a file"), "{reported}");
    let reported = rejected(&folder, &["demo", "--users", ","], 1);
    assert!(reported.contains("the users are missing"), "{reported}");
    let reported = rejected(&folder, &["demo", "--vsc-path", "/"], 2);
    assert!(
        reported.contains("not the folder of the crate vsc"),
        "{reported}"
    );
}

#[test]
fn the_dependency_is_the_requested_one() {
    let folder = empty("dependency");
    let manifest = |name: &str, arguments: &[&str]| {
        let arguments = [&[name, "--vcs", "none"], arguments].concat();
        succeeds(&folder, &arguments);
        let krate = folder.join(name);
        assert!(!krate.join(".git").exists());
        fs::read_to_string(krate.join("Cargo.toml")).expect("it is there")
    };
    let git = manifest("a", &["--vsc-git", "https://example.com/vsc#1a2b3c4"]);
    let line = r#"vsc = { git = "https://example.com/vsc", rev = "1a2b3c4" }"#;
    assert!(git.contains(line), "{git}");
    let version = manifest("b", &["--vsc-version", "0.1"]);
    assert!(version.contains("vsc = \"0.1\"\n"), "{version}");
}
