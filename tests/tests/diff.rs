//! `diff` as text and as JSON, against files and against revisions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use vsc::Json;
use vsc::template::Source;
use vsc_core::diff::{ChangeKind, Difference};
use vsc_tests::python::run;
use vsc_tests::synth::template;
use vsc_tests::system::{Program, require};
use vsc_tests::tool::alone;
use vsc_tests::{work_folder, workspace};

/// Writes an earlier template of the quickstart: the current one with each second text replaced by the
/// first.
fn since(name: &str, before: &[(&str, &str)]) -> PathBuf {
    let mut yaml = template("quickstart").yaml;
    for (old, now) in before {
        assert!(yaml.contains(now), "the template has no {now}");
        yaml = yaml.replace(now, old);
    }
    let folder = work_folder().join("diff");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let file = folder.join(format!("{name}.yaml"));
    fs::write(&file, yaml).expect("the template can be written");
    file
}

fn diff(file: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args([
            "run",
            "--quiet",
            "--package",
            "quickstart",
            "--",
            "diff",
            "--template",
        ])
        .arg(file)
        .args(arguments)
        .output()
        .expect("cargo runs")
}

fn reported(file: &Path) -> String {
    let output = diff(file, &["--color", "never"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("the output is text")
}

#[test]
fn the_same_has_no_differences() {
    let file = since("same", &[]);
    assert_eq!(reported(&file), "acme-ide: no differences\n");
    assert_eq!(diff(&file, &["--exit-code"]).status.code(), Some(0));
}

#[test]
fn another_format_is_not_a_difference() {
    let json = template("quickstart").json;
    let file = work_folder().join("diff/same.json");
    fs::create_dir_all(file.parent().expect("it has one")).expect("the folder can be made");
    fs::write(&file, json).expect("the template can be written");
    assert_eq!(reported(&file), "acme-ide: no differences\n");
}

#[test]
fn another_instance_type_interrupts() {
    let file = since(
        "instance-type",
        &[("InstanceType: t3.medium", "InstanceType: t3.large")],
    );
    insta::assert_snapshot!("diff-instance-type", reported(&file));
}

#[test]
fn another_volume_replaces_the_host_and_its_dependents() {
    let file = since("volume", &[("VolumeSize: 20", "VolumeSize: 30")]);
    insta::assert_snapshot!("diff-volume", reported(&file));
}

#[test]
fn an_opened_range_comes_first() {
    let file = since(
        "open",
        &[
            ("CidrIp: 203.0.113.0/24", "CidrIp: !Ref SourceIP"),
            (
                "CidrIp: 198.51.100.0/24\n          Description: Packages",
                "CidrIp: 0.0.0.0/0\n          Description: Packages",
            ),
        ],
    );
    insta::assert_snapshot!("diff-open", reported(&file));
}

#[test]
fn a_wider_permission_comes_first() {
    let file = since(
        "permission",
        &[(
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
        )],
    );
    insta::assert_snapshot!("diff-permission", reported(&file));
}

#[test]
fn another_logical_id_is_a_rename() {
    let file = since("rename", &[("OldAddress", "Address")]);
    // Outputs and other names change with it; only the hint is asserted.
    let reported = reported(&file);
    assert!(
        reported.contains("! Address looks like OldAddress under another logical ID: CloudFormation deletes one and creates the other"),
        "{reported}"
    );
}

#[test]
fn multiline_text_is_compared_by_lines() {
    let file = since(
        "text",
        &[(
            "export PATH=\"$PATH:/opt/aws/old\"",
            "export PATH=\"$PATH:/opt/aws/bin\"",
        )],
    );
    insta::assert_snapshot!("diff-text", reported(&file));
}

/// A packed file is unreadable.
#[test]
fn a_long_line_is_shown_by_its_beginning() {
    let file = since("packed", &[("content: LRx4BBBB", "content: LRx4!F+o`")]);
    let reported = reported(&file);
    assert!(reported.contains("content: LRx4BBBB"), "{reported}");
    assert!(reported.contains("… ("), "{reported}");
    let longest = reported.lines().map(str::len).max();
    assert!(longest < Some(400), "{longest:?}");
    let output = diff(&file, &["--verbose"]);
    let reported = String::from_utf8(output.stdout).expect("it is text");
    assert!(reported.lines().any(|line| line.len() > 42_000));
}

/// The teams of the example, one of which has one more user.
#[test]
fn a_growing_team_adds_the_resources_of_the_user() {
    let of = |names: &[&'static str]| {
        let team = names
            .iter()
            .fold(vsc::TeamIde::builder(), |team, name| team.user(*name));
        let team = team
            .stack_name("acme-ide")
            .domain("code.x.com")
            .instance("t3.large");
        let ide = team.build().expect("it is right");
        vsc::pattern::stack(&ide)
            .finish()
            .expect("it is right")
            .to_json()
    };
    let difference = Difference::between(&of(&["alice", "bob"]), &of(&["alice", "bob", "carol"]));
    let added: Vec<&str> = difference
        .resources
        .iter()
        .filter(|change| change.kind == ChangeKind::Added)
        .map(|change| change.id.as_str())
        .collect();
    assert_eq!(added, ["CarolPassword", "CarolRecord"]);
    assert_eq!(difference.replaces().count(), 0, "nobody loses a home");
    assert_eq!(difference.interrupts().count(), 0, "nobody is interrupted");
    assert_eq!(difference.removes().count(), 0);
    assert!(!difference.widens_access(), "{:?}", difference.access);

    // The searches above would find one.
    let back = Difference::between(&of(&["alice", "bob", "carol"]), &of(&["alice", "bob"]));
    let removed: Vec<&str> = back.removes().map(|change| change.id.as_str()).collect();
    assert_eq!(removed, ["CarolPassword", "CarolRecord"]);
    let of_disk = |size: &'static str| {
        let team = vsc::TeamIde::builder().user("alice").domain("code.x.com");
        let ide = team.root_volume(size).build().expect("it is right");
        vsc::pattern::stack(&ide)
            .finish()
            .expect("it is right")
            .to_json()
    };
    let larger = Difference::between(&of_disk("30 GiB"), &of_disk("40 GiB"));
    let replaced: Vec<&str> = larger.replaces().map(|change| change.id.as_str()).collect();
    assert!(replaced.contains(&"Host"), "{replaced:?}");
}

#[test]
fn the_difference_is_available_as_json() {
    let file = since("json", &[("VolumeSize: 20", "VolumeSize: 30")]);
    let output = diff(&file, &["--json", "--exit-code"]);
    assert_eq!(output.status.code(), Some(1), "there is a difference");
    let json: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let stack = &json[0];
    assert_eq!(stack["stack"], "acme-ide");
    assert_eq!(stack["summary"]["replace"], 3);
    assert_eq!(stack["summary"]["widensAccess"], false);
    let host = &stack["resources"][0];
    assert_eq!(
        (&host["id"], &host["update"]),
        (&"Host".into(), &"replaces".into())
    );
    let change = &host["properties"][0];
    assert_eq!(change["path"], "BlockDeviceMappings[0].Ebs.VolumeSize");
    assert_eq!((&change["old"], &change["new"]), (&20.into(), &30.into()));
}

#[test]
fn invalid_input_is_reported_with_its_position() {
    let folder = work_folder().join("diff");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let rejected = |text: &str, arguments: &[&str]| {
        let file = folder.join("wrong.yaml");
        fs::write(&file, text).expect("the file can be written");
        let output = diff(&file, arguments);
        assert!(output.stdout.is_empty());
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, reported) = rejected("Resources:\n\t- x\n", &[]);
    assert_eq!(code, Some(1));
    assert!(reported.contains("wrong.yaml:2:"), "{reported}");
    let (_, reported) = rejected("Description: nothing\n", &[]);
    assert!(
        reported.contains("not a template: it has no `Resources`"),
        "{reported}"
    );
    let (code, _) = rejected("Resources: {}\n", &["--revision", "HEAD"]);
    assert_eq!(code, Some(2), "a file and a revision at once");
}

/// A crate in a git repository of its own.
fn repository() -> PathBuf {
    let folder = work_folder().join("revisions");
    let _ = fs::remove_dir_all(&folder);
    let package = folder.join("ide");
    fs::create_dir_all(package.join("src")).expect("the folder can be made");
    let vsc = workspace().join("vsc").canonicalize().expect("it is there");
    let manifest = format!(
        "[package]\nname = \"ide\"\nedition = \"2024\"\n[workspace]\n[dependencies]\nvsc = {{ path = {:?} }}\n",
        vsc.display().to_string()
    );
    fs::write(package.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(workspace().join("Cargo.lock"), package.join("Cargo.lock")).expect("it can be copied");
    write(&package, "users = [\"alice\"]");
    git(&folder, &["init", "--quiet"]);
    commit(&folder, "One user");
    folder
}

fn write(package: &Path, users: &str) {
    let source = format!(
        "use vsc::prelude::*;\n\n#[team_ide({users}, domain = \"code.x.com\", instance = \"t3.large\")]\nstruct MyIde;\n\nvsc::main!(MyIde);\n"
    );
    fs::write(package.join("src/main.rs"), source).expect("it can be written");
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    require(Program::Git);
    let mut command = Command::new("git");
    alone(&mut command).current_dir(folder).args([
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@x.com",
    ]);
    run(command.args(arguments))
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

#[test]
fn an_earlier_revision_is_synthesized_and_leaves_nothing_behind() {
    let folder = repository();
    let package = folder.join("ide");
    let call = |arguments: &[&str]| {
        alone(&mut Command::new(env!("CARGO")))
            .current_dir(&package)
            .args(["run", "--quiet", "--", "diff", "--color", "never"])
            .args(arguments)
            // Its dependencies are built once for all runs of the test.
            .env("CARGO_TARGET_DIR", work_folder().join("revisions-target"))
            .output()
            .expect("cargo runs")
    };
    // Uncommitted changes count.
    write(&package, "users = [\"alice\", \"bob\"]");
    let output = call(&["--revision", "HEAD"]);
    let (reported, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        reported.contains("+ AWS::Route53::RecordSet BobRecord"),
        "{reported}{errors}"
    );
    assert!(
        reported.contains("2 to add, 3 to change, 0 to replace, 0 to remove"),
        "{reported}"
    );
    let worktrees = git(&folder, &["worktree", "list"]).stdout;
    assert_eq!(String::from_utf8_lossy(&worktrees).lines().count(), 1);

    // A revision that does not build.
    write(&package, "users = 0");
    commit(&folder, "A mistake");
    write(&package, "users = [\"alice\"]");
    let output = call(&["--revision", "HEAD"]);
    assert_eq!(output.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        reported.contains("the revision `HEAD` cannot be synthesized"),
        "{reported}"
    );
    assert!(
        reported.contains("src/main.rs:3"),
        "the compiler's words: {reported}"
    );
    let worktrees = git(&folder, &["worktree", "list"]).stdout;
    assert_eq!(String::from_utf8_lossy(&worktrees).lines().count(), 1);
    let status = git(&folder, &["status", "--porcelain"]).stdout;
    let status = String::from_utf8_lossy(&status).into_owned();
    assert_eq!(
        status, " M ide/src/main.rs\n",
        "nothing but the change is there"
    );

    // An unknown revision.
    let output = call(&["--revision", "no-such-branch"]);
    assert_eq!(output.status.code(), Some(2));
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        reported.contains("no commit `no-such-branch`; you are on `"),
        "{reported}"
    );
    git(&folder, &["checkout", "--quiet", "--orphan", "empty"]);
    let output = call(&["--revision", "HEAD"]);
    assert_eq!(output.status.code(), Some(2));
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        reported.contains("no commit `HEAD`; you are on `empty`, without commits"),
        "{reported}"
    );
}

/// Small templates with many differences.
fn a_template() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just("\"a\""),
        Just("\"b\""),
        Just("1"),
        Just("true"),
        Just("{\"Ref\": \"A\"}"),
        Just("{\"Fn::GetAtt\": [\"B\", \"Arn\"]}"),
        Just("[\"a\", \"b\"]"),
        Just("[\"b\", \"a\", \"a\"]"),
        Just("[{\"Key\": \"a\", \"Value\": \"b\"}, {\"Key\": \"b\", \"Value\": \"b\"}]"),
        Just("{\"Effect\": \"Allow\", \"Action\": [\"s3:Get\"], \"Resource\": \"*\"}"),
    ];
    let kind = prop_oneof![
        Just("AWS::EC2::Instance"),
        Just("AWS::IAM::Role"),
        Just("AWS::EC2::SecurityGroup"),
        Just("Custom::X"),
        Just("Unknown"),
    ];
    let name = prop_oneof![
        Just("UserData"),
        Just("SubnetId"),
        Just("Tags"),
        Just("Policies"),
        Just("SecurityGroupIngress"),
    ];
    let properties = proptest::collection::btree_map(name, scalar, 0..4);
    let id = prop_oneof![Just("A"), Just("B"), Just("C"), Just("D")];
    let resources = proptest::collection::btree_map(id, (kind, properties), 0..4);
    resources.prop_map(|resources| {
        let resources: Vec<String> = resources
            .into_iter()
            .map(|(id, (kind, properties))| {
                let properties: Vec<String> = properties
                    .into_iter()
                    .map(|(name, value)| format!("\"{name}\": {value}"))
                    .collect();
                let properties = properties.join(", ");
                format!("\"{id}\": {{\"Type\": \"{kind}\", \"Properties\": {{{properties}}}}}")
            })
            .collect();
        let text = format!("{{\"Resources\": {{{}}}}}", resources.join(", "));
        Source::read(&text)
            .expect("it is a template")
            .json()
            .clone()
    })
}

