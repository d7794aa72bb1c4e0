//! The Rust type of a kind.

use proc_macro2::{Ident, TokenStream};
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

/// What turns a value into the kind that is asked for, and the type of the items of a list.
pub(crate) fn asked(krate: &TokenStream, kind: &Kind) -> (Ident, Option<TokenStream>) {
    let name = |name: &str| format_ident!("{name}");
    match kind {
        Kind::Anything | Kind::Unidentified => (name("Anything"), None),
        Kind::Text => (name("Text"), None),
        Kind::Identifier(kind) => (name(kind), None),
        Kind::Integer => (name("Integer"), None),
        Kind::Number => (name("Number"), None),
        Kind::Boolean => (name("Boolean"), None),
        Kind::List(items) => {
            let items = tokens(krate, items);
            (name("List"), Some(items))
        }
    }
}
