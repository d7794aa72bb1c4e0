//! The conversion of templates to programs.

mod code;
mod condition;
mod expression;
mod literal;
mod naming;
mod output;
mod parameter;
mod program;
mod resource;
mod scope;
mod statement;
mod syntax;

use vsc_spec::visible::one_line;

pub(crate) use naming::stack as stack_of_file;
pub(crate) use program::{Converted, convert};
pub(crate) use statement::{Kept, Note};

/// The program with its command line.
pub(crate) fn main_of(stack: &str, file: &str, converted: &Converted) -> String {
    let name = literal::text(stack);
    let entry = format!("Entry::of_stack({name}, build)");
    let entry = if entry.len() <= code::NARROW {
        entry
    } else {
        format!("Entry::of_stack(\n        {name},\n        build,\n    )")
    };
    format!(
        "//! The stack `{stack}`, converted from `{file}`.\n\nuse std::process::ExitCode;\n\n{}\nfn main() -> ExitCode {{\n    cli::run(&[{entry}])\n}}\n\nfn build(stack: &mut Stack) {{\n{}}}\n",
        converted.imports,
        converted.body,
        file = doc_code(file),
    )
}

/// Text from elsewhere within the backticks of a doc comment.
fn doc_code(text: &str) -> String {
    one_line(text).replace('`', "'")
}
