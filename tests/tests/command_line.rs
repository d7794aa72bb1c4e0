//! The command line of a config crate, as a user calls it.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use vsc_tests::tool::{alone, program, vsc};
use vsc_tests::{work_folder, workspace};

/// The package whose commands fail.
const BROKEN: &str = "vsc-tests";

fn call(package: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    alone(&mut command).current_dir(workspace());
    command.env("AWS_EC2_METADATA_DISABLED", "true");
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
fn wrong_usage_exits_with_2_and_a_help() {
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

/// The exit code, the JSON and the text.
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
fn failures_are_json_if_the_result_is() {
    let twice = |json: &Value| {
        let errors = json["errors"].as_array().expect("a list of errors");
        assert_eq!(errors.len(), 1, "{json}");
        assert_eq!(errors[0]["kind"], "synthesis");
        assert_eq!(errors[0]["subject"], "twice");
        let what = errors[0]["message"].as_str().expect("it is text");
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
        let found = error["message"].as_str().expect("it is text");
        assert!(found.contains(what), "{arguments:?}: {found}");
    }
    let (code, json, _) = ends("quickstart", &["schema", "--json", "AWS::S3::Bukket"]);
    assert_eq!(code, 1);
    assert_eq!(json["errors"][0]["help"], "did you mean `AWS::S3::Bucket`?");
}

#[test]
fn a_failed_synthesis_is_reported_like_any_error() {
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
        // At a later date, a note reports old images.
        let ending = "1 stack: no problems found (1 allowed)\n";
        assert!(reported.ends_with(ending), "{reported}");
    }
    assert_eq!(strict(&["--allow", "plain-http"]).status.code(), Some(1));
    let reported = fails(BROKEN, &["check", "open", "--allow", "opn-port"], 2);
    assert_eq!(
        reported,
        "error: unknown lint `opn-port`\n= help: did you mean `open-port`?\n"
    );
    // An unreadable template is not checked.
    fails(BROKEN, &["check", "open", "--allow", "syntax"], 2);
    // A former ID of a lint is an error that names the new one.
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
    // In the source it can be suppressed permanently.
    assert_eq!(
        call(BROKEN, &["check", "--strict", "meant"]).status.code(),
        Some(0)
    );
}

#[test]
fn a_difference_is_not_a_failure() {
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
        // There are no credentials.
        &["open", "--region", "no-such-region-1"],
        &["open", "--no-such-argument"],
    ] {
        assert_eq!(code(failing), Some(2), "{failing:?}");
    }
    // Without the flag a difference exits with 0, and a failure with 1.
    fails(BROKEN, &["diff", "open", "--template", "/no/such.yaml"], 1);
    succeeds(BROKEN, &["diff", "open", "--template", &other]);
}

