//! Every property holds for the corpus, for mutations of it, and for random bytes.
//!
//! `PROPTEST_CASES` is the number of cases; `fuzz/run` tries more for longer.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use vsc_properties::{PROPERTIES, Property, holds, is_accepted};

/// Pieces that are inserted into samples.
const PIECES: [&str; 56] = [
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\n  ",
    "\n    ",
    "\0",
    "\u{1b}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "🤖",
    ":",
    ": ",
    "- ",
    "?",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    "\"",
    "'",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "!Ref ",
    "!Sub ",
    "!GetAtt ",
    "!If ",
    "!",
    "!!str ",
    "!!binary ",
    "&a ",
    "*a",
    "<<: ",
    "|\n  ",
    ">-\n  ",
    "#",
    " #",
    "010",
    "1e3",
    "-",
    "0x",
    "on",
    "~",
    "---\n",
    "Fn::If",
    "..",
    "=",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files in a folder, or none if it does not exist: Git has no empty folders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// The inputs that are tried first, and mutated afterwards.
fn samples(property: &Property) -> Vec<Vec<u8>> {
    let corpus = workspace().join("fuzz/corpus").join(property.name);
    let mut paths = files(&corpus);
    assert!(!paths.is_empty(), "{} has no files", corpus.display());
    for folder in property.samples {
        let folder = workspace().join(folder);
        let found = files(&folder);
        assert!(!found.is_empty(), "{} has no files", folder.display());
        paths.extend(found);
    }
    let read = |path: &PathBuf| fs::read(path).expect("the sample can be read");
    paths.iter().map(read).collect()
}

/// A sample with some changes; each is an index, the number of bytes to remove, and a piece to insert.
fn mutated(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        0_usize..8,
        prop::sample::select(&PIECES[..]),
    );
    let changes = prop::collection::vec(change, 1..5);
    (prop::sample::select(samples), changes).prop_map(|(mut sample, changes)| {
        for (index, width, piece) in changes {
            let from = index.index(sample.len() + 1);
            // Half of the changes remove nothing.
            let to = (from + width.saturating_sub(4)).min(sample.len());
            sample.splice(from..to, piece.bytes());
        }
        sample
    })
}

fn property_holds(name: &str) {
    let property = PROPERTIES.iter().find(|property| property.name == name);
    let property = property.expect("there is a property of this name");
    let samples = samples(property);
    for sample in &samples {
        holds(name, sample);
    }
    let random = prop::collection::vec(any::<u8>(), 0..300);
    let inputs = prop_oneof![mutated(samples), random];
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(cases())
    };
    let outcome = TestRunner::new(config).run(&inputs, |input| {
        holds(name, &input);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// A property of accepted teams would hold trivially if none were accepted.
#[test]
fn many_teams_are_accepted() {
    let bytes = |seed: u32| -> Vec<u8> {
        let next = |state: &mut u32, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some(state.to_be_bytes()[0])
        };
        (0..100).scan(seed, next).collect()
    };
    let accepted = (0..200)
        .filter(|seed| is_accepted(&bytes(seed * 7_919)))
        .count();
    assert!((20..180).contains(&accepted), "{accepted}");
}

/// The number of cases with which all properties together take less than a minute.
fn cases() -> u32 {
    let reported = std::env::var("PROPTEST_CASES").ok();
    reported.map_or(500, |reported| {
        reported.parse().expect("PROPTEST_CASES is a number")
    })
}

macro_rules! properties {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                property_holds(stringify!($name));
            }
        )+

        #[test]
        fn every_property_is_tried_and_fuzzed() {
            let tried = [$(stringify!($name)),+];
            let all: Vec<_> = PROPERTIES.iter().map(|property| property.name).collect();
            assert_eq!(tried.as_slice(), all);
            let mut fuzzed: Vec<_> = files(&workspace().join("fuzz/fuzz_targets"))
                .iter()
                .filter_map(|path| path.file_stem()?.to_str().map(str::to_owned))
                .collect();
            let mut all: Vec<_> = all.iter().map(|name| (*name).to_owned()).collect();
            all.sort();
            fuzzed.sort();
            assert_eq!(fuzzed, all);
        }
    };
}

properties! {
    json yaml positions round_trip check diff graph convert builder team_file resource_macro
    team_ide_macro
}
