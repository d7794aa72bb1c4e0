//! Generated pages of the documentation are up to date.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use serde_json::Value;

use vsc::check::{Lint, Severity};
use vsc::team::{Key, UserKey};
use vsc_tests::{capacity, compile_errors, workspace};

fn assert_page(name: &str, made: impl FnOnce(&str) -> String) {
    // Several tests write parts of one page.
    static WRITING: Mutex<()> = Mutex::new(());
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = workspace().join(name);
    let page = fs::read_to_string(&path).unwrap_or_default();
    let made = made(&page);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, made).expect("the page can be written");
    } else {
        assert!(
            page == made,
            "{name} is old: run `UPDATE_DOCS=1 cargo test -p vsc-tests --test docs`"
        );
    }
}

#[test]
fn the_compile_errors_are_those_of_the_cases() {
    assert_page("docs/compile-errors.md", |_| compile_errors::page());
}

#[test]
fn the_capacities_are_those_of_the_rules() {
    assert_page("docs/capacity.md", |page| {
        between(page, "tables", &capacity::tables())
    });
}

#[test]
fn the_keys_are_those_of_the_tables() {
    let of_team = Key::ALL.iter().map(|key| {
        let columns = [key.about(), key.example(), key.default_value()];
        (key.name(), columns)
    });
    let of_team = keys(of_team);
    assert_page("README.md", |page| between(page, "keys", &of_team));
    let of_user = UserKey::ALL.iter().map(|key| {
        let columns = [key.about(), key.example(), key.default_value()];
        (key.name(), columns)
    });
    let of_user = keys(of_user);
    assert_page("docs/users.md", |page| between(page, "keys", &of_user));
}

fn keys<'a>(rows: impl Iterator<Item = (&'a str, [&'a str; 3])>) -> String {
    let head = "| key | description | example | default |\n| --- | --- | --- | --- |\n";
    let rows = rows.map(|(name, [about, example, default])| {
        format!("| `{name}` | {about} | `{example}` | {default} |\n")
    });
    head.to_owned() + &rows.collect::<String>()
}

#[test]
fn each_lint_has_its_page_and_no_page_is_left_over() {
    for lint in Lint::ALL {
        assert_page(&format!("docs/lints/{}.md", lint.id()), |_| {
            lint_page(*lint)
        });
    }
    assert_page("docs/lints/README.md", |_| lint_index());
    let files = fs::read_dir(workspace().join("docs/lints")).expect("it is a folder");
    let files = files.map(|file| file.expect("it is readable").file_name());
    let files: BTreeSet<String> = files.filter_map(|name| name.into_string().ok()).collect();
    let lints = Lint::ALL.iter().map(|lint| format!("{}.md", lint.id()));
    let expected: BTreeSet<String> = lints.chain(["README.md".to_owned()]).collect();
    assert_eq!(files, expected);
}

/// Numbers of the data are parts of sentences: `vsc-spec/data/sources.json` has them.
#[test]
fn the_numbers_of_the_data_are_those_of_its_sources() {
    let read = |path: &str| fs::read(workspace().join(path)).expect("it is there");
    let sources: Value = serde_json::from_slice(&read("vsc-spec/data/sources.json"))
        .expect("`cargo xtask spec` writes JSON");
    let types = sources["sources"][0]["counts"]["resource types"].as_u64();
    let types = thousands(types.expect("it is counted"));
    let size = read("vsc-spec/data/resources.bin").len();
    // In tenths of a MB, as people round.
    let tenths = (size + 50_000) / 100_000;
    let size = format!("{}.{}", tenths / 10, tenths % 10);
    for (page, before, number, after) in [
        (
            "README.md",
            "CloudFormation resource type, ",
            &types,
            " of them",
        ),
        ("ARCHITECTURE.md", "type by type: ", &size, " MB for "),
        ("ARCHITECTURE.md", " MB for ", &types, " types."),
        ("COMPARE.md", "| resource types | all, ", &types, " |"),
    ] {
        let path = format!("{page}: `{before}…{after}`");
        assert_page(page, |page| {
            let (head, rest) = page.split_once(before).expect(&path);
            let (old, tail) = rest.split_once(after).expect(&path);
            let is_number = |old: &str| old.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
            assert!(is_number(old), "{path}: {old}");
            format!("{head}{before}{number}{after}{tail}")
        });
    }
}

