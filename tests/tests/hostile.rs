//! Malicious templates and file names have no effect on a terminal, a log and generated source.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use vsc_tests::tool::vsc;
use vsc_tests::{work_folder, workspace};

/// A name that would end a comment, a line and a string: each way to escape from generated source and
/// into a log.
const NAME: &str =
    "t`.\nconst S: &str = r##\".\"##;\n::error title=x::\u{1b}[2J\u{9b}31m\u{202e}\u{200b}.json";

/// The template of the cases: logical IDs with terminal sequences and a workflow command.
fn template() -> PathBuf {
    workspace().join("tests/templates/control-characters.json")
}

/// An empty folder of this test.
fn folder(name: &str) -> PathBuf {
    let folder = work_folder().join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let output = vsc().current_dir(folder).args(arguments).output();
    output.expect("vsc runs")
}

/// Asserts that both streams are harmless: no colours but the program's own, and no workflow command.
fn assert_harmless(output: &Output) {
    for stream in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(stream.clone()).expect("it is text");
        let mut plain = text.clone();
        for look in ["0", "1", "2", "31", "32", "33", "36", "91", "93", "96"] {
            plain = plain.replace(&format!("\u{1b}[{look}m"), "");
        }
        let hidden = |letter: char| {
            letter.is_control() && !"\n\t".contains(letter)
                || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
        };
        assert!(!plain.contains(hidden), "{text:?}");
        assert!(
            !plain
                .lines()
                .any(|line| line.trim_start().starts_with("::")),
            "{text}"
        );
    }
}

#[test]
fn text_of_a_template_is_escaped_on_the_terminal() {
    let folder = folder("template");
    fs::copy(template(), folder.join(NAME)).expect("it is copied");
    for colour in ["never", "always"] {
        let check = run(&folder, &["--color", colour, "check", NAME]);
        assert_eq!(check.status.code(), Some(1));
        assert!(!check.stdout.is_empty());
        assert_harmless(&check);
        let convert = run(&folder, &["--color", colour, "convert", NAME]);
        assert_eq!(convert.status.code(), Some(0));
        assert!(!convert.stdout.is_empty() && !convert.stderr.is_empty());
        assert_harmless(&convert);
    }
    let output = run(&folder, &["check", NAME]);
    let text = String::from_utf8(output.stdout).expect("it is text");
    assert!(text.contains(r"`A\u{1b}]0;owned\u{7}\u{1b}[2J`"), "{text}");
    assert!(
        text.contains(r"--> t`.\nconst S: &str = r##"),
        "the name is on one line: {text}"
    );
    // The source line shows control pictures, as wide as the characters they replace.
    fs::write(
        folder.join("a.yaml"),
        "Resources:\n  A: \u{1b}[2J\u{202e}\n",
    )
    .expect("written");
    let output = run(&folder, &["--color", "always", "check", "a.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stdout.is_empty());
    assert_harmless(&output);
}

#[test]
fn json_contains_the_same_data() {
    let folder = folder("json");
    let name = "a\u{9b}\u{202e}.json";
    fs::copy(template(), folder.join(name)).expect("it is copied");
    let output = run(&folder, &["check", "--json", name]);
    assert_harmless(&output);
    let found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(found[0]["file"], name);
    assert_eq!(found[0]["path"][1], "A\u{1b}]0;owned\u{7}\u{1b}[2J");
}

#[test]
fn arguments_are_shown_on_their_line() {
    let folder = folder("arguments");
    let bad = "x\n::error::y\u{1b}[2J\u{202e}";
    let option = format!("--{bad}");
    for arguments in [
        &[bad][..],
        &["check", bad],
        &["check", &option],
        &["convert", bad],
        &["convert", "a.json", "--name", bad],
        &["schema", bad],
        &["schema", "AWS::S3::Bucket", bad],
        &["completions", bad],
        &["new", bad],
        &["new", "demo", "--domain", bad],
        &["new", "demo", "--users", bad],
        &["new", "demo", "--vsc-path", bad],
        &["man", bad],
        &["--color", bad, "check", "x"],
    ] {
        for colour in ["never", "always"] {
            let arguments = [arguments, &["--color", colour]].concat();
            let output = run(&folder, &arguments);
            assert!(!output.status.success(), "{arguments:?}");
            assert_harmless(&output);
            let reported = String::from_utf8_lossy(&output.stderr);
            assert!(reported.contains("error"), "{arguments:?}: {reported}");
            assert!(
                !reported
                    .lines()
                    .any(|line| line.contains("error::y") && !line.contains(r"x\n")),
                "{arguments:?}: {reported}"
            );
        }
    }
}

/// The generated source for a template of this name.
fn converted(folder: &Path, name: &str, output: &str) -> String {
    let output = run(
        folder,
        &["convert", name, "--output", output, "--vcs", "none"],
    );
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reported}");
    fs::read_to_string(folder.join("made/src/main.rs")).expect("it is written")
}

#[test]
fn the_name_of_a_file_is_not_code() {
    let folder = folder("source");
    let (plain, hostile) = ("plain.json", NAME);
    for name in [plain, hostile] {
        fs::write(
            folder.join(name),
            r#"{"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}"#,
        )
        .expect("it is written");
    }
    let expected = converted(&folder, plain, "made");
    fs::remove_dir_all(folder.join("made")).expect("it is there");
    let written = converted(&folder, hostile, "made");
    let (head, body) = written.split_once('\n').expect("it has lines");
    assert_eq!(
        head,
        r###"//! The stack `t`, converted from `t'.\nconst S: &str = r##"."##;\n::error title=x::\u{1b}[2J\u{9b}31m\u{202e}\u{200b}.json`."###
    );
    let (_, expected) = expected.split_once('\n').expect("it has lines");
    assert_eq!(body, expected.replace("\"plain\"", "\"t\""));
}

#[test]
fn the_path_of_the_library_is_not_code() {
    let folder = folder("manifest");
    let library = folder.join("a\"\n[build-dependencies]\nx = \"*\"");
    fs::create_dir_all(&library).expect("it can be made");
    fs::write(library.join("Cargo.toml"), "name = \"vsc\"\n").expect("it is written");
    let library = library.to_str().expect("it is text");
    let output = run(
        &folder,
        &["new", "demo", "--vcs", "none", "--vsc-path", library],
    );
    assert!(output.status.success());
    let manifest = fs::read_to_string(folder.join("demo/Cargo.toml")).expect("it is written");
    assert!(!manifest.contains("\n[build-dependencies]"), "{manifest}");
    assert!(
        manifest.contains(r#"a\"\U0000000a[build-dependencies]\U0000000ax = \"*\""#),
        "{manifest}"
    );
}

#[test]
fn a_file_too_large_for_a_template_is_not_read() {
    let folder = folder("large");
    let large = format!("{{\"Resources\": {{}}}}{}", " ".repeat(5 * 1_024 * 1_024));
    fs::write(folder.join("large.json"), &large).expect("it is written");
    for arguments in [&["check", "large.json"][..], &["convert", "large.json"]] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let reported = String::from_utf8_lossy(&output.stderr);
        assert!(
            reported.starts_with("error: large.json: the file is too large for a template\n"),
            "{reported}"
        );
    }
    // A device is endless.
    let output = run(&folder, &["check", "/dev/zero"]);
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(reported.contains("too large for a template"), "{reported}");
    // In a folder it is skipped.
    fs::write(
        folder.join("a.yaml"),
        "Resources:\n  A:\n    Type: AWS::SNS::Topic\n",
    )
    .expect("written");
    let output = run(&folder, &["check", "."]);
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(reported.contains("1 template:"), "{reported}");
}