/// A folder in which there is no crate.
fn nowhere() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("vsc-nowhere-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

#[test]
fn the_tool_says_where_its_stacks_come_from() {
    let app = "= help: run it in the folder of a config crate, or pass one: `--app DIR`";
    let new = "= help: create one with `vsc new NAME`";
    let file = "= help: pass a template and the name of its stack: `vsc deploy FILE --stack NAME`";
    for (name, helps) in [
        ("synth", [app, new]),
        ("diff", [app, new]),
        ("ls", [app, new]),
        ("watch", [app, new]),
        ("users", [app, new]),
        // It accepts a template of no app as well.
        ("deploy", [file, app]),
    ] {
        let output = vsc().arg(name).current_dir(nowhere()).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let reported = String::from_utf8(output.stderr).expect("the errors are text");
        assert_eq!(
            reported,
            format!(
                "error: there is no config crate here\n{}\n",
                helps.join("\n")
            ),
            "{name}"
        );
    }
    let output = vsc().args(["chek"]).output().expect("it runs");
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert!(reported.contains("'check'"), "{reported}");
    // In the folder of a crate, with its folder, with its program and with what it wrote.
    let list = |command: &mut Command| {
        let output = command
            .args(["users", "--offline"])
            .output()
            .expect("it runs");
        let reported = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{reported}");
        String::from_utf8(output.stdout).expect("it is text")
    };
    let teams = workspace().join("examples/teams");
    let expected = succeeds("teams", &["users", "--offline"]);
    assert!(
        expected.contains("https://alice.staging.x.com"),
        "{expected}"
    );
    assert_eq!(list(vsc().current_dir(&teams)), expected);
    assert_eq!(list(vsc().current_dir(teams.join("src"))), expected);
    assert_eq!(list(vsc().arg("--app").arg(&teams)), expected);
    assert_eq!(list(vsc().arg("--app").arg(program("teams"))), expected);
    let written = work_folder().join("assembly");
    let path = written.to_string_lossy().into_owned();
    succeeds("teams", &["synth", "--output", &path]);
    assert_eq!(list(vsc().arg("--app").arg(&written)), expected);
    assert_eq!(
        list(vsc().arg("--app").arg(written.join("assembly.json"))),
        expected
    );
}

/// Templates of other programs, as a shell passes them: `vsc diff <(…) <(…)`.
#[test]
#[cfg(unix)]
fn templates_are_read_from_pipes() {
    let folder = nowhere().join("pipes");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    let writers = [("old", "a"), ("new", "b")].map(|(name, value)| {
        let pipe = folder.join(name);
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        let text = format!(
            "Resources: {{Q: {{Type: \"AWS::SQS::Queue\", Properties: {{QueueName: {value}}}}}}}\n"
        );
        std::thread::spawn(move || fs::write(pipe, text))
    });
    let mut command = vsc();
    command
        .arg("diff")
        .args(["old", "new"])
        .current_dir(&folder);
    let output = command.output().expect("it runs");
    let reported = String::from_utf8_lossy(&output.stdout);
    assert!(reported.contains("QueueName: a → b"), "{output:?}");
    for writer in writers {
        writer.join().expect("it ends").expect("it is read");
    }
}

/// The assembly of a command is a temporary folder, which nothing leaves behind.
#[test]
fn a_command_leaves_no_assembly_behind() {
    let folder = nowhere().join("temporary");
    fs::create_dir_all(&folder).expect("the folder is made");
    succeeds("quickstart", &["list"]);
    for (arguments, code) in [
        (&["users", "--offline"][..], 0),
        (&["deploy", "--help"], 0),
        (&["schema", "AWS::SQS::Queue"], 0),
        (&["users", "--no-such"], 2),
        (&["sinth"], 2),
        (&["users", "no-such-stack"], 2),
    ] {
        let mut command = Command::new(program("quickstart"));
        let output = alone(&mut command)
            .args(arguments)
            .env("TMPDIR", &folder)
            .output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let left = fs::read_dir(&folder).expect("it is there").count();
        assert_eq!(left, 0, "{arguments:?}");
    }
}

#[test]
fn a_config_crate_without_the_tool_says_how_to_install_it() {
    let folder = nowhere().join("alone");
    fs::create_dir_all(&folder).expect("the folder is made");
    succeeds("quickstart", &["list"]);
    let alone = folder.join("quickstart");
    fs::copy(program("quickstart"), &alone).expect("it is copied");
    let output = Command::new(&alone)
        .args(["diff", "--json"])
        .env("PATH", &folder)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let tool = workspace().join("vsc-cli");
    let tool = tool.canonicalize().expect("it is there");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        format!(
            "error: `diff` is a command of the program `vsc`, which is not installed\n\
             = help: run `cargo install --locked --path {}`\n",
            tool.display()
        )
    );
    let json: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(json["errors"][0]["kind"], "usage");
    // Its own commands need nothing.
    let output = Command::new(&alone).arg("list").env("PATH", "").output();
    assert_eq!(output.expect("it runs").stdout, b"acme-ide\n");
}

#[test]
fn templates_are_written_atomically() {
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
    assert_eq!(
        names,
        [
            "assembly.json",
            "production.preview.json",
            "production.template.yaml",
            "staging.preview.json",
            "staging.template.yaml"
        ]
    );
    let written = fs::read_to_string(folder.join("staging.template.yaml")).expect("it is text");
    assert_eq!(written, succeeds("teams", &["synth", "staging"]));
}

#[test]
fn an_unwritable_path_is_an_input_error() {
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
fn a_preview_takes_one_stack() {
    let reported = fails("teams", &["preview"], 2);
    assert!(
        reported.contains("pass the name of the one to preview"),
        "{reported}"
    );
}

#[test]
fn examples_call_the_program_by_its_name() {
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
    let output = vsc().args(["man", "--output"]).arg(&folder).output();
    assert!(output.expect("it runs").status.success());
    let entries = fs::read_dir(&folder).expect("the pages are there");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("it is read").file_name();
    let names: Vec<String> = entries
        .map(|entry| name(entry).into_string().expect("it is text"))
        .collect();
    for page in ["vsc.1", "vsc-deploy.1", "vsc-new.1"] {
        assert!(names.iter().any(|name| name == page), "{names:?}");
    }
    // `help` needs none.
    let strangers = |name: &&String| !name.starts_with("vsc") || name.contains("help");
    assert_eq!(names.iter().filter(strangers).count(), 0, "{names:?}");
}

#[test]
fn teams_with_passwords_have_no_urls_of_a_provider() {
    let error = fails("teams", &["login-urls"], 1);
    assert!(
        error.contains("no provider signs in the developers of"),
        "{error}"
    );
    assert!(error.contains("login = oidc"), "{error}");
}

#[test]
fn the_capacity_of_each_user_is_shown() {
    assert_eq!(
        succeeds("teams", &["capacity", "staging"]),
        "staging on a t3.large\n\
         memory  7 of 8 GiB promised, 1 GiB of it to the host itself\n\
         CPUs    2 vCPUs, shared\n\
         disk    22 GiB of homes, 30 GiB of system\n\
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
