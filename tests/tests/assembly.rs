//! The assembly: what a config crate writes, and what the program `vsc` reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use vsc_tests::synth::example;
use vsc_tests::tool::vsc;
use vsc_tests::{work_folder, workspace};

/// What an example writes to a folder of this test.
fn written(test: &str, package: &str) -> PathBuf {
    let folder = work_folder().join(format!("assembly-{test}-{package}"));
    let _ = fs::remove_dir_all(&folder);
    example(package, &["synth", "--output", &folder.to_string_lossy()]);
    folder
}

fn json(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("it is written");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The names of all members of a value.
fn members(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| members(item, names)),
        Value::Object(object) => {
            for (name, member) in object {
                names.insert(name.clone());
                members(member, names);
            }
        }
        _ => {}
    }
}

#[test]
fn every_member_is_documented() {
    let mut names = BTreeSet::new();
    for package in ["quickstart", "teams", "environments"] {
        members(
            &json(&written("documented", package).join("assembly.json")),
            &mut names,
        );
    }
    assert!(names.len() > 50, "{names:?}");
    let page = fs::read_to_string(workspace().join("docs/assembly.md")).expect("it is there");
    let documented = |name: &&String| {
        let marks = ["`", "[].", "\""];
        !marks
            .iter()
            .any(|mark| page.contains(&format!("{mark}{name}")))
    };
    let missing: Vec<&String> = names.iter().filter(documented).collect();
    assert!(missing.is_empty(), "docs/assembly.md lacks {missing:?}");
}

#[test]
fn two_runs_write_the_same() {
    let read = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(folder).expect("it is there");
        let mut files: Vec<_> = entries
            .map(|entry| {
                let entry = entry.expect("it is read");
                let name = entry.file_name().to_string_lossy().into_owned();
                (name, fs::read(entry.path()).expect("it is a file"))
            })
            .collect();
        files.sort();
        files
    };
    let first = read(&written("twice", "teams"));
    assert_eq!(first.len(), 5);
    assert_eq!(first, read(&written("twice", "teams")));
}

/// `users` of an assembly whose file has this text.
fn users(name: &str, text: &str) -> Output {
    let folder = work_folder().join("assemblies").join(name);
    fs::create_dir_all(&folder).expect("the folder is made");
    fs::write(folder.join("assembly.json"), text).expect("it is written");
    let mut command = vsc();
    command.args(["users", "--offline", "--app"]).arg(&folder);
    command.output().expect("it runs")
}

#[test]
fn other_versions_are_rejected_with_the_command_that_helps() {
    for (name, text, reason, help) in [
        (
            "newer",
            r#"{"version": 2, "vsc": "9.0.0", "stacks": "of another kind"}"#,
            "it was written by vsc 9.0.0 in the format 2; this program reads up to 1",
            "cargo install --locked vsc-cli",
        ),
        (
            "older",
            r#"{"version": 0, "stacks": []}"#,
            "it was written in the format 0, which this program no longer reads",
            "cargo update -p vsc",
        ),
        (
            "half",
            r#"{"version": 1, "stacks": [{"name": "#,
            "not an assembly: EOF while parsing",
            "synth --output DIR`",
        ),
        (
            "other",
            r#"{"Resources": {}}"#,
            "not an assembly: missing field `version`",
            "synth --output DIR`",
        ),
    ] {
        let output = users(name, text);
        let reported = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {reported}");
        assert!(reported.contains(reason), "{name}: {reported}");
        assert!(reported.contains(help), "{name}: {reported}");
    }
}

#[test]
fn what_a_later_version_adds_is_ignored() {
    let output = users(
        "more",
        r#"{"version": 1, "colour": "red", "stacks": [], "errors": []}"#,
    );
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn errors_of_declarations_and_missing_files_are_reported() {
    let output = users(
        "rejected",
        r#"{"version": 1, "stacks": [], "errors": [{"subject": "Acme\u001b[2J", "message": "too many users", "help": "write fewer"}]}"#,
    );
    let reported = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        reported,
        "error: Acme\\u{1b}[2J: too many users\n= help: write fewer\n"
    );
    let output = users(
        "missing",
        r#"{"version": 1, "stacks": [{"name": "a", "template": "a.template.yaml"}]}"#,
    );
    let reported = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(reported.contains("a.template.yaml: "), "{reported}");
}
