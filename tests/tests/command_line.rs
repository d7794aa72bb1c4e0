//! The command line of a config crate, as a user calls it.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use vsc_tests::tool::{alone, program, vsc};
use vsc_tests::{work_folder, workspace};

/// What is run to see how commands fail.
const BROKEN: &str = "vsc-tests";

fn call(package: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    alone(&mut command).current_dir(workspace());
    command.args(["run", "--quiet", "--package", package]);
    if package == BROKEN {
        command.args(["--bin", "broken"]);
    }
    command.arg("--");
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
        several.contains("the crate has several stacks: `staging` and `production`"),
        "{several}"
    );
    let unknown = fails("teams", &["synth", "prodution"], 2);
    assert!(unknown.contains("did you mean `production`?"), "{unknown}");
    fails("teams", &["synth", "--all", "staging"], 2);
    fails("quickstart", &["sinth"], 2);
    fails("quickstart", &[], 2);
    assert!(succeeds("quickstart", &["--help"]).contains("synth"));
}

/// The exit code, what a script reads, and what a person reads.
fn ends(package: &str, arguments: &[&str]) -> (i32, Value, String) {
    let output = call(package, arguments);
    let json = serde_json::from_slice(&output.stdout);
    let json = json.unwrap_or_else(|error| {
        let printed = String::from_utf8_lossy(&output.stdout);
        panic!("{arguments:?}: {error}: {printed:?}")
    });
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    (output.status.code().expect("it exits"), json, reported)
}

#[test]
fn failures_are_json_where_the_result_would_be() {
    let twice = |json: &Value| {
        let errors = json["errors"].as_array().expect("a list of errors");
        assert_eq!(errors.len(), 1, "{json}");
        assert_eq!(errors[0]["kind"], "synthesis");
        assert_eq!(errors[0]["subject"], "twice");
        let what = errors[0]["what"].as_str().expect("it is text");
        assert!(what.contains("`Logs`"), "{what}");
    };
    for arguments in [
        &["list", "--json"][..],
        &["diff", "--json", "twice", "--template", "/dev/null"],
        &["diff", "--json", "--revision", "HEAD"],
    ] {
        let (code, json, reported) = ends(BROKEN, arguments);
        assert_eq!(code, 1, "{arguments:?}");
        assert!(reported.starts_with("error: twice: "), "{reported}");
        twice(&json);
    }
    // Wrong usage, of ours and of clap's.
    for (package, arguments, what) in [
        (
            BROKEN,
            &["users", "--json", "no-such"][..],
            "no stack `no-such`",
        ),
        ("quickstart", &["status", "--json"], "talks to AWS"),
        (
            "quickstart",
            &["list", "--json", "--no-such"],
            "unexpected argument '--no-such'",
        ),
        (
            "quickstart",
            &["sinth", "--json"],
            "unrecognized subcommand 'sinth'",
        ),
        (
            "quickstart",
            &["schema", "--json", "--depth", "99"],
            "invalid value '99'",
        ),
    ] {
        let (code, json, reported) = ends(package, arguments);
        assert_eq!(code, 2, "{arguments:?}: {reported}");
        let error = &json["errors"][0];
        assert_eq!(error["kind"], "usage");
        let found = error["what"].as_str().expect("it is text");
        assert!(found.contains(what), "{arguments:?}: {found}");
    }
    let (code, json, _) = ends("quickstart", &["schema", "--json", "AWS::S3::Bukket"]);
    assert_eq!(code, 1);
    assert_eq!(json["errors"][0]["help"], "did you mean `AWS::S3::Bucket`?");
}

