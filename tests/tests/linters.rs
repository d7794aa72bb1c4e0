//! The templates of the examples in linters of others.

use std::fs;
use std::path::PathBuf;

use vsc_tests::linter::{assert_clean, assert_policies, complaints, policies_broken};
use vsc_tests::python::Environment;
use vsc_tests::synth::{Template, example, template, template_of};
use vsc_tests::{work_folder, workspace};

#[test]
fn the_examples_have_no_errors_and_no_warnings() {
    assert_clean(&[
        template("quickstart"),
        template("seed"),
        template_of("teams", "staging"),
        template_of("teams", "production"),
    ]);
}

#[test]
fn the_pattern_breaks_no_policy_without_a_reason() {
    assert_policies(&[template("quickstart"), template("seed")]);
}

/// Without the reasons the same policies are reported, so they are checked.
#[test]
fn a_reason_suppresses_a_policy() {
    let quickstart = template("quickstart");
    let reasoned = Template {
        yaml: quickstart.yaml.replace("checkov:", "other:"),
        ..quickstart
    };
    let broken = policies_broken(&[reasoned]);
    for policy in ["CKV_AWS_149", "CKV_AWS_88"] {
        assert!(
            broken.iter().any(|one| one.message.starts_with(policy)),
            "{policy}: {broken:?}"
        );
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for format in ["yaml", "json"] {
        let run = || example("quickstart", &["synth", "--format", format]);
        let text = run();
        assert!(text.contains("AWS::EC2::Instance"), "{text}");
        assert_eq!(text, run());
    }
}

/// In Python `True == 1 == 1.0`, and members have no order.
#[test]
fn values_of_different_types_differ() {
    let json = r#"{"Resources":{},"Metadata":{"a":[1],"b":"x"}}"#;
    let differ = |metadata: &str| {
        let template = Template {
            name: metadata.to_owned(),
            yaml: format!("Resources: {{}}\nMetadata: {metadata}\n"),
            json: json.to_owned(),
        };
        let complaints = complaints(&[template]);
        let of = |linter: &str| complaints.iter().any(|one| one.linter == linter);
        let differs = of("PyYAML");
        // It does not look at the order of members.
        let has_order = metadata == "{b: x, a: [1]}";
        assert_eq!(differs && !has_order, of("serde_yaml"), "{metadata}");
        differs
    };
    assert!(!differ("{a: [1], b: x}"));
    for other in [
        "{a: [true], b: x}",
        "{a: [1.0], b: x}",
        "{a: ['1'], b: x}",
        "{a: [1, 1], b: x}",
        "{b: x, a: [1]}",
        "{a: [1]}",
    ] {
        assert!(differ(other), "{other}");
    }
}

#[test]
fn each_linter_objects_to_a_broken_template() {
    let broken = || {
        Template {
        name: "broken".to_owned(),
        yaml: "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BuketName: on\n".to_owned(),
        json: r#"{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BuketName":"on"}}}}"#.to_owned(),
    }
    };
    let complaints = complaints(&[broken()]);
    for linter in ["cfn-lint", "cloudformation-validate", "PyYAML"] {
        assert!(
            complaints
                .iter()
                .any(|complaint| complaint.linter == linter),
            "{linter} is silent"
        );
    }
    let policies = policies_broken(&[broken()]);
    assert!(!policies.is_empty(), "checkov is silent");
}

/// Checks the scripts of the host with a shell linter. Files of the host that they source are missing.
#[test]
fn no_script_of_the_host_has_a_warning() {
    let folder = workspace().join("vsc-core/src/team_ide/boot/files");
    let scripts = fs::read_dir(folder).expect("the folder is there");
    let scripts: Vec<PathBuf> = scripts
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| fs::read(path).is_ok_and(|text| text.starts_with(b"#!/bin/")))
        .collect();
    assert!(scripts.len() > 15, "{scripts:?}");
    let linter = || {
        let mut linter = Environment::new("shell").program("shellcheck");
        linter.args(["--severity", "warning", "--exclude", "SC1090,SC1091,SC2154"]);
        linter
    };
    let output = linter().args(&scripts).output().expect("it runs");
    let reported = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{reported}");

    // The linter does report warnings.
    let bad = work_folder().join("bad.sh");
    fs::write(
        &bad,
        "#!/bin/bash\nrm -rf $HOME/$1/*\nfor f in $(ls); do cd $f; done\n",
    )
    .expect("it can be written");
    let output = linter().arg(bad).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
}
