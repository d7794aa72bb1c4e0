//! The layers of the program: a module uses those below it, and none above it.
//!
//! The test reads the sources and computes the graph of modules from their paths (`crate::…`,
//! `super::…`), without what is compiled for tests alone. ARCHITECTURE.md describes the layers.

mod graph;
mod source;

use std::fs;
use std::path::Path;

use graph::{Arrow, Modules};
use source::SourceFile;

/// The layers, the lowest first. A module belongs to the layer with the longest prefix of its path.
const LAYERS: [&str; 14] = [
    // Data and words: marks in texts, failures, files, the assembly and the app that writes it.
    "markup",
    "text",
    "failure",
    "input",
    "interruption",
    "assembly",
    "app",
    // Calls of AWS, what they mean, and what operations tell and ask (`aws::io`).
    "aws",
    // Operations: typed options in, events, questions and results out.
    "operation",
    // Views: the terminal, and what it shows of operations.
    "terminal",
    "view",
    // The command line: shared arguments, the commands, and the program.
    "cli",
    "commands",
    "program",
];

/// Crates that only some layers use.
const CRATES: [(&str, &[&str]); 6] = [
    ("clap", &["cli", "commands", "program"]),
    ("clap_complete", &["commands"]),
    ("clap_mangen", &["commands"]),
    ("anstyle", &["terminal"]),
    ("anstream", &["terminal", "cli"]),
    ("rpassword", &["view"]),
];

/// The files of the program, by path below `src`.
fn sources(folder: &Path, below: &str, files: &mut Vec<SourceFile>) {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("it is read")).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if entry.path().is_dir() {
            sources(&entry.path(), &path, files);
        } else if entry.path().extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(entry.path()).expect("it is text");
            files.push(SourceFile::new(&path, &text));
        }
    }
}

fn program() -> Modules {
    let mut files = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&folder, "", &mut files);
    Modules::of(files)
}

fn lines(arrows: &[Arrow]) -> String {
    arrows.iter().map(|arrow| format!("\n  {arrow}")).collect()
}

#[test]
fn every_module_is_in_a_layer_and_every_layer_exists() {
    let modules = program();
    let lost = modules.without_layer(&LAYERS);
    assert!(lost.is_empty(), "in no layer: {}", lost.join(", "));
    for layer in LAYERS {
        assert!(modules.has(layer), "the layer {layer} is empty");
    }
    // The parser finds the paths: each layer but the lowest ones uses others.
    let arrows = modules.arrows();
    assert!(arrows.len() > 500, "only {} arrows are found", arrows.len());
}

#[test]
fn no_module_uses_one_above_it() {
    let upwards = program().upwards(&LAYERS);
    assert!(
        upwards.is_empty(),
        "these modules use one of a layer above theirs:{}",
        lines(&upwards)
    );
}

#[test]
fn the_folders_form_no_ring() {
    let ring = program().ring();
    assert!(
        ring.is_empty(),
        "these top folders form a ring:{}",
        lines(&ring)
    );
}

#[test]
fn crates_stay_in_their_layers() {
    let strangers = program().strangers(&LAYERS, &CRATES);
    assert!(
        strangers.is_empty(),
        "these crates are used outside of their layers:{}",
        lines(&strangers)
    );
}

/// A program in which an operation writes to the terminal itself, and the terminal knows operations.
fn wrong() -> Modules {
    let files = [
        (
            "main.rs",
            "mod operation; mod terminal;\nuse terminal::Terminal;\n",
        ),
        ("operation/other.rs", "\n"),
        (
            "operation/mod.rs",
            "// `use crate::cli` in a comment\npub mod status;\n",
        ),
        (
            "operation/status.rs",
            "use clap::ArgMatches;\n\nfn show() {\n    super::super::terminal::print(\"crate::view\");\n}\n\n#[cfg(test)]\nmod tests {\n    use crate::view::text;\n}\n",
        ),
        (
            "terminal/mod.rs",
            "use crate::{\n    operation::{\n        status::Status,\n    },\n    terminal::style,\n};\nmod style;\n",
        ),
        ("terminal/style.rs", "use crate::Terminal;\n"),
    ];
    Modules::of(files.map(|(path, text)| SourceFile::new(path, text)).into())
}

#[test]
fn an_arrow_upwards_is_found_with_its_file_and_line() {
    let upwards: Vec<String> = wrong()
        .upwards(&LAYERS)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        upwards,
        ["src/operation/status.rs:4: operation::status → terminal"]
    );
}

#[test]
fn a_ring_is_found_with_its_arrows() {
    let ring: Vec<String> = wrong().ring().iter().map(ToString::to_string).collect();
    assert_eq!(
        ring,
        [
            "src/operation/status.rs:4: operation::status → terminal",
            "src/terminal/mod.rs:3: terminal → operation::status",
        ]
    );
}

#[test]
fn a_crate_in_a_wrong_layer_is_found() {
    let strangers: Vec<String> = wrong()
        .strangers(&LAYERS, &CRATES)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        strangers,
        ["src/operation/status.rs:1: operation::status → clap"]
    );
}
