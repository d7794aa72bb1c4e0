//! Judges what only const evaluation knows.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use vsc_spec::team::{Key, Place, TlsPart, UserField};

use super::item::Item;
use super::reading::{Reading, Spot};

/// How many refusals of one part are told.
const TOLD: usize = 3;

/// How many refusals within a constant list are told.
const TOLD_WITHIN: usize = 12;

/// A constant item for each part of the declaration: its evaluation fails with the refusal of the
/// part, at the part. Parts that are refused already are left out.
pub(crate) fn judgements(
    krate: &TokenStream,
    item: &Item,
    reading: &Reading,
    refused: impl Fn(&Spot) -> bool,
) -> Vec<TokenStream> {
    if !reading.has_constants() {
        return Vec::new();
    }
    let spots = reading.spots().iter();
    let admitted = spots.filter(|spot| !spot.unreadable && !refused(spot));
    admitted
        .flat_map(|spot| judgement(krate, item, spot))
        .collect()
}

fn judgement(krate: &TokenStream, item: &Item, spot: &Spot) -> Vec<TokenStream> {
    let place = place(krate, spot.place);
    let list = spot.constant.is_some()
        && matches!(
            spot.place,
            Place::Value(Key::Users | Key::Allow | Key::Extensions)
        );
    let (method, told) = if list {
        ("admit_within", TOLD_WITHIN)
    } else {
        ("admit", TOLD)
    };
    let name = &item.name;
    let numbers = 0..told;
    numbers
        .map(|number| {
            let method = proc_macro2::Ident::new(method, spot.range.start());
            // rustc underlines the call, from its first token to its last.
            let judgement = quote_spanned! { spot.range.start() =>
                <#name as #krate::Declared>::JUDGEMENT
            };
            let arguments = quote_spanned! { spot.range.end() => (#place, #number) };
            quote! { const _: () = #judgement . #method #arguments; }
        })
        .collect()
}

fn place(krate: &TokenStream, place: Place) -> TokenStream {
    let place = match place {
        Place::Declaration => quote! { Declaration },
        Place::Missing(key) => call("Missing", &self::key(krate, key)),
        Place::Value(key) => call("Value", &self::key(krate, key)),
        Place::Item(key, at) => {
            let key = self::key(krate, key);
            quote! { Item(#key, #at) }
        }
        Place::User(at, field) => {
            let field = match field {
                UserField::Name => quote! { Name },
                UserField::Email => quote! { Email },
                UserField::Memory => quote! { Memory },
                UserField::Cpus => quote! { Cpus },
                UserField::Repo => quote! { Repo },
                UserField::Extension(at) => quote! { Extension(#at) },
            };
            quote! { User(#at, #krate::team::UserField::#field) }
        }
        Place::TagKey(at) => quote! { TagKey(#at) },
        Place::TagValue(at) => quote! { TagValue(#at) },
        Place::Tls(part) => {
            let part = match part {
                TlsPart::Certificate => quote! { Certificate },
                TlsPart::PrivateKey => quote! { PrivateKey },
                TlsPart::Email => quote! { Email },
                TlsPart::Until => quote! { Until },
            };
            quote! { Tls(#krate::team::TlsPart::#part) }
        }
    };
    quote! { #krate::team::Place::#place }
}

fn call(variant: &str, argument: &TokenStream) -> TokenStream {
    let variant = proc_macro2::Ident::new(variant, Span::call_site());
    quote! { #variant(#argument) }
}

fn key(krate: &TokenStream, key: Key) -> TokenStream {
    let key = proc_macro2::Ident::new(&format!("{key:?}"), Span::call_site());
    quote! { #krate::team::Key::#key }
}
