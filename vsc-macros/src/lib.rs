//! The procedural macros of vsc. Users reach them through the `vsc` crate.

mod diagnostics;
mod json;
mod names;
mod resource;
mod team_ide;

use proc_macro::TokenStream;

/// What `vsc::resource!` hands its tokens to, with the path of the crate before them.
#[doc(hidden)]
#[proc_macro]
pub fn resource(input: TokenStream) -> TokenStream {
    resource::expand(input.into()).into()
}

/// What lets an editor complete and explain the names in a `resource!`.
#[doc(hidden)]
#[proc_macro]
pub fn resource_names(input: TokenStream) -> TokenStream {
    resource::names(input.into()).into()
}

/// What `vsc::json!` hands its tokens to, with the path of the crate before them.
#[doc(hidden)]
#[proc_macro]
pub fn json(input: TokenStream) -> TokenStream {
    json::value(input.into()).into()
}

/// What `vsc::object!` hands its tokens to, with the path of the crate before them.
#[doc(hidden)]
#[proc_macro]
pub fn object(input: TokenStream) -> TokenStream {
    json::object(input.into()).into()
}

/// Declares a team IDE on a unit struct, or on an enum whose variants are the users.
///
/// The `vsc` crate explains the keys.
#[proc_macro_attribute]
pub fn team_ide(attribute: TokenStream, item: TokenStream) -> TokenStream {
    team_ide::expand(attribute.into(), item.into()).into()
}
