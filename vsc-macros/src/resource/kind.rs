//! The Rust type of a kind.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use vsc_spec::resource::ValueKind;

/// The type of the kind in the template model.
pub(crate) fn tokens(krate: &TokenStream, kind: &ValueKind) -> TokenStream {
    match kind {
        ValueKind::Anything => quote! { #krate::Json },
        ValueKind::Text => quote! { ::std::string::String },
        ValueKind::Unidentified => quote! { #krate::identifier::Unidentified },
        ValueKind::Identifier(kind) => {
            let name = format_ident!("{}", kind.name());
            quote! { #krate::identifier::#name }
        }
        ValueKind::Integer => quote! { i64 },
        ValueKind::Number => quote! { f64 },
        ValueKind::Boolean => quote! { bool },
        ValueKind::List(items) => {
            let items = tokens(krate, items);
            quote! { ::std::vec::Vec<#items> }
        }
    }
}

/// The trait that converts a value into the expected kind, and the type of the items of a list.
pub(crate) fn asked(krate: &TokenStream, kind: &ValueKind) -> (Ident, Option<TokenStream>) {
    let name = |name: &str| format_ident!("{name}");
    match kind {
        ValueKind::Anything | ValueKind::Unidentified => (name("Anything"), None),
        ValueKind::Text => (name("Text"), None),
        ValueKind::Identifier(kind) => (name(kind.name()), None),
        ValueKind::Integer => (name("Integer"), None),
        ValueKind::Number => (name("Number"), None),
        ValueKind::Boolean => (name("Boolean"), None),
        ValueKind::List(items) => {
            let items = tokens(krate, items);
            (name("List"), Some(items))
        }
    }
}
