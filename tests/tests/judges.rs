//! The templates of the examples before judges that are not ours.

use vsc_tests::judge::{assert_clean, assert_policies, complaints, policies_broken};
use vsc_tests::synth::{Template, example, template, template_of};

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

/// Without the reasons the same policies are broken: they are looked at.
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

/// To Python `True == 1 == 1.0`, and members have no order.
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
        complaints.iter().any(|one| one.judge == "PyYAML")
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
fn each_judge_objects_to_a_broken_template() {
    let broken = || {
        Template {
        name: "broken".to_owned(),
        yaml: "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BuketName: on\n".to_owned(),
        json: r#"{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BuketName":"on"}}}}"#.to_owned(),
    }
    };
    let complaints = complaints(&[broken()]);
    for judge in ["cfn-lint", "cloudformation-validate", "PyYAML"] {
        assert!(
            complaints.iter().any(|complaint| complaint.judge == judge),
            "{judge} is silent"
        );
    }
    let policies = policies_broken(&[broken()]);
    assert!(!policies.is_empty(), "checkov is silent");
}
