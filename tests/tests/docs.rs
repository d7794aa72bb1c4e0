//! Pages of the documentation that are made from the code stay true to it.

use std::collections::BTreeSet;
use std::{env, fs};

use vsc::check::{Lint, Severity};
use vsc::team::{Key, UserKey};
use vsc_tests::{capacity, compile_errors, workspace};

fn assert_page(name: &str, made: impl FnOnce(&str) -> String) {
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
    let head = "| key | what it is | example | left out |\n| --- | --- | --- | --- |\n";
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

/// A row that no step writes would stay as it is for ever.
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
        ["fuzz", "mutants", "linters", "lsp", "peers", "samples"]
    );
    let rows = names(&read("docs/proofs.md"), "| `", '`');
    assert_eq!(rows, [steps.clone(), steps].concat());
}

/// Each claim of docs/threats.md names what shows it, and that is there.
#[test]
fn the_tests_that_show_who_is_trusted_exist() {
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
                    // A check that the proof does not call shows nothing.
                    assert!(
                        proof.contains(&format!("{check}::{test}(")),
                        "{name}: {claim}"
                    );
                    format!("tests/boot/src/checks/{check}.rs")
                }
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
