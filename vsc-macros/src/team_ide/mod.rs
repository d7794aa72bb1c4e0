//! `#[team_ide]`: a type that declares a team.
//!
//! Tokens are read into the declaration and the places of its parts, the declaration is judged by
//! the rules of `vsc-spec`, and what is left is an implementation that gives the declaration again.
//! Where the declaration names constants, const evaluation judges it once more, by the same rules.

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
    let mut refused = Vec::new();
    let judgement = reading.declaration.judge();
    // Where there are constants, what stands in their places may be among the rest.
    let rest = judgement.rest().filter(|_| !reading.has_constants());
    for refusal in judgement.refusals().chain(rest) {
        let place = refusal.place;
        if let Some((range, finding)) = reading.locate(refusal, &arguments) {
            refused.push(place);
            diagnostics.refuse_line(range, reading.line(place), &finding);
        }
    }
    let krate = krate::path(&arguments, &mut diagnostics);
    // Where there are more errors than are kept, some may be those of literals.
    reading.is_clean = diagnostics.is_empty() && judgement.rest().is_none();
    expansion.extend(item.cleaned.clone());
    if item.usable {
        expansion.extend(expand::implementation(&krate, &item, &reading));
        expansion.extend(constants::judgements(&krate, &item, &reading, &refused));
    }
    expansion.extend(diagnostics.into_compile_errors());
    expansion
}
