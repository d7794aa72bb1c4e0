//! What the two judges say.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;
use vsc_tests::python::Environment;

use crate::templates::Template;

/// A resource of a file.
pub(crate) type Resource = (String, String);

/// The errors of a judge.
pub(crate) struct Verdict {
    /// How long it took for all templates.
    pub(crate) time: Duration,
    /// The rule and the words of each error, by resource.
    pub(crate) errors: HashMap<Resource, Vec<(String, String)>>,
}

/// Ours: the errors, no warnings.
pub(crate) fn vsc(program: &Path, templates: &[Template]) -> Verdict {
    let mut command = Command::new(program);
    command.args(["check", "--json", "--quiet"]);
    command.args(templates.iter().map(|template| &template.path));
    judge(&mut command, |told| {
        (told["severity"] == "error").then(|| Told {
            file: &told["file"],
            path: &told["path"],
            rule: &told["id"],
            words: &told["message"],
        })
    })
}

/// Theirs: the errors of all families.
pub(crate) fn cfn_lint(templates: &[Template]) -> Verdict {
    let mut command = Environment::new("judges").program("cfn-lint");
    command.args(["--regions", "us-east-1", "--format", "json", "--template"]);
    command.args(templates.iter().map(|template| &template.path));
    judge(&mut command, |told| {
        let id = told["Rule"]["Id"].as_str().unwrap_or_default();
        id.starts_with('E').then(|| Told {
            file: &told["Filename"],
            path: &told["Location"]["Path"],
            rule: &told["Rule"]["Id"],
            words: &told["Message"],
        })
    })
}

struct Told<'a> {
    file: &'a Value,
    path: &'a Value,
    rule: &'a Value,
    words: &'a Value,
}

fn judge(command: &mut Command, read: fn(&Value) -> Option<Told<'_>>) -> Verdict {
    let start = Instant::now();
    let output: Output = command.output().expect("the judge starts");
    let time = start.elapsed();
    let all: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("{command:?} does not answer: {error}\n{errors}")
    });
    let mut errors: HashMap<Resource, Vec<(String, String)>> = HashMap::new();
    for told in all.as_array().expect("a list").iter().filter_map(read) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if told.path[0] == "Resources" {
            let resource = (text(told.file), text(&told.path[1]));
            let error = (text(told.rule), text(told.words));
            errors.entry(resource).or_default().push(error);
        }
    }
    Verdict { time, errors }
}
