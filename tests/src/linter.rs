//! Checks templates with linters of others.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::python::Environment;
use crate::synth::Template;
use crate::{workspace, yaml};

/// A complaint of a linter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The template.
    pub template: String,
    /// `cfn-lint`, `cloudformation-validate`, `PyYAML`, `serde_yaml` or `checkov`.
    pub linter: String,
    /// The rule and the message.
    pub message: String,
}

/// All errors and warnings of cfn-lint and cloudformation-validate, and values that PyYAML or `serde_yaml` reads
/// differently.
///
/// # Panics
///
/// When the linters cannot be run.
pub fn complaints(templates: &[Template]) -> Vec<Complaint> {
    checked(templates, "linters", "linters.py")
}

/// All checkov policies that the templates neither follow nor suppress.
///
/// # Panics
///
/// When checkov cannot be run.
pub fn policies_broken(templates: &[Template]) -> Vec<Complaint> {
    checked(templates, "checkov", "policies.py")
}

/// Runs a script on the templates in a Python environment.
fn checked(templates: &[Template], environment: &str, script: &str) -> Vec<Complaint> {
    assert!(!templates.is_empty(), "there is nothing to check");
    let subjects: Vec<Value> = templates
        .iter()
        .map(|template| json!({ "name": template.name, "yaml": template.yaml, "json": template.json }))
        .collect();
    let mut linter = Environment::new(environment)
        .program("python")
        .arg(workspace().join("tests/linters").join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the linter starts");
    let input = serde_json::to_vec(&subjects).expect("templates are text");
    linter
        .stdin
        .take()
        .expect("it is piped")
        .write_all(&input)
        .expect("the linter listens");
    let output = linter.wait_with_output().expect("the linter ends");
    assert!(
        output.status.success(),
        "the linter failed: {}",
        output.status
    );
    let answer: Value = serde_json::from_slice(&output.stdout).expect("the linter prints JSON");
    let checked = answer["checked"].as_array().expect("a list of names");
    assert!(
        checked
            .iter()
            .eq(templates.iter().map(|one| one.name.as_str())),
        "the linters saw {checked:?}"
    );
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let complaints = answer["complaints"].as_array();
    let complaints = complaints.expect("a list of complaints").iter();
    let complaints = complaints.map(|complaint| Complaint {
        template: text(&complaint["template"]),
        linter: text(&complaint["linter"]),
        message: text(&complaint["message"]),
    });
    complaints
        .chain(templates.iter().filter_map(misread))
        .collect()
}

/// A complaint if `serde_yaml` reads another value from the YAML than `serde_json` from the JSON.
fn misread(template: &Template) -> Option<Complaint> {
    let json: Value = serde_json::from_str(&template.json).expect("it is JSON");
    let message = match yaml::value(&template.yaml) {
        Ok(value) if value == json => return None,
        Ok(_) => "the YAML and the JSON differ".to_owned(),
        Err(error) => format!("the YAML cannot be read: {error}"),
    };
    Some(Complaint {
        template: template.name.clone(),
        linter: "serde_yaml".to_owned(),
        message,
    })
}

/// Checks the templates with all linters but checkov: resources of examples are kept short.
///
/// # Panics
///
/// When a linter has an error or a warning for one of them.
pub fn assert_clean(templates: &[Template]) {
    assert_none(&complaints(templates));
}

/// Checks templates of the pattern's own resources with checkov.
///
/// # Panics
///
/// When one of them breaks a policy without a reason.
pub fn assert_policies(templates: &[Template]) {
    assert_none(&policies_broken(templates));
}

fn assert_none(complaints: &[Complaint]) {
    let lines: Vec<String> = complaints
        .iter()
        .map(
            |Complaint {
                 template,
                 linter,
                 message,
             }| format!("{template}: {linter}: {message}"),
        )
        .collect();
    assert!(
        lines.is_empty(),
        "the linters object:\n{}",
        lines.join("\n")
    );
}
