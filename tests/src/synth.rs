//! Templates of the examples, synthesized as a user does it.

use std::process::Command;

use crate::python::run;
use crate::tool::alone;
use crate::workspace;

/// A template in both formats.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name in messages.
    pub name: String,
    /// Its YAML.
    pub yaml: String,
    /// Its JSON.
    pub json: String,
}

/// Runs the command line of an example.
///
/// # Panics
///
/// When it fails.
pub fn example(package: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    alone(&mut command).current_dir(workspace()).args([
        "run",
        "--quiet",
        "--package",
        package,
        "--",
    ]);
    let output = run(command.args(arguments));
    String::from_utf8(output.stdout).expect("the output is text")
}

/// The template of an example.
///
/// # Panics
///
/// When it cannot be synthesized.
pub fn template(package: &str) -> Template {
    template_of(package, "*")
}

/// The template of one stack of an example.
///
/// # Panics
///
/// When it cannot be synthesized.
pub fn template_of(package: &str, stack: &str) -> Template {
    Template {
        name: format!("{package} {stack}"),
        yaml: example(package, &["synth", stack]),
        json: example(package, &["synth", stack, "--format", "json"]),
    }
}

/// A template without the packed files of the host, which are unreadable: the beginning of bzip2 is left.
pub fn without_packed_files(template: &str) -> String {
    const BEGINNING: &str = "LRx4!F+o`-";
    let mut parts = template.split(BEGINNING);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['\'', '"', '\n']).unwrap_or(part.len());
        text = text + BEGINNING + "…" + &part[end..];
    }
    text
}
