//! The build of a config crate stays light.

use std::process::Command;

use vsc_tests::workspace;

fn tree(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(workspace());
    command.args(["tree", "--edges", "normal,build", "--prefix", "none"]);
    let output = command.args(arguments).output().expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("the tree is text")
}

#[test]
fn a_config_crate_has_neither_the_sdk_nor_the_command_line() {
    let default = tree(&["-p", "quickstart"]);
    let heavy = |line: &&str| {
        let heavy = [
            "tokio",
            "aws-",
            "hyper",
            "rustls",
            "clap",
            "serde v",
            "serde_json",
        ];
        heavy.iter().any(|name| line.starts_with(name))
    };
    let crates: std::collections::BTreeSet<&str> = default.lines().collect();
    assert!((10..=30).contains(&crates.len()), "{default}");
    let found: Vec<&str> = default.lines().filter(heavy).collect();
    assert!(found.is_empty(), "{found:?}");
    // The search finds them where they are.
    let whole = tree(&["-p", "vsc-cli"]);
    assert!(
        whole
            .lines()
            .any(|line| line.starts_with("aws-sdk-cloudformation"))
    );
}

#[test]
fn a_large_template_draws_a_note_about_its_upload() {
    let team: Vec<String> = (1..=8).map(|number| format!("dev-{number}")).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_team"));
    let output = command.arg("synth").env("TEAM", team.join(",")).output();
    let output = output.expect("it runs");
    let size = output.stdout.len();
    assert!(size > 51_200, "{size}");
    let grouped = format!("{},{:03}", size / 1_000, size % 1_000);
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        reported.starts_with(&format!(
            "note: the template of team has {grouped} bytes, more than the 51,200 of a call: "
        )),
        "{reported}"
    );
    assert!(
        reported.contains("`deploy` compacts it, or uploads it to S3, as other tools must"),
        "{reported}"
    );
}
