//! The procedural macros of vsc. Users reach them through the `vsc` crate.

mod diagnostics;
mod json;
mod names;
mod resource;
mod team_ide;

use proc_macro::TokenStream;

/// The implementation of `vsc::resource!`, with the path of the crate before its tokens.
#[doc(hidden)]
#[proc_macro]
pub fn resource(input: TokenStream) -> TokenStream {
    resource::expand(input.into()).into()
}

/// The handles of resources that are the same in every use of `vsc::resource!`, with the path of the
/// items that they use.
#[doc(hidden)]
#[proc_macro]
pub fn handles(input: TokenStream) -> TokenStream {
    resource::handles(&input.into()).into()
}

/// The names in a `resource!`, for completion and documentation in editors.
#[doc(hidden)]
#[proc_macro]
pub fn resource_names(input: TokenStream) -> TokenStream {
    resource::names(input.into()).into()
}

/// The implementation of `vsc::json!`, with the path of the crate before its tokens.
#[doc(hidden)]
#[proc_macro]
pub fn json(input: TokenStream) -> TokenStream {
    json::value(input.into()).into()
}

/// The implementation of `vsc::object!`, with the path of the crate before its tokens.
#[doc(hidden)]
#[proc_macro]
pub fn object(input: TokenStream) -> TokenStream {
    json::object(input.into()).into()
}

/// Declares a team IDE on a unit struct, or on an enum whose variants are the users.
///
/// The keys are documented in the `vsc` crate.
#[proc_macro_attribute]
pub fn team_ide(attribute: TokenStream, item: TokenStream) -> TokenStream {
    team_ide::expand(attribute.into(), item.into()).into()
}
