//! `doctor` without access to AWS: it reports that, and continues with its other checks.

use std::process::Command;

/// The lines of the section of the stack, and the exit code.
fn doctor(environment: &[(&str, &str)]) -> (Vec<String>, Option<i32>) {
    vsc_tests::tool::build();
    let mut command = Command::new(env!("CARGO_BIN_EXE_team"));
    command.env_clear().args(["doctor", "--color", "never"]);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let home = env!("CARGO_TARGET_TMPDIR");
    command.env("PATH", path).env("HOME", home);
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs(environment.iter().copied());
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("it is text");
    let (_, section) = text.split_once("\nteam\n").expect("the stack is looked at");
    (
        section.lines().map(str::to_owned).collect(),
        output.status.code(),
    )
}

fn reports(lines: &[String], start: &str) {
    assert!(
        lines.iter().any(|line| line.starts_with(start)),
        "{start:?} is not among {lines:#?}"
    );
}

#[test]
fn without_a_region_the_rest_is_not_checked() {
    let (lines, code) = doctor(&[]);
    assert_eq!(code, Some(1));
    reports(&lines, "✗ region          no region");
    for subject in ["credentials", "stack", "vCPU quota", "Elastic IPs"] {
        let line = format!("– {subject:<15} not checked: needs a region");
        reports(&lines, &line);
    }
    // Checks of the declaration need no AWS.
    reports(&lines, "– hosted zone     `deploy` asks for HostedZoneId");
    reports(
        &lines,
        "– network         `deploy` asks for VpcId and SubnetId",
    );
}

#[test]
fn without_credentials_the_rest_is_not_checked() {
    let (lines, code) = doctor(&[("AWS_REGION", "eu-west-1")]);
    assert_eq!(code, Some(1));
    reports(&lines, "✗ credentials     ");
    reports(&lines, "– stack           not checked: needs credentials");
    reports(&lines, "– certificate     `deploy` asks for the names");
}

#[test]
fn an_invalid_variable_does_not_end_it_either() {
    let (lines, code) = doctor(&[("AWS_REGION", "eu-west-1"), ("AWS_MAX_ATTEMPTS", "many")]);
    assert_eq!(code, Some(1));
    reports(&lines, "✗ connection      ");
    assert!(lines[0].contains("AWS_MAX_ATTEMPTS"), "{lines:#?}");
    reports(
        &lines,
        "– stack           not checked: needs a connection to AWS",
    );
}
