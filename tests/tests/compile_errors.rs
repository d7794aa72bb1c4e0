//! What users are reported when a declaration is wrong: one file for each mistake.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use vsc_tests::workspace;

/// The names of the files in a folder that end so, without that end.
fn names(folder: &Path, end: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the cases are there");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    let names = names.map(|name| name.into_string().expect("names are text"));
    names
        .filter_map(|name| name.strip_suffix(end).map(str::to_owned))
        .collect()
}

/// A pattern that matches no file is no failure to trybuild, and an error without a case is none either.
#[test]
fn every_case_has_its_errors() {
    for (folder, least) in [("team_ide", 170), ("resource", 70), ("json", 2)] {
        let folder = workspace().join("tests/ui").join(folder);
        let cases = names(&folder, ".rs");
        assert!(
            cases.len() >= least,
            "{}: {}",
            folder.display(),
            cases.len()
        );
        assert_eq!(cases, names(&folder, ".stderr"));
    }
}

#[test]
fn every_mistake_is_rejected_at_its_place() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/team_ide/*.rs");
    cases.compile_fail("ui/resource/*.rs");
    cases.compile_fail("ui/json/*.rs");
}
