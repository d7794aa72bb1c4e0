//! Names of CloudFormation are written only in `vsc_spec::cloudformation`.

use std::fs;
use std::path::{Path, PathBuf};

use vsc_spec::cloudformation::PseudoParameter;

/// The packages whose sources are searched.
const PACKAGES: [&str; 7] = [
    "vsc-spec",
    "vsc-yaml",
    "vsc-template",
    "vsc-macros",
    "vsc-core",
    "vsc-cli",
    "xtask",
];

/// The module that declares the names.
const DECLARED: [&str; 2] = [
    "vsc-spec/src/cloudformation/function.rs",
    "vsc-spec/src/cloudformation/pseudo_parameter.rs",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let is_test = name.is_some_and(|name| name == "tests" || name.ends_with("tests.rs"));
        if path.is_dir() && !is_test {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            found.push(path);
        }
    }
}

/// The lines of a source that are neither comments nor tests.
fn code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = source.split("#[cfg(test)]\nmod tests {").next();
    let lines = before_tests.unwrap_or_default().lines();
    let numbered = lines.enumerate().map(|(at, line)| (at + 1, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Whether a line has a string literal that begins with the name of a function, or that is the name
/// of a pseudo parameter.
fn has_name(line: &str) -> bool {
    let mut parameters = PseudoParameter::names();
    line.contains("\"Fn::")
        || line.contains("\"Ref\"")
        || parameters.any(|name| line.contains(&format!("\"{name}\"")))
}

#[test]
fn no_name_is_written_twice() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for package in PACKAGES {
        sources(&workspace.join(package).join("src"), &mut files);
    }
    assert!(files.len() > 300, "{} files", files.len());
    let (mut declared, mut elsewhere) = (0, Vec::new());
    for file in files {
        let source = fs::read_to_string(&file).expect("the source can be read");
        let path = file.strip_prefix(&workspace).expect("it is within");
        let is = |known: &[&str]| known.iter().any(|known| path == Path::new(known));
        for (line, text) in code(&source).filter(|(_, text)| has_name(text)) {
            if is(&DECLARED) {
                declared += 1;
            } else {
                elsewhere.push(format!("{}:{line}: {}", path.display(), text.trim()));
            }
        }
    }
    assert!(declared >= 25 + 8, "{declared} names are found");
    assert!(
        elsewhere.is_empty(),
        "use `IntrinsicFunction` or `PseudoParameter`:\n{}",
        elsewhere.join("\n")
    );
}
