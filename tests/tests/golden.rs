//! The golden declarations in `src/bin/golden.rs`: their templates, their errors, and the output of
//! commands for scripts. A changed snapshot shows what changes for a user.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};
use vsc::team::{Field, Key};
use vsc_tests::python::run;
use vsc_tests::synth::example;
use vsc_tests::tool::alone;
use vsc_tests::{work_folder, workspace};

/// The output of a command of the golden declarations.
fn golden(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golden"));
    let output = run(alone(&mut command).args(arguments));
    String::from_utf8(output.stdout).expect("the output is text")
}

fn folder() -> PathBuf {
    work_folder().join("golden")
}

/// The templates by the names of their stacks.
fn templates() -> &'static BTreeMap<String, String> {
    static TEMPLATES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let _ = fs::remove_dir_all(folder());
        golden(&["synth", "--all", "--output", &folder().to_string_lossy()]);
        let names = golden(&["list"]);
        let read = |name: &str| {
            let file = folder().join(format!("{name}.template.yaml"));
            let text = fs::read_to_string(file).expect("it is written");
            (name.to_owned(), text)
        };
        names.lines().map(read).collect()
    })
}

fn template(name: &str) -> &'static str {
    let templates = templates();
    let names = || templates.keys().collect::<Vec<_>>();
    templates
        .get(name)
        .unwrap_or_else(|| panic!("there is no {name}: {:?}", names()))
}

/// The difference of a template from the minimal one, which equals that of the quickstart, a snapshot of
/// `templates.rs`.
fn against_the_minimal(name: &str) -> String {
    difference(&nameless("golden-least"), &nameless(name))
}

/// A template with a neutral stack name.
fn nameless(name: &str) -> String {
    template(name).replace(name, "STACK")
}

/// The differing lines, each group with its context, without line numbers, which would change with
/// every line before them.
fn difference(old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(|text| text.lines().collect::<Vec<_>>());
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut text = String::new();
    for group in group_diff_ops(changes, 1) {
        text.push_str("@@\n");
        for change in group {
            let (tag, before, after) = change.as_tag_tuple();
            let mut add = |mark: &str, lines: &[&str]| {
                for line in lines {
                    text.push_str(format!("{mark}{line}").trim_end());
                    text.push('\n');
                }
            };
            if tag == DiffTag::Equal {
                add(" ", &old[before]);
            } else {
                add("-", &old[before]);
                add("+", &new[after]);
            }
        }
    }
    text
}

#[test]
fn templates_differ_from_the_minimal_one_as_declared() {
    for name in [
        "Golden-Literals-1",
        "golden-words",
        "golden-issued",
        "golden-plain",
        "golden-extended",
        "golden-variants",
        "golden-accounts",
        "golden-pool",
    ] {
        insta::assert_snapshot!(name, against_the_minimal(name));
    }
}

#[test]
fn a_form_of_writing_a_declaration_changes_no_template() {
    assert_same("Golden-Constants-1", "Golden-Literals-1");
    for format in ["toml", "yaml", "json", "csv"] {
        assert_same(&format!("golden-{format}"), "golden-variants");
    }
    assert_eq!(templates().len(), 14);
}

/// Asserts that two stacks have the same template, except for their names.
#[track_caller]
fn assert_same(one: &str, other: &str) {
    let [one, other] = [one, other].map(nameless);
    assert!(one == other, "{}", difference(&other, &one));
}

/// The source of the golden declarations.
fn source() -> String {
    fs::read_to_string(workspace().join("tests/src/bin/golden.rs")).expect("it is there")
}

/// Whether a line gives the key a value.
fn sets(line: &str, key: &str) -> bool {
    let line = line.trim_start();
    line.strip_prefix(key)
        .is_some_and(|rest| rest.starts_with(" = ") || rest.starts_with('('))
}

#[test]
fn every_key_is_declared() {
    let source = source();
    for key in Key::ALL {
        let count = source.lines().filter(|line| sets(line, key.name())).count();
        assert!(count > 0, "no golden declaration has the key `{key}`");
    }
    // A key that accepts constants has a constant.
    let (_, constants) = source
        .split_once("/// The same as `Literals`.")
        .expect("there are constants");
    let (constants, _) = constants.split_once("struct").expect("they are declared");
    let declaration = vsc::Declaration::default();
    for key in Key::ALL {
        let words = matches!(declaration.field(*key), Field::Choice(_) | Field::Elsewhere);
        let set = constants.lines().any(|line| sets(line, key.name()));
        assert!(words || set, "`{key}` has no constant");
    }
}

/// The messages are tested in `ui`, where rustc prints them; this test checks that no key is missing
/// there.
#[test]
fn every_key_is_an_error_somewhere() {
    let entries = fs::read_dir(workspace().join("tests/ui/team_ide")).expect("the cases are there");
    let errors: Vec<String> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "stderr"))
        .map(|path| fs::read_to_string(path).expect("it can be read"))
        .collect();
    assert!(errors.len() > 100, "{}", errors.len());
    let underlines = |error: &str, key: &str| {
        let lines: Vec<&str> = error.lines().collect();
        lines.windows(2).any(|two| {
            let code = two[0].split_once("| ").map_or("", |(_, code)| code);
            two[1].contains('^')
                && code
                    .split(['(', ',', '['])
                    .any(|part| sets(part, key) || sets(&format!("{part}("), key))
        })
    };
    for key in Key::ALL {
        let some = errors.iter().any(|error| underlines(error, key.name()));
        assert!(some, "no case of ui has a mistake at `{key}`");
    }
}

