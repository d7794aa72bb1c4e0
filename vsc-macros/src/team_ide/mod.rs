//! `#[team_ide]`: a type that declares a team.
//!
//! Tokens are read into the declaration and the places of its parts, the declaration is judged by
//! the rules of `vsc-spec`, and what is left is an implementation that gives the declaration again.
//! Where the declaration names constants, const evaluation judges it once more, by the same rules.

mod arguments;
mod constants;
mod expand;
mod file;
mod item;
mod literal;
mod read;
mod reading;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use arguments::Arguments;
use item::Item;

pub(crate) fn expand(attribute: TokenStream, input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let item = Item::parse(input, &mut diagnostics);
    let arguments = Arguments::parse(attribute, &mut diagnostics);
    let reading = read::read(&arguments, &item, &mut diagnostics);
    let mut refused = Vec::new();
    for refusal in reading.declaration.judge().refusals() {
        let place = refusal.place;
        if let Some((range, finding)) = reading.locate(refusal, &arguments) {
            refused.push(place);
            diagnostics.refuse(range, &finding);
        }
    }
    let cleaned = &item.cleaned;
    let mut expansion = quote! { #cleaned };
    if item.usable {
        let krate = expand::krate(&arguments);
        expansion.extend(expand::implementation(&krate, &item, &reading));
        let is_refused = |spot: &reading::Spot| refused.contains(&spot.place);
        expansion.extend(constants::judgements(&krate, &item, &reading, is_refused));
    }
    expansion.extend(diagnostics.into_compile_errors());
    expansion
}
