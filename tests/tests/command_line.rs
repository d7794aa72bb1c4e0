//! The command line of a config crate, as a user calls it.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Output};

use vsc_tests::tool::{program, vsc};
use vsc_tests::{work_folder, workspace};

fn call(package: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(workspace());
    command.args(["run", "--quiet", "--package", package, "--"]);
    // No engine is there: what a preview says of that is seen everywhere.
    command.env("DOCKER_HOST", "unix:///nonexistent/docker.sock");
    command.args(arguments).output().expect("cargo runs")
}

fn succeeds(package: &str, arguments: &[&str]) -> String {
    let output = call(package, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("the output is text")
}

fn fails(package: &str, arguments: &[&str], code: i32) -> String {
    let output = call(package, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} prints a result");
    String::from_utf8(output.stderr).expect("the errors are text")
}

#[test]
fn stacks_are_listed_and_selected() {
    assert_eq!(succeeds("teams", &["list"]), "staging\nproduction\n");
    assert_eq!(succeeds("teams", &["list", "prod*"]), "production\n");
    assert_eq!(
        succeeds("teams", &["list", "--all", "--long"]),
        "staging       2 users  t3.large        staging.x.com\n\
         production    3 users  t3.large        code.x.com\n"
    );
    assert!(succeeds("teams", &["synth", "staging"]).contains("AliceRecord:"));
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_to_do() {
    let several = fails("teams", &["synth"], 2);
    assert!(
        several.contains("there are several stacks: `staging` and `production`"),
        "{several}"
    );
    let unknown = fails("teams", &["synth", "prodution"], 2);
    assert!(unknown.contains("did you mean `production`?"), "{unknown}");
    fails("teams", &["synth", "--all", "staging"], 2);
    fails("quickstart", &["sinth"], 2);
    fails("quickstart", &[], 2);
    assert!(succeeds("quickstart", &["--help"]).contains("synth"));
}

#[test]
fn templates_are_written_whole() {
    let folder = work_folder().join("templates");
    let _ = fs::remove_dir_all(&folder);
    let path = folder.to_string_lossy().into_owned();
    succeeds("teams", &["synth", "--all", "--output", &path]);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("it is there")
        .map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["production.template.yaml", "staging.template.yaml"]);
    let written = fs::read_to_string(folder.join("staging.template.yaml")).expect("it is text");
    assert_eq!(written, succeeds("teams", &["synth", "staging"]));
}

#[test]
fn what_cannot_be_written_is_an_error_in_the_input() {
    let told = fails(
        "teams",
        &["synth", "--all", "--output", "/dev/null/templates"],
        1,
    );
    assert!(told.starts_with("error: /dev/null/templates: "), "{told}");
}

#[test]
fn a_preview_without_docker_says_what_to_do() {
    let told = fails(
        "quickstart",
        &["preview", "--port", "18443", "--dashboard-port", "18090"],
        1,
    );
    let down = told.contains("the Docker engine does not answer: ");
    let missing = told.contains("there is no `docker` on this machine");
    assert!(down || missing, "{told}");
    assert!(told.contains("= help: "), "{told}");
}

#[test]
fn a_preview_needs_free_ports() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let port = listener
        .local_addr()
        .expect("it is bound")
        .port()
        .to_string();
    let told = fails("quickstart", &["preview", "--port", &port], 1);
    assert!(
        told.contains(&format!("port {port} of this machine is taken")),
        "{told}"
    );
}

#[test]
fn a_preview_is_of_one_stack() {
    let told = fails("teams", &["preview"], 2);
    assert!(told.contains("name the one to preview"), "{told}");
}

#[test]
fn what_talks_to_aws_says_what_to_add_without_the_feature() {
    for command in [
        "deploy", "destroy", "status", "events", "outputs", "rollback", "diagnose",
    ] {
        let told = fails("quickstart", &[command], 2);
        assert!(
            told.contains("`cargo add vsc --features deploy`"),
            "{command}: {told}"
        );
        assert!(
            told.contains("cargo run --features vsc/deploy"),
            "{command}: {told}"
        );
    }
    assert!(succeeds("quickstart", &["deploy", "--help"]).contains("--parameters-file"));
}

#[test]
fn examples_call_the_program_as_it_is_called() {
    let by_cargo = succeeds("quickstart", &["graph", "--help"]);
    assert!(by_cargo.contains("Usage: cargo run -- graph"), "{by_cargo}");
    assert!(
        by_cargo.contains("\n  cargo run -- graph -f dot"),
        "{by_cargo}"
    );
    let mut itself = Command::new(program("quickstart"));
    itself.env_remove("CARGO_MANIFEST_DIR");
    let output = itself.args(["graph", "--help"]).output().expect("it runs");
    let told = String::from_utf8(output.stdout).expect("the help is text");
    assert!(told.contains("Usage: quickstart graph"), "{told}");
    assert!(told.contains("\n  quickstart graph -f dot"), "{told}");
    assert!(!told.contains("cargo run"), "{told}");
    let output = vsc().args(["schema", "--help"]).output().expect("it runs");
    let told = String::from_utf8(output.stdout).expect("the help is text");
    assert!(told.contains("\n  vsc schema AWS::S3::Bucket\n"), "{told}");
}

#[test]
fn manual_pages_are_those_of_the_program() {
    let folder = work_folder().join("manual");
    let _ = fs::remove_dir_all(&folder);
    succeeds(
        "quickstart",
        &["man", "--output", &folder.to_string_lossy()],
    );
    let entries = fs::read_dir(&folder).expect("the pages are there");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("it is read").file_name();
    let names: Vec<String> = entries
        .map(|entry| name(entry).into_string().expect("it is text"))
        .collect();
    assert!(names.iter().any(|name| name == "quickstart.1"), "{names:?}");
    assert!(names.iter().any(|name| name == "quickstart-synth.1"));
    // Pages of `vsc` lie in the same folder, and nobody looks for those of `help`.
    let strangers = |name: &&String| !name.starts_with("quickstart") || name.contains("help");
    assert_eq!(names.iter().filter(strangers).count(), 0, "{names:?}");
}