#[test]
fn lists_are_printed_as_text_and_json() {
    insta::assert_snapshot!("list", golden(&["list", "--all", "--long"]));
    let json =
        ["Golden-Literals-1", "golden-plain"].map(|stack| golden(&["list", "--json", stack]));
    insta::assert_snapshot!("list-json", json.concat());
}

#[test]
fn users_are_printed_as_text_and_json() {
    let texts =
        ["golden-variants", "golden-plain"].map(|stack| golden(&["users", "--offline", stack]));
    insta::assert_snapshot!("users", texts.concat());
    let json = golden(&["users", "--offline", "--json", "golden-variants"]);
    insta::assert_snapshot!("users-json", json);
}

#[test]
fn the_urls_of_a_provider_are_printed_as_text_and_json() {
    let both = [
        &["login-urls", "golden-accounts"][..],
        &["login-urls", "golden-accounts", "golden-pool"],
        &["login-urls", "--json", "golden-pool"],
        &["users", "--offline", "golden-accounts"],
        &["users", "--offline", "--json", "golden-pool"],
    ];
    insta::assert_snapshot!("login-urls", both.map(golden).concat());
}

#[test]
fn capacity_is_printed_as_text_and_json() {
    let both = [
        &["capacity", "golden-variants"][..],
        &["capacity", "--json", "golden-variants"],
    ];
    insta::assert_snapshot!("capacity", both.map(golden).concat());
}

/// The stacks of another example are small enough to be read whole.
fn orders(arguments: &[&str]) -> String {
    example("environments", arguments)
}

#[test]
fn a_small_stack_is_drawn_in_every_text_format() {
    for format in ["mermaid", "dot", "json"] {
        let stack = "production-orders";
        let graph = orders(&["graph", stack, "--format", format, "--with", "all"]);
        insta::assert_snapshot!(format!("graph-{format}"), graph);
    }
}

#[test]
fn small_stacks_are_compared_as_text_and_json() {
    let staging = folder().with_file_name("golden-staging.yaml");
    fs::create_dir_all(work_folder()).expect("it can be made");
    fs::write(&staging, orders(&["synth", "staging-orders"])).expect("it is written");
    let staging = staging.to_string_lossy().into_owned();
    let diff = ["diff", "production-orders", "--template", &staging];
    let text = orders(&[&diff[..], &["--color", "never"]].concat());
    insta::assert_snapshot!("diff", text.replace(&staging, "STAGING"));
    let json = orders(&[&diff[..], &["--json"]].concat());
    insta::assert_snapshot!("diff-json", json.replace(&staging, "STAGING"));
}

#[test]
fn a_small_stack_is_a_template_in_both_formats() {
    let formats = ["yaml", "json"];
    let texts = formats.map(|format| orders(&["synth", "production-orders", "-f", format]));
    insta::assert_snapshot!("orders", texts.concat());
}

/// Failures have the shape of the result: a list of errors.
#[test]
fn errors_are_printed_as_json() {
    let broken = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_broken"));
        let output = alone(&mut command).args(arguments).output();
        let output = output.expect("it runs");
        let code = output.status.code().expect("it exits");
        let text = String::from_utf8(output.stdout).expect("it is text");
        format!("{}: exits with {code}\n{text}", arguments.join(" "))
    };
    let texts = [
        broken(&["check", "--json"]),
        broken(&["list", "--json"]),
        broken(&["users", "--json", "no-such"]),
        broken(&["schema", "--json", "AWS::SNS::Topik"]),
        broken(&["schema", "--json", "AWS::SNS::TopicPolicy"]),
    ];
    insta::assert_snapshot!("errors-json", texts.concat());
}

/// A team built at run time is rejected with all its mistakes at once.
#[test]
fn a_mistake_in_every_key_is_an_error_each() {
    let user = vsc::team::UserBuilder::new("Alice")
        .email("alice")
        .memory("2")
        .cpus(-1.0)
        .repo("http://x.com/a")
        .extensions(["a"]);
    let built = vsc::TeamIde::builder()
        .user(user)
        .domain("Code.X.com")
        .hosted_zone("z0123456789")
        .vpc("subnet-0a1b2c3d")
        .subnet("vpc-0a1b2c3d")
        .allow(["10.0.0.1"])
        .reach(["169.254.169.254/32"])
        .credits(vsc::team::Credits::Standard)
        .port(80)
        .dashboard_port(22)
        .instance("t3.lrage")
        .region("eu-wset-1")
        .root_volume("30")
        .home_volume("1 GiB")
        .key_pair(" ops")
        .tls_ssm("certificate of x.com", "/a/key")
        .memory("512")
        .cpus(0.0)
        .image("codercom/code-server")
        .proxy_image("traefik:latest")
        .repo("github.com/a")
        .dotfiles("http://github.com/a/dotfiles")
        .extensions(["a.b.c"])
        .timezone("Europe/Roma")
        .stack_name("acme_ide")
        .description("")
        .tag("aws:x", "1")
        .build();
    let error = built.expect_err("everything is wrong");
    insta::assert_snapshot!("errors", error.to_string());
}
