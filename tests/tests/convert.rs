//! `vsc convert`, as a user calls it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vsc::template::Source;
use vsc_tests::tool::{cargo_outside, vsc};
use vsc_tests::{work_folder, workspace};

#[path = "../samples/compare.rs"]
#[allow(dead_code)]
mod compare;

/// Our own templates.
fn template(name: &str) -> PathBuf {
    Path::new("tests/convert").join(name)
}

/// Standard output and standard error.
fn converted(name: &str) -> String {
    let mut vsc = vsc();
    vsc.current_dir(workspace());
    let output = vsc.arg("convert").arg(template(name)).output();
    let output = output.expect("vsc runs");
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert!(output.status.success(), "{reported}");
    let printed = String::from_utf8(output.stdout).expect("the program is text");
    format!("{printed}\n{reported}")
}

#[test]
fn a_template_is_converted_to_idiomatic_code() {
    for name in ["network.json", "everything.yaml"] {
        insta::assert_snapshot!(name, converted(name));
    }
}

#[test]
fn converted_code_compiles_and_gives_the_template() {
    let folder = work_folder().join("convert").join("everything");
    let _ = fs::remove_dir_all(&folder);
    let mut vsc = vsc();
    vsc.current_dir(workspace());
    vsc.arg("convert").arg(template("everything.yaml"));
    let output = vsc.arg("--output").arg(&folder).args(["--vcs", "none"]);
    assert!(output.output().expect("vsc runs").status.success());
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check"]);
    let output = rustfmt.arg(folder.join("src/main.rs")).output();
    let output = output.expect("rustfmt runs: `rustup component add rustfmt` installs it");
    let reported = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "rustfmt would change it: {reported}"
    );
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("it is copied");

    let mut cargo = cargo_outside(&folder);
    cargo.args(["run", "--quiet", "--", "synth", "--format", "json"]);
    let output = cargo.output().expect("cargo runs");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reported}");

    let text = fs::read_to_string(workspace().join(template("everything.yaml")));
    let original = Source::read(&text.expect("the template is there")).expect("it is a template");
    let printed = String::from_utf8(output.stdout).expect("the template is text");
    let synthesized = Source::read(&printed).expect("it is a template");
    let difference = compare::templates(original.json(), synthesized.json());
    assert_eq!(difference, None);
}

/// The comparison that other tests use reports differences, and nothing else.
#[test]
fn templates_are_compared_as_cloudformation_reads_them() {
    let read = |text: &str| Source::read(text).expect("it is a template").json().clone();
    let difference = |one: &str, other: &str| compare::templates(&read(one), &read(other));
    let one = "Resources:\n  A: {Type: T, DependsOn: B, Properties: {Size: 1, Name: a}}";
    let same = "Resources:\n  A: {DependsOn: [B], Properties: {Name: a, Size: 1}, Type: T}";
    assert_eq!(difference(one, same), None);
    let text = same.replace("Size: 1", "Size: '1'");
    let reported = difference(one, &text).expect("a number is no text");
    assert!(
        reported.starts_with("/Resources/A/Properties/Size: "),
        "{reported}"
    );
    let less = same.replace("Name: a, ", "");
    let reported = difference(one, &less).expect("a name is missing");
    assert_eq!(reported, "/Resources/A/Properties/Name is lost");
}

#[test]
fn an_invalid_template_is_rejected() {
    let folder = work_folder().join("convert").join("rejected");
    fs::create_dir_all(&folder).expect("the folder is made");
    for (text, reported) in [
        ("Parameters: {}\n", "it has no `Resources`"),
        ("Resources:\n\t- a\n", "rejected.yaml:2:"),
        ("- a\n", "a template is an object, not a list"),
    ] {
        let file = folder.join("rejected.yaml");
        fs::write(&file, text).expect("the file is written");
        let mut vsc = vsc();
        let output = vsc.arg("convert").arg(&file).output().expect("vsc runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(
            output.stdout.is_empty() && errors.contains(reported),
            "{errors}"
        );
    }
}
