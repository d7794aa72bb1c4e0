//! `#[team_ide]`: a type that declares a team.
//!
//! Tokens are parsed into the declaration and the spans of its parts, the declaration is checked by the
//! rules of `vsc-spec`, and the expansion is an implementation that returns the declaration. If the
//! declaration has constants, const evaluation checks it again, by the same rules.

mod arguments;
mod constants;
mod expand;
pub(crate) mod file;
mod item;
mod krate;
mod literal;
mod read;
mod reading;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;
use crate::names;
use arguments::Arguments;
use item::Item;

pub(crate) fn expand(attribute: TokenStream, input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let item = Item::parse(input, &mut diagnostics);
    let mut expansion = TokenStream::new();
    if !item.may_be_associated {
        expansion.extend(names::of_attribute(attribute.clone()));
    }
    let arguments = Arguments::parse(attribute, &mut diagnostics);
    let mut reading = read::read(&arguments, &item, &mut diagnostics);
    let mut rejected = Vec::new();
    let validation = reading.declaration.validate();
    // With constants, the errors of their placeholders may be among the rest.
    let rest = validation.rest().filter(|_| !reading.has_constants());
    for error in validation.errors().chain(rest) {
        let path = error.path;
        if let Some((range, diagnostic)) = reading.locate(error, &arguments) {
            rejected.push(path);
            diagnostics.reject_line(range, reading.line(path), &diagnostic);
        }
    }
    let krate = krate::path(&arguments, &mut diagnostics);
    // With more errors than are kept, some may be those of literals.
    reading.is_clean = diagnostics.is_empty() && validation.rest().is_none();
    expansion.extend(item.cleaned.clone());
    if item.usable {
        expansion.extend(expand::implementation(&krate, &item, &reading));
        expansion.extend(constants::validations(&krate, &item, &reading, &rejected));
    }
    expansion.extend(diagnostics.into_compile_errors());
    expansion
}
