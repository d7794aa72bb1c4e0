//! `#[team_ide]`: a type that declares a team.
//!
//! Tokens are parsed into the declaration and the spans of its parts, the declaration is judged by
//! the rules of `vsc-spec`, and what is left is an implementation that gives the declaration again
//! when the program runs.

mod arguments;
mod expand;
mod item;
mod literal;
mod places;
mod read;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use arguments::Arguments;
use item::Item;
use places::Places;

pub(crate) fn expand(attribute: TokenStream, input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let item = Item::parse(input, &mut diagnostics);
    let arguments = Arguments::parse(attribute, &mut diagnostics);
    let mut places = Places::default();
    let declaration = read::declaration(&arguments, &item, &mut places, &mut diagnostics);
    if let Err(refusals) = declaration.check() {
        for refusal in refusals {
            if let Some(span) = places.locate(refusal.place, &arguments) {
                diagnostics.refuse(span, &refusal.finding);
            }
        }
    }
    let implementation = expand::implementation(&arguments, &item, &declaration);
    let cleaned = &item.cleaned;
    let errors = diagnostics.into_compile_errors();
    quote! {
        #cleaned
        #implementation
        #(#errors)*
    }
}
