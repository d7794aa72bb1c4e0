//! The conversion as a library, for the property tests and the fuzzer: a program exports nothing.
//! `tests/properties/convert` is the crate whose root this is.

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

use vsc_spec::Object;

/// Converts the template of a file to a program without its command line. The second value is the
/// number of elements that are not checked.
pub fn convert(file: &str, template: &Object) -> (String, usize) {
    let converted = program::convert(template);
    let (imports, body) = (converted.imports, converted.body);
    let name = literal::text(&naming::stack(file));
    let text = format!(
        "{imports}\nconst NAME: &str = {name};\n\nfn build(stack: &mut Stack) {{\n{body}}}\n"
    );
    (text, converted.notes.len())
}
