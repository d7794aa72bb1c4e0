//! `vsc check` and `check` of a config crate, as a user calls them.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use vsc_tests::{tool, work_folder, workspace};

fn vsc(arguments: &[&str]) -> Command {
    let mut command = tool::vsc();
    command.current_dir(workspace().join("tests/templates"));
    command.args(arguments);
    command
}

fn call(arguments: &[&str]) -> Output {
    vsc(arguments).output().expect("cargo runs")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("it is text")
}

#[test]
fn a_good_template_passes() {
    let output = call(&["check", "--strict", "good.yaml"]);
    assert_eq!(text(&output.stderr), "1 template: no problems found\n");
    assert_eq!(text(&output.stdout), "");
    assert_eq!(output.status.code(), Some(0));
    let quiet = call(&["check", "--quiet", "good.yaml"]);
    assert_eq!(quiet.status.code(), Some(0));
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty());
}

#[test]
fn mistakes_are_underlined() {
    let output = call(&["check", "bad.yaml", "bad.json", "twice.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("check", text(&output.stdout));
    assert_eq!(
        text(&output.stderr),
        "3 templates: 11 errors and 2 warnings\n"
    );
}

#[test]
fn warnings_fail_with_strict() {
    let template = "Resources: {Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}}}";
    for (arguments, code) in [
        (["check", "-", "--quiet"], 0),
        (["check", "-", "--strict"], 1),
    ] {
        let mut child = vsc(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cargo runs");
        let mut input = child.stdin.take().expect("it is piped");
        input.write_all(template.as_bytes()).expect("it listens");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let reported = text(&output.stdout);
        assert!(
            reported.starts_with(
                "warning[unencrypted-storage]: the volume is not encrypted\n --> <stdin>:1:"
            ),
            "{reported}"
        );
    }
}

#[test]
fn a_folder_is_searched_for_templates() {
    let output = call(&["check", "--json", "."]);
    assert_eq!(output.status.code(), Some(1));
    let reported: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let reported = reported.as_array().expect("a list");
    let of = |file: &str| {
        reported
            .iter()
            .filter(|reported| reported["file"] == file)
            .count()
    };
    assert_eq!(of("./good.yaml") + of("./other.yaml"), 0);
    assert!(of("./bad.yaml") > 0 && of("./bad.json") > 0);
    let first = reported
        .iter()
        .find(|reported| reported["file"] == "./bad.yaml");
    let property = reported
        .iter()
        .find(|reported| reported["path"][3] == "BuketName");
    assert_eq!(first.expect("it has some")["id"], "missing-no-echo");
    let property = property.expect("it is reported");
    assert_eq!(property["span"]["start"]["line"], 10);
    assert_eq!(property["span"]["start"]["column"], 7);
    assert_eq!(property["span"]["end"]["column"], 16);
    assert_eq!(property["severity"], "error");
    let url = property["url"].as_str().expect("it has a page");
    assert!(url.ends_with("/docs/lints/property.md"), "{url}");
    assert_eq!(property["help"], "did you mean `BucketName`?");
}

#[test]
fn a_broken_file_in_a_folder_is_reported_and_the_rest_is_checked() {
    let folder = work_folder().join("check-folder");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    for (name, bytes) in [
        ("broken.yaml", &b"Resources:\n  A: [\n"[..]),
        ("broken.json", b"{\"Resources\": {\"A\": {}"),
        ("other-broken.yaml", b"services: [\n"),
        (
            "latin.yaml",
            b"Resources:\n  # caf\xe9\n  A: {Type: AWS::S3::Bucket}\n",
        ),
        ("picture.json", b"\x89PNG\xff\xfe"),
        ("wrong.yaml", b"Resources:\n  A: {Type: AWS::S3::Buckt}\n"),
    ] {
        fs::write(folder.join(name), bytes).expect("the file is written");
    }
    let output = call(&["check", "--json", &folder.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    let reported: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let reported = reported.as_array().expect("a list").iter().map(|reported| {
        let file = reported["file"].as_str().expect("it has a file");
        let name = file.rsplit('/').next().expect("it has a name").to_owned();
        let line = reported["span"]["start"]["line"]
            .as_u64()
            .expect("it has a line");
        (
            name,
            reported["id"].as_str().expect("it has an ID").to_owned(),
            line,
        )
    });
    let reported: Vec<(String, String, u64)> = reported.collect();
    let all: Vec<(&str, &str, u64)> = reported
        .iter()
        .map(|(file, rule, line)| (file.as_str(), rule.as_str(), *line))
        .collect();
    assert_eq!(
        all,
        [
            ("broken.json", "syntax", 1),
            ("broken.yaml", "syntax", 3),
            ("latin.yaml", "syntax", 2),
            ("wrong.yaml", "resource-type", 2),
        ]
    );
    let named = call(&["check", &folder.join("picture.json").display().to_string()]);
    assert_eq!(named.status.code(), Some(1));
    assert!(text(&named.stdout).contains("the file is not valid UTF-8"));
}

#[test]
fn wrong_usage_exits_with_2() {
    let mut nowhere = tool::vsc();
    nowhere.arg("check").current_dir(std::env::temp_dir());
    let output = nowhere.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let missing = call(&["check", "missing.yaml"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).starts_with("error: missing.yaml: "));
}

#[test]
fn the_examples_are_clean() {
    for (example, stacks) in [
        ("quickstart", "1 stack"),
        ("seed", "1 stack"),
        ("teams", "2 stacks"),
        ("environments", "2 stacks"),
    ] {
        let mut command = Command::new(env!("CARGO"));
        let output = tool::alone(&mut command)
            .current_dir(workspace())
            .args([
                "run",
                "--quiet",
                "--package",
                example,
                "--",
                "check",
                "--strict",
            ])
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", text(&output.stdout));
        let reported = text(&output.stderr);
        assert!(
            reported.ends_with(&format!("{stacks}: no problems found\n")),
            "{example}: {reported}"
        );
    }
}

#[test]
fn the_specification_is_reported() {
    let status = call(&["schema", "AWS::S3::Bucket.VersioningConfiguration.Status"]);
    assert_eq!(
        text(&status.stdout),
        "AWS::S3::Bucket.VersioningConfiguration.Status\na string\nrequired\nEnabled | Suspended\n"
    );
    let group = call(&["schema", "AWS::EC2::SecurityGroup"]);
    insta::assert_snapshot!("schema", text(&group.stdout));
    let status = call(&["schema", "s3::bucket.VersioningConfiguration.Status"]);
    assert!(text(&status.stdout).starts_with("AWS::S3::Bucket.VersioningConfiguration.Status\n"));
    let types = call(&["schema", "snS::topic"]);
    assert!(text(&types.stdout).starts_with("AWS::SNS::Topic\n"));
    let types = call(&["schema", "::topic"]);
    assert!(text(&types.stdout).contains("AWS::SNS::TopicPolicy\n"));
    let types = call(&["schema", "::SNS::topic"]);
    assert_eq!(
        text(&types.stdout),
        "AWS::SNS::Topic\nAWS::SNS::TopicInlinePolicy\nAWS::SNS::TopicPolicy\n"
    );
    let types = call(&["schema", "AWS::SNS::"]);
    assert_eq!(
        text(&types.stdout),
        "AWS::SNS::Subscription\nAWS::SNS::Topic\nAWS::SNS::TopicInlinePolicy\nAWS::SNS::TopicPolicy\n"
    );
    let unknown = call(&["schema", "AWS::S3::Bukket"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("did you mean `AWS::S3::Bucket`?"));
    let property = call(&["schema", "AWS::S3::Bucket.BuketName", "--json"]);
    assert!(text(&property.stderr).contains("did you mean `BucketName`?"));
}
