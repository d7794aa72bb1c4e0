//! `list`: the stacks of the crate.

use std::fmt::Write as _;

use vsc_spec::team::{Domain, TeamIde};

use super::{Failure, print};

/// Prints a line for each stack: its name, and on demand what it holds.
pub(crate) fn run(ides: &[TeamIde], long: bool) -> Result<(), Failure> {
    let width = ides
        .iter()
        .map(|ide| ide.stack_name().as_str().len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for ide in ides {
        let name = ide.stack_name().as_str();
        if long {
            let users = match ide.users().len() {
                1 => "1 user".to_owned(),
                many => format!("{many} users"),
            };
            let domain = ide.domain().map_or("no domain", Domain::as_str);
            let instance = ide.instance().name();
            // Writing into a string cannot fail.
            _ = writeln!(text, "{name:width$}  {users:>9}  {instance:<14}  {domain}");
        } else {
            text.push_str(name);
            text.push('\n');
        }
    }
    print(&text)
}
