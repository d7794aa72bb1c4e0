//! Stacks for tests, as an app writes them.

use vsc::cli::Entry;
use vsc_core::file;
use vsc_spec::team::{Declaration, TeamIde, TeamIdeBuilder};

use super::{Stack, Synthesis};

/// The team of most tests: alice and bob.
pub(crate) fn builder() -> TeamIdeBuilder {
    let builder = TeamIde::builder().user("alice").user("bob");
    builder.stack_name("team").domain("code.example.com")
}

/// Its stack, with a changed declaration.
pub(crate) fn team(change: impl FnOnce(TeamIdeBuilder) -> TeamIdeBuilder) -> Stack {
    declared(change(builder()).declaration())
}

/// The stack of a declaration.
pub(crate) fn declared(declaration: Declaration) -> Stack {
    let folder = file::private_folder(&std::env::temp_dir(), "vsc-test").expect("it is made");
    vsc::__private::assemble(&[Entry::new(declaration)], &folder).expect("it is written");
    let template = folder.join("team.template.yaml");
    // A team of another name is about something else than its template.
    if let Ok(text) = std::fs::read_to_string(&template) {
        std::fs::write(template, without_host_files(&text)).expect("it is written");
    }
    let assembly = super::read(&folder).expect("it is read");
    std::fs::remove_dir_all(folder).expect("it is there");
    let mut stacks = assembly.stacks.into_iter();
    match stacks.next() {
        Some(Synthesis::Done(stack)) => *stack,
        other => panic!("it is valid: {other:?}"),
    }
}

/// A template without the packed files of the host, so that it fits a request: most tests are about teams that
/// need no bucket.
fn without_host_files(template: &str) -> String {
    let mut packed = false;
    let lines = template.lines().map(|line| {
        let at = std::mem::replace(&mut packed, line.ends_with("/host.b85:"));
        match line.split_once("content: ") {
            Some((indent, _)) if at => format!("{indent}content: packed\n"),
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}
