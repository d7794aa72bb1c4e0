//! The procedural macros of vsc. Users reach them through the `vsc` crate.

mod diagnostics;
mod resource;

use proc_macro::TokenStream;

/// What `vsc::resource!` hands its tokens to, with the path of the crate before them.
#[doc(hidden)]
#[proc_macro]
pub fn resource(input: TokenStream) -> TokenStream {
    resource::expand(input.into()).into()
}