fn ids(difference: &Difference, kind: ChangeKind) -> Vec<&str> {
    let changes = difference.resources.iter();
    let mut ids: Vec<&str> = changes
        .filter(|change| change.kind == kind)
        .map(|change| change.id.as_str())
        .collect();
    ids.sort_unstable();
    ids
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(template in a_template()) {
        let difference = Difference::between(&template, &template);
        prop_assert_eq!(difference, Difference::default());
    }

    #[test]
    fn added_and_removed_are_symmetrical(one in a_template(), other in a_template()) {
        let (forth, back) = (Difference::between(&one, &other), Difference::between(&other, &one));
        prop_assert_eq!(ids(&forth, ChangeKind::Added), ids(&back, ChangeKind::Removed));
        prop_assert_eq!(ids(&forth, ChangeKind::Removed), ids(&back, ChangeKind::Added));
        prop_assert_eq!(forth.is_empty(), back.is_empty());
        let grants = |difference: &Difference, added: bool| {
            let changes = difference.access.iter().filter(|change| change.added == added);
            changes.map(|change| change.grant.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(grants(&forth, true), grants(&back, false));
        prop_assert!(!vsc::template::write_json(&forth.to_json()).is_empty());
    }
}

/// The properties above would prove nothing if the templates never differed.
#[test]
fn small_templates_differ_in_every_way() {
    let mut runner = TestRunner::deterministic();
    let differences: Vec<Difference> = (0..500)
        .map(|_| {
            let mut template = || {
                a_template()
                    .new_tree(&mut runner)
                    .expect("there is one")
                    .current()
            };
            Difference::between(&template(), &template())
        })
        .collect();
    let count = |differs: fn(&Difference) -> bool| {
        differences
            .iter()
            .filter(|difference| differs(difference))
            .count()
    };
    for (what, found) in [
        ("add", count(|it| it.counts().add > 0)),
        ("remove", count(|it| it.counts().remove > 0)),
        ("change", count(|it| it.counts().change > 0)),
        ("replace", count(|it| it.replaces().count() > 0)),
        ("grant", count(|it| !it.access.is_empty())),
    ] {
        assert!(found > 10, "{found} of 500 {what}");
    }
}
