//! The results of the two linters.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;
use vsc_tests::python::Environment;

use crate::templates::Template;

/// A resource of a file.
pub(crate) type Resource = (String, String);

/// The errors of a linter.
pub(crate) struct Verdict {
    /// How long it took for all templates.
    pub(crate) time: Duration,
    /// The rule and the message of each error, by resource.
    pub(crate) errors: HashMap<Resource, Vec<(String, String)>>,
}

/// Ours: the errors, no warnings.
pub(crate) fn vsc(program: &Path, templates: &[Template]) -> Verdict {
    let mut command = Command::new(program);
    command.args(["check", "--json", "--quiet"]);
    command.args(templates.iter().map(|template| &template.path));
    linter(&mut command, |reported| {
        (reported["severity"] == "error").then(|| Reported {
            file: &reported["file"],
            path: &reported["path"],
            rule: &reported["id"],
            words: &reported["message"],
        })
    })
}

/// Theirs: the errors of all families.
pub(crate) fn cfn_lint(templates: &[Template]) -> Verdict {
    let mut command = Environment::new("linters").program("cfn-lint");
    command.args(["--regions", "us-east-1", "--format", "json", "--template"]);
    command.args(templates.iter().map(|template| &template.path));
    linter(&mut command, |reported| {
        let id = reported["Rule"]["Id"].as_str().unwrap_or_default();
        id.starts_with('E').then(|| Reported {
            file: &reported["Filename"],
            path: &reported["Location"]["Path"],
            rule: &reported["Rule"]["Id"],
            words: &reported["Message"],
        })
    })
}

struct Reported<'a> {
    file: &'a Value,
    path: &'a Value,
    rule: &'a Value,
    words: &'a Value,
}

fn linter(command: &mut Command, read: fn(&Value) -> Option<Reported<'_>>) -> Verdict {
    let start = Instant::now();
    let output: Output = command.output().expect("the linter starts");
    let time = start.elapsed();
    let all: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("{command:?} does not answer: {error}\n{errors}")
    });
    let mut errors: HashMap<Resource, Vec<(String, String)>> = HashMap::new();
    for reported in all.as_array().expect("a list").iter().filter_map(read) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if reported.path[0] == "Resources" {
            let resource = (text(reported.file), text(&reported.path[1]));
            let error = (text(reported.rule), text(reported.words));
            errors.entry(resource).or_default().push(error);
        }
    }
    Verdict { time, errors }
}
