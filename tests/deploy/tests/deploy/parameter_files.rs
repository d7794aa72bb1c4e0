//! Parameters files in the formats of other tools.

use std::fs;

use vsc_deploy_tests::cloud::{Cloud, Ended};

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

#[test]
fn the_formats_of_the_aws_cli_are_deployed() {
    let cloud = Cloud::start("parameter-files", PROGRAM);
    let text = fs::read_to_string(cloud.parameters()).expect("it is there");
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    let pairs: Vec<String> = lines
        .map(|(name, value)| {
            format!("{{\"ParameterKey\": \"{name}\", \"ParameterValue\": {value}}}")
        })
        .collect();
    let write = |name: &str, text: &str| {
        fs::write(cloud.folder().join(name), text).expect("the folder can be written");
    };
    write("cli.json", &format!("\u{feff}[{}]", pairs.join(",\n")));
    _ = cloud.run("deploy --yes --parameters-file cli.json").with(0);

    let mut names = text.lines().filter_map(|line| line.split_once(" = "));
    let previous: Vec<String> = names
        .by_ref()
        .filter(|(name, _)| *name != "SourceIP")
        .map(|(name, _)| format!("{{\"ParameterKey\": \"{name}\", \"UsePreviousValue\": true}}"))
        .chain([
            "{\"ParameterKey\": \"SourceIP\", \"ParameterValue\": \"198.51.100.0/24\"}".to_owned(),
        ])
        .collect();
    write("previous.json", &format!("[{}]", previous.join(",")));
    let mut command = cloud.command("deploy --yes --parameters-file previous.json");
    command.env("TEAM", "alice,bob,carol");
    _ = Ended::from(command.output().expect("it can be run")).with(0);
    let form = cloud.proxy.form("CreateChangeSet").expect("it was called");
    assert_eq!(
        form.matches("UsePreviousValue=true").count(),
        previous.len() - 1
    );
    assert!(form.contains("198.51.100.0%2F24"), "{form}");

    write("overrides.json", "[\"SourceIP=203.0.113.0/24\"]");
    _ = cloud
        .run("deploy --yes --parameters-file overrides.json")
        .with(0);
    let form = cloud.proxy.form("CreateChangeSet").expect("it was called");
    assert!(form.contains("203.0.113.0%2F24"), "{form}");

    write(
        "wrong.json",
        "\u{feff}[{\"ParameterKey\": \"a\\u001b[2J\", \"Value\": 1}]",
    );
    let reported = cloud
        .run("deploy --yes --parameters-file wrong.json")
        .with(1)
        .err;
    assert!(reported.contains("wrong.json:1:"), "{reported}");
    assert!(reported.contains("unknown member `Value`"), "{reported}");
    assert!(!reported.contains(['\u{feff}', '\u{1b}']), "{reported}");
}
