//! The Rust type of a kind.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use vsc_spec::resource::Kind;

/// The type that stands for the kind in the template model.
pub(crate) fn tokens(krate: &TokenStream, kind: &Kind) -> TokenStream {
    match kind {
        Kind::Anything => quote! { #krate::Json },
        Kind::Text => quote! { ::std::string::String },
        Kind::Unidentified => quote! { #krate::identifier::Unidentified },
        Kind::Identifier(name) => {
            let name = format_ident!("{name}");
            quote! { #krate::identifier::#name }
        }
        Kind::Integer => quote! { i64 },
        Kind::Number => quote! { f64 },
        Kind::Boolean => quote! { bool },
        Kind::List(items) => {
            let items = tokens(krate, items);
            quote! { ::std::vec::Vec<#items> }
        }
    }
}
