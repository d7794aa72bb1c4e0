//! Judges templates by programs that are not ours.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::python::Environment;
use crate::synth::Template;
use crate::workspace;

/// What a judge objects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The template.
    pub template: String,
    /// `cfn-lint`, `cloudformation-validate`, `PyYAML` or `checkov`.
    pub judge: String,
    /// The rule, and what the judge says.
    pub message: String,
}

/// Every error and warning that cfn-lint and cloudformation-validate have for the templates, and what
/// PyYAML reads otherwise.
///
/// # Panics
///
/// When the judges cannot be run.
pub fn complaints(templates: &[Template]) -> Vec<Complaint> {
    judged(templates, "judges", "judge.py")
}

/// Every policy of checkov that the templates neither follow nor suppress.
///
/// # Panics
///
/// When checkov cannot be run.
pub fn policies_broken(templates: &[Template]) -> Vec<Complaint> {
    judged(templates, "checkov", "policies.py")
}

/// What a script says of the templates that runs in an environment of Python.
fn judged(templates: &[Template], environment: &str, script: &str) -> Vec<Complaint> {
    assert!(!templates.is_empty(), "there is nothing to judge");
    let subjects: Vec<Value> = templates
        .iter()
        .map(|template| json!({ "name": template.name, "yaml": template.yaml, "json": template.json }))
        .collect();
    let mut judge = Environment::new(environment)
        .program("python")
        .arg(workspace().join("tests/judges").join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge starts");
    let input = serde_json::to_vec(&subjects).expect("templates are text");
    judge
        .stdin
        .take()
        .expect("it is piped")
        .write_all(&input)
        .expect("the judge listens");
    let output = judge.wait_with_output().expect("the judge ends");
    assert!(
        output.status.success(),
        "the judge failed: {}",
        output.status
    );
    let answer: Value = serde_json::from_slice(&output.stdout).expect("the judge answers");
    let judged = answer["judged"].as_array().expect("a list of names");
    assert!(
        judged
            .iter()
            .eq(templates.iter().map(|one| one.name.as_str())),
        "the judges saw {judged:?}"
    );
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    answer["complaints"]
        .as_array()
        .expect("a list of complaints")
        .iter()
        .map(|complaint| Complaint {
            template: text(&complaint["template"]),
            judge: text(&complaint["judge"]),
            message: text(&complaint["message"]),
        })
        .collect()
}

/// Judges the templates by all but checkov: those of examples hold resources that are there to be short.
///
/// # Panics
///
/// When a judge has an error or a warning for one of them.
pub fn assert_clean(templates: &[Template]) {
    assert_none(&complaints(templates));
}

/// Judges templates of the pattern's own resources by checkov.
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
                 judge,
                 message,
             }| format!("{template}: {judge}: {message}"),
        )
        .collect();
    assert!(lines.is_empty(), "the judges object:\n{}", lines.join("\n"));
}
