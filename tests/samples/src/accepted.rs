//! Files that cfn-lint accepts, and that `vsc check` must accept as well.
//!
//! The inputs of the translator of the Serverless Application Model have no transform, and functions
//! with retired runtimes: both are corrected in a copy.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;
use vsc::Object;
use vsc_tests::python::Environment;

use crate::templates;

/// How many files cfn-lint reads in one go.
const AT_ONCE: usize = 100;

/// Retired runtimes and their replacements.
const RUNTIMES: [(&str, &str); 12] = [
    ("nodejs10.x", "nodejs22.x"),
    ("nodejs12.x", "nodejs22.x"),
    ("nodejs14.x", "nodejs22.x"),
    ("nodejs16.x", "nodejs22.x"),
    ("nodejs18.x", "nodejs22.x"),
    ("nodejs4.3", "nodejs22.x"),
    ("nodejs6.10", "nodejs22.x"),
    ("nodejs8.10", "nodejs22.x"),
    ("python2.7", "python3.12"),
    ("python3.6", "python3.12"),
    ("python3.7", "python3.12"),
    ("python3.8", "python3.12"),
];

/// Prints each file that only we reject, and fails if there is one.
pub(crate) fn compare(program: &Path, folders: &[PathBuf]) -> ExitCode {
    let work = vsc_tests::work_folder().join("accepted");
    let mut originals = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| templates::files(folder)) {
        let copy = work.join(originals.len().to_string());
        fs::create_dir_all(&copy).expect("the directory is writable");
        let copy = copy.join(path.file_name().expect("it is a file"));
        let text = fs::read_to_string(&path).expect("the file is text");
        fs::write(&copy, corrected(text)).expect("the directory is writable");
        originals.insert(copy, path);
    }
    let copies: Vec<&PathBuf> = originals.keys().collect();
    let (mut accepted, mut wrong) = (0, 0);
    for copies in copies.chunks(AT_ONCE) {
        let (theirs, ours) = (cfn_lint(copies), vsc(program, copies));
        for copy in copies.iter().filter(|copy| !theirs.contains(**copy)) {
            accepted += 1;
            let original = &originals[*copy];
            if let Some(errors) = ours.get(*copy).filter(|_| !is_known(original, copy)) {
                wrong += 1;
                println!("{}: {}", original.display(), errors.join("; "));
            }
        }
    }
    println!(
        "{} files, cfn-lint accepts {accepted}, and we reject {wrong} of these",
        originals.len()
    );
    if accepted == 0 {
        println!("nothing was compared");
        ExitCode::FAILURE
    } else if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The template as it would be deployed today.
fn corrected(text: String) -> String {
    let is_serverless = text.contains("AWS::Serverless::");
    let has_transform = text.starts_with("Transform:") || text.contains("\nTransform:");
    let is_yaml = !text.trim_start().starts_with('{');
    if !is_serverless {
        return text;
    }
    let text = RUNTIMES
        .iter()
        .fold(text, |text, (old, new)| text.replace(old, new));
    if has_transform || !is_yaml {
        text
    } else {
        format!("Transform: AWS::Serverless-2016-10-31\n{text}")
    }
}

/// Whether a file is rejected for a good reason: templates without resources, which CloudFormation rejects
/// ("At least one Resources member must be defined"), and fixtures that are bad.
fn is_known(original: &Path, copy: &Path) -> bool {
    let is_bad = original.components().any(|part| part.as_os_str() == "bad");
    let text = fs::read_to_string(copy).unwrap_or_default();
    let source = vsc::template::Source::read(&text).ok();
    let resources = source.as_ref().and_then(|source| {
        let resources = source.json().get("Resources")?;
        resources.as_object()
    });
    is_bad || resources.is_none_or(Object::is_empty)
}

/// The files in which cfn-lint finds an error.
fn cfn_lint(files: &[&PathBuf]) -> BTreeSet<PathBuf> {
    let mut command = Environment::new("linters").program("cfn-lint");
    command.args(["--regions", "us-east-1", "--format", "json", "--template"]);
    // Its exit codes are bits: 2 errors, 4 warnings, 8 informations.
    let reported = answer(command.args(files), |code| code & 1 == 0 && code < 16);
    let Some(reported) = reported else {
        // It crashes on some files, and reports nothing about the others.
        return match files {
            [only] => BTreeSet::from([(*only).clone()]),
            many => many.iter().flat_map(|file| cfn_lint(&[*file])).collect(),
        };
    };
    let errors = reported.iter().filter(|reported| {
        let id = reported["Rule"]["Id"].as_str();
        id.is_some_and(|id| id.starts_with('E'))
    });
    errors
        .map(|reported| one_of(files, &reported["Filename"]).clone())
        .collect()
}

/// The file of a diagnostic.
fn one_of<'a>(files: &[&'a PathBuf], named: &Value) -> &'a PathBuf {
    let found = files
        .iter()
        .find(|file| named == file.to_str().unwrap_or_default());
    found.unwrap_or_else(|| panic!("{named} is not among the files"))
}

/// The errors that we find, by file.
fn vsc(program: &Path, files: &[&PathBuf]) -> BTreeMap<PathBuf, Vec<String>> {
    let mut command = Command::new(program);
    let command = command.args(["check", "--json", "--quiet"]).args(files);
    let reported = answer(command, |code| code <= 1);
    let reported = reported.expect("it answers whatever it is given");
    let mut errors: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for reported in reported
        .iter()
        .filter(|reported| reported["severity"] == "error")
    {
        let file = one_of(files, &reported["file"]).clone();
        let message = reported["message"].as_str().expect("it says what is wrong");
        errors.entry(file).or_default().push(message.to_owned());
    }
    errors
}

/// The output of a program, if it succeeds.
fn answer(command: &mut Command, is_good: fn(i32) -> bool) -> Option<Vec<Value>> {
    let output = command.output().expect("the program starts");
    output.status.code().filter(|code| is_good(*code))?;
    serde_json::from_slice(&output.stdout).ok()
}