#[test]
fn what_cannot_be_synthesized_is_checked_like_any_mistake() {
    let (code, json, reported) = ends(BROKEN, &["check", "--json"]);
    assert_eq!(code, 1);
    let all = json.as_array().expect("a list").iter();
    let all = all.map(|one| (&one["file"], &one["id"], &one["severity"]));
    let all: Vec<_> = all
        .map(|(file, id, severity)| [file, id, severity].map(|text| text.as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        all,
        [
            ["twice", "synthesis", "error"],
            ["open.template.yaml", "open-port", "warning"],
        ]
    );
    assert!(reported.contains("error: twice: "), "{reported}");
    assert!(
        reported.ends_with("3 stacks: 1 error and 1 warning (1 allowed)\n"),
        "{reported}"
    );
    // A usage error is in the same form.
    let (code, json, _) = ends(BROKEN, &["check", "--json", "no-such"]);
    assert_eq!((code, &json[0]["id"]), (2, &Value::from("usage")));
}

#[test]
fn lints_are_allowed_and_selected_by_their_id() {
    let strict = |more: &[&str]| call(BROKEN, &[&["check", "--strict", "open"], more].concat());
    assert_eq!(strict(&[]).status.code(), Some(1));
    for more in [
        &["--allow", "open-port"][..],
        &["--allow", "plain-http,open-port"],
    ] {
        let output = strict(more);
        assert_eq!(output.status.code(), Some(0), "{more:?}");
        assert!(output.stdout.is_empty());
        let reported = String::from_utf8_lossy(&output.stderr);
        // On a later day, a note says that the images are old.
        let ending = "1 stack: no problems found (1 allowed)\n";
        assert!(reported.ends_with(ending), "{reported}");
    }
    assert_eq!(strict(&["--allow", "plain-http"]).status.code(), Some(1));
    let reported = fails(BROKEN, &["check", "open", "--allow", "opn-port"], 2);
    assert_eq!(
        reported,
        "error: unknown lint `opn-port`\n= help: did you mean `open-port`?\n"
    );
    // Nothing is checked in what cannot be read.
    fails(BROKEN, &["check", "open", "--allow", "syntax"], 2);
    // An ID that a lint had before is an error that names the new one.
    for flag in ["--allow", "--only"] {
        assert_eq!(
            fails(BROKEN, &["check", "open", flag, "written-secret"], 2),
            "error: the lint `written-secret` was renamed to `hardcoded-secret`\n= help: write `hardcoded-secret`\n"
        );
    }
    assert_eq!(strict(&["--only", "plain-http"]).status.code(), Some(0));
    assert_eq!(
        strict(&["--only", "plain-http,open-port"]).status.code(),
        Some(1)
    );
    // In the source it is suppressed once and for all.
    assert_eq!(
        call(BROKEN, &["check", "--strict", "meant"]).status.code(),
        Some(0)
    );
}

#[test]
fn a_difference_is_no_failure() {
    let folder = work_folder().join("exit-codes");
    fs::create_dir_all(&folder).expect("the folder is made");
    let same = folder.join("same.yaml");
    fs::write(&same, succeeds(BROKEN, &["synth", "open"])).expect("it is written");
    let same = same.to_string_lossy().into_owned();
    let other = folder.join("other.yaml");
    fs::write(&other, succeeds(BROKEN, &["synth", "meant"])).expect("it is written");
    let other = other.to_string_lossy().into_owned();
    let code = |arguments: &[&str]| {
        let output = call(BROKEN, &[&["diff", "--exit-code"], arguments].concat());
        output.status.code()
    };
    assert_eq!(code(&["open", "--template", &same]), Some(0));
    assert_eq!(code(&["open", "--template", &other]), Some(1));
    for failing in [
        &["open", "--template", "/no/such.yaml"][..],
        &["open", "--template", "/dev/null"],
        &["twice", "--template", &same],
        &["twice", "--template", &same, "--json"],
        &["open", "--revision", "no-such-revision"],
        &["no-such", "--template", &same],
        // Nothing is read from AWS in this build.
        &["open"],
        &["open", "--no-such-argument"],
    ] {
        assert_eq!(code(failing), Some(2), "{failing:?}");
    }
    // Without the flag a difference is no failure, and a failure is 1.
    fails(BROKEN, &["diff", "open", "--template", "/no/such.yaml"], 1);
    succeeds(BROKEN, &["diff", "open", "--template", &other]);
}

#[test]
fn commands_of_a_config_crate_are_known_to_the_tool() {
    for name in ["synth", "deploy", "diff", "ls", "watch"] {
        let output = vsc().args([name, "--yes"]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let reported = String::from_utf8(output.stderr).expect("the errors are text");
        assert_eq!(
            reported,
            format!(
                "error: `{name}` is a command of a config crate, not of `vsc`\n\
                 = help: run `cargo run -- {name}` in the folder of the crate\n\
                 = help: run `vsc new NAME` to create a config crate\n"
            )
        );
    }
    let output = vsc().args(["chek"]).output().expect("it runs");
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert!(reported.contains("'check'"), "{reported}");
    // And the other way round.
    let reported = fails("quickstart", &["convert", "network.yaml"], 2);
    assert_eq!(
        reported,
        "error: `convert` is a command of the program `vsc`\n\
         = help: run `vsc convert`; docs/cli.md says how to install it\n"
    );
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
    let reported = fails(
        "teams",
        &["synth", "--all", "--output", "/dev/null/templates"],
        1,
    );
    assert!(
        reported.starts_with("error: /dev/null/templates: "),
        "{reported}"
    );
}

#[test]
fn a_preview_is_of_one_stack() {
    let reported = fails("teams", &["preview"], 2);
    assert!(
        reported.contains("pass the name of the one to preview"),
        "{reported}"
    );
}

#[test]
fn what_talks_to_aws_says_what_to_add_without_the_feature() {
    for command in [
        "deploy", "destroy", "status", "events", "outputs", "rollback", "diagnose",
    ] {
        let reported = fails("quickstart", &[command], 2);
        assert!(
            reported.contains("`cargo add vsc --features deploy`"),
            "{command}: {reported}"
        );
        assert!(
            reported.contains("cargo run --features vsc/deploy"),
            "{command}: {reported}"
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
    let reported = String::from_utf8(output.stdout).expect("the help is text");
    assert!(reported.contains("Usage: quickstart graph"), "{reported}");
    assert!(
        reported.contains("\n  quickstart graph -f dot"),
        "{reported}"
    );
    assert!(!reported.contains("cargo run"), "{reported}");
    let output = vsc().args(["schema", "--help"]).output().expect("it runs");
    let reported = String::from_utf8(output.stdout).expect("the help is text");
    assert!(
        reported.contains("\n  vsc schema AWS::S3::Bucket\n"),
        "{reported}"
    );
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

#[test]
fn who_gets_how_much_is_shown() {
    assert_eq!(
        succeeds("teams", &["capacity", "staging"]),
        "staging on a t3.large\n\
         memory  7 of 8 GiB promised, 1 GiB of it to the host itself\n\
         CPUs    2 vCPUs, shared\n\
         disk    30 GiB for system and homes\n\
         NAME   MEMORY  AT MOST  CPUS  HOME\n\
         alice  4 GiB   4.6 GiB  all   10 GiB\n\
         bob    2 GiB   2.3 GiB  all   10 GiB\n"
    );
    let (code, json, _) = ends("teams", &["capacity", "--json"]);
    assert_eq!(code, 0);
    assert_eq!(json[0]["promisedMib"], 7 * 1024);
    assert_eq!(json[0]["users"][0]["memoryMib"], 4 * 1024);
    assert_eq!(json[1]["homeVolumeMib"], 200 * 1024);
}
