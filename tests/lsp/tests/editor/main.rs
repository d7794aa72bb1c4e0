//! What an editor shows, state by state. `docs/editor.md` documents it.

mod half_typed;
mod latency;
mod underlined;

/// A declaration with the arguments, and what follows it.
fn team(arguments: &str, rest: &str) -> String {
    format!(
        "use vsc::prelude::*;\n\n#[team_ide({arguments})]\nstruct AcmeIde;\n\n\
         vsc::main!(AcmeIde);\n{rest}\n"
    )
}

/// A stack with the statements.
fn stack(statements: &str) -> String {
    format!(
        "use vsc::prelude::*;\n\nfn main() {{\n    let mut stack = Stack::new(\"backups\");\n    \
         {statements}\n}}\n"
    )
}