/// The linter that validates our templates is the one whose facts we have.
#[test]
fn the_data_is_of_the_version_of_cfn_lint_that_the_tests_run() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).expect("it is there");
    let sources: Value = serde_json::from_str(&read("vsc-spec/data/sources.json"))
        .expect("`cargo xtask spec` writes JSON");
    assert_eq!(sources["sources"][0]["name"], "cfn-lint");
    let version = sources["sources"][0]["version"]
        .as_str()
        .expect("it is pinned");
    let page = read("COMPARE.md");
    assert!(
        page.contains(&format!("cfn-lint {version}.")),
        "COMPARE.md: {version}"
    );

    let folders = fs::read_dir(workspace().join("tests")).expect("it is a folder");
    let folders = folders.map(|folder| folder.expect("it is readable").path());
    let files = folders
        .filter(|folder| folder.is_dir())
        .flat_map(|folder| fs::read_dir(folder).expect("it is a folder"));
    let mut pinned = 0;
    for file in files.map(|file| file.expect("it is readable").path()) {
        if file.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("it is text");
        for other in text
            .lines()
            .filter_map(|line| line.strip_prefix("cfn-lint=="))
        {
            assert_eq!(other, version, "{}", file.display());
            pinned += 1;
        }
    }
    assert!(pinned > 2, "only {pinned} files pin cfn-lint");
}

/// With a comma between thousands.
fn thousands(number: u64) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", thousands(number / 1_000), number % 1_000)
}

/// A row that no step writes would never be updated.
#[test]
fn the_proofs_are_those_of_the_scheduled_job() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).expect("it is there");
    let names = |text: &str, start: &str, end: char| -> Vec<String> {
        let rests = text.lines().filter_map(|line| line.strip_prefix(start));
        let names = rests.filter_map(|rest| rest.split_once(end));
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let job = read(".ci/scheduled");
    let steps = names(&job, "result_of_", '(');
    assert_eq!(
        steps,
        [
            "fuzz", "mutants", "linters", "lsp", "peers", "samples", "homes", "attacks", "data"
        ]
    );
    let rows = names(&read("docs/proofs.md"), "| `", '`');
    assert_eq!(rows, [steps.clone(), steps].concat());
}

/// Each claim of docs/threats.md names an existing test.
#[test]
fn the_tests_named_in_threats_exist() {
    let page = fs::read_to_string(workspace().join("docs/threats.md")).expect("it is there");
    let proof = fs::read_to_string(workspace().join("tests/boot/src/main.rs"));
    let proof = proof.expect("the proof of the boot is there");
    let mut named = 0;
    for line in page.lines() {
        let Some((claim, tests)) = line
            .strip_prefix("| ")
            .and_then(|row| row.split_once(" | "))
        else {
            continue;
        };
        let names = tests.split('`').filter(|name| name.contains("::"));
        for name in names {
            let (file, test) = name.rsplit_once("::").expect("it has both");
            let path = match file.split_once('/') {
                Some(("boot", check)) => {
                    // A check that the boot test does not call shows nothing.
                    assert!(
                        proof.contains(&format!("{check}::{test}(")),
                        "{name}: {claim}"
                    );
                    format!("tests/boot/src/checks/{check}.rs")
                }
                Some(("tests", rest)) if rest.starts_with("boot/") => format!("{file}.rs"),
                Some(("tests", file)) => format!("tests/tests/{file}.rs"),
                _ => format!("{file}.rs"),
            };
            let source = fs::read_to_string(workspace().join(&path));
            let source = source.unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
            assert!(source.contains(&format!("fn {test}(")), "{name}: {claim}");
            named += 1;
        }
    }
    assert!(named > 30, "only {named} tests are named");
}

/// The page with another text between the marks of this name.
fn between(page: &str, name: &str, text: &str) -> String {
    let (start, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = page
        .split_once(&start)
        .expect("the page marks the beginning");
    let (_, after) = rest.split_once(&end).expect("the page marks the end");
    format!("{before}{start}{text}{end}{after}")
}

/// The page of a lint: its doc comment below its ID and its severity.
fn lint_page(lint: Lint) -> String {
    let mut page = format!("# {}\n\n*{}*\n\n", lint.id(), lint.severity().name());
    let mut is_code = false;
    for line in lint.page().lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        is_code ^= line.starts_with("```");
        // The sections of a constant's documentation are a level below the title here.
        if !is_code && line.starts_with("# ") {
            page.push('#');
        }
        page.push_str(line);
        page.push('\n');
    }
    page
}

fn lint_index() -> String {
    let table = |severity: Severity| -> String {
        let lints = Lint::ALL.iter().filter(|lint| lint.severity() == severity);
        let rows = lints.map(|lint| {
            let id = lint.id();
            format!("| [`{id}`]({id}.md) | {} |\n", lint.summary())
        });
        let rows: String = rows.collect();
        format!("| {} | |\n| --- | --- |\n{rows}", severity.name())
    };
    format!(
        "# Lints\n\n\
         The lints of `check`, by ID. An error is a template that CloudFormation or a service rejects, a warning one that it\n\
         accepts, but that is insecure or outdated. [How to allow or suppress one](../cli.md#allowing-and-suppressing-lints).\n\n\
         {}\n{}",
        table(Severity::Error),
        table(Severity::Warning)
    )
}
