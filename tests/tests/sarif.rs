//! `check --format sarif`: the log conforms to the standard.

use std::process::Output;

use serde_json::Value;
use vsc_tests::tool::vsc;
use vsc_tests::workspace;

fn check(arguments: &[&str]) -> Output {
    let mut command = vsc();
    command.current_dir(workspace().join("tests/templates"));
    command.args(["check", "--format", "sarif"]).args(arguments);
    command.output().expect("cargo runs")
}

fn log(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// The part of the published schema that our logs use.
fn schema() -> Value {
    let text = include_str!("../sarif-2.1.0.json");
    serde_json::from_str(text).expect("the schema is JSON")
}

/// The violations of a schema by a value, for the keywords that this schema has.
fn violations(value: &Value, rule: &Value, root: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(reference) = rule["$ref"].as_str() {
        let pointer = reference.strip_prefix('#').expect("it is in this document");
        let target = root.pointer(pointer).expect("the definition is there");
        return violations(value, target, root, path, found);
    }
    let has_type = match rule["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        None => true,
        Some(other) => panic!("{path}: unknown type `{other}`"),
    };
    if !has_type {
        found.push(format!("{path}: is not {}", rule["type"]));
    }
    if let Some(allowed) = rule["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{path}: {value} is not among {allowed:?}"));
    }
    if let (Some(least), Some(number)) = (rule["minimum"].as_i64(), value.as_i64())
        && number < least
    {
        found.push(format!("{path}: {number} is less than {least}"));
    }
    let lacks = |rule: &Value| -> Vec<String> {
        let required = rule["required"].as_array().into_iter().flatten();
        let names = required.filter_map(Value::as_str);
        names
            .filter(|name| value.get(name).is_none())
            .map(|name| format!("{path}: has no `{name}`"))
            .collect()
    };
    found.extend(lacks(rule));
    if let Some(choices) = rule["anyOf"].as_array()
        && choices.iter().all(|choice| !lacks(choice).is_empty())
    {
        found.push(format!("{path}: meets none of {choices:?}"));
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match rule["properties"].get(name) {
            Some(inner) => violations(member, inner, root, &format!("{path}/{name}"), found),
            None if rule["additionalProperties"] == false => {
                found.push(format!("{path}: `{name}` is not known"));
            }
            None => {}
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        violations(
            item,
            &rule["items"],
            root,
            &format!("{path}/{index}"),
            found,
        );
    }
}

fn invalid(log: &Value) -> Vec<String> {
    let schema = schema();
    let mut found = Vec::new();
    violations(log, &schema, &schema, "", &mut found);
    found
}

#[test]
fn a_log_is_valid_and_points_to_the_lints() {
    let output = check(&["bad.yaml", "bad.json", "twice.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    let log = log(&output);
    assert_eq!(invalid(&log), [""; 0]);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), 13);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("it has an index");
        let rule = &rules[usize::try_from(index).expect("it is small")];
        assert_eq!(rule["id"], result["ruleId"]);
        let url = rule["helpUri"].as_str().expect("it has a page");
        let page = url
            .split_once("/docs/")
            .expect("it is in the documentation")
            .1;
        assert!(workspace().join("docs").join(page).is_file(), "{url}");
        let location = &result["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"]
            .as_str()
            .expect("a file");
        assert!(
            ["bad.yaml", "bad.json", "twice.yaml"].contains(&uri),
            "{uri}"
        );
    }
}

#[test]
fn a_good_template_and_a_missing_one_are_logs() {
    let good = check(&["good.yaml"]);
    assert_eq!(good.status.code(), Some(0));
    let good = log(&good);
    assert_eq!(invalid(&good), [""; 0]);
    assert_eq!(good["runs"][0]["results"], Value::Array(Vec::new()));
    let missing = check(&["missing.yaml"]);
    assert_eq!(missing.status.code(), Some(1));
    let missing = log(&missing);
    assert_eq!(invalid(&missing), [""; 0]);
    let invocation = &missing["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    let text = notification["message"]["text"].as_str().expect("a text");
    assert!(text.starts_with("missing.yaml: "), "{text}");
}

/// A validator that never finds an error would prove nothing.
#[test]
fn a_wrong_log_is_found() {
    let log = log(&check(&["bad.yaml"]));
    for (pointer, wrong) in [
        ("/version", serde_json::json!("2.0.0")),
        ("/runs", serde_json::json!({})),
        ("/runs/0/tool", serde_json::json!({})),
        (
            "/runs/0/results/0",
            serde_json::json!({"ruleId": "open-port"}),
        ),
        ("/runs/0/results/0/level", serde_json::json!("fatal")),
        (
            "/runs/0/results/0/message",
            serde_json::json!({"markdown": "x"}),
        ),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            serde_json::json!(0),
        ),
        ("/runs/0/invocations/0", serde_json::json!({"exitCode": 1})),
        (
            "/runs/0/tool/driver/rules/0",
            serde_json::json!({"id": "x", "url": "https://example.com"}),
        ),
    ] {
        let mut wrong_log = log.clone();
        *wrong_log.pointer_mut(pointer).expect("it is there") = wrong;
        assert_eq!(invalid(&wrong_log).len(), 1, "{pointer}");
    }
}
