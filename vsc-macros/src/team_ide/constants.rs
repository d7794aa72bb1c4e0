//! Validation of what only const evaluation knows.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use vsc_spec::team::{DeclarationPath, Field, Key, TlsPart, UserField};

use super::item::Item;
use super::reading::{Reading, Spot};

/// The most errors of one key or constant that are reported.
const MOST: usize = 3;

/// The most errors within a constant list, or a file, that are reported.
const MOST_WITHIN: usize = 12;

/// A constant item for each part of the declaration: its evaluation fails with the error of the
/// part, at the part. Parts that have errors already are skipped.
///
/// If the macro found no errors, one more item fails with any error that no part reports.
pub(crate) fn validations(
    krate: &TokenStream,
    item: &Item,
    reading: &Reading,
    rejected: &[DeclarationPath],
) -> Vec<TokenStream> {
    if !reading.has_constants() {
        return Vec::new();
    }
    let spots = reading.spots().iter();
    let reported: Vec<_> = spots
        .filter(|spot| !spot.unreadable && !rejected.contains(&spot.path))
        .filter(|spot| spot.constant.is_some() || may_depend(reading, spot.path))
        .map(|spot| (spot, Part::of(reading, spot)))
        .collect();
    let parts = reported.iter().map(|(_, part)| part.written(krate));
    let rest = reading.is_clean.then(|| {
        let name = &item.name;
        let validation = quote_spanned! { name.span() => <#name as #krate::Declared>::VALIDATION };
        quote_spanned! { name.span() => const _: () = #validation.admit_rest(&[#(#parts),*]); }
    });
    let items = reported
        .iter()
        .flat_map(|(spot, part)| validation(krate, item, spot, part));
    items.chain(rest).collect()
}

/// The errors of a part that are reported at its span.
struct Part {
    path: DeclarationPath,
    within: bool,
    most: usize,
}

impl Part {
    fn of(reading: &Reading, spot: &Spot) -> Self {
        let of_list = match spot.path {
            DeclarationPath::Value(key) => matches!(
                reading.declaration.field(key),
                Field::Texts(..) | Field::Users(_) | Field::Allow(_) | Field::Operators(_)
            ),
            _ => false,
        };
        let of_file = spot.path == DeclarationPath::Value(Key::Users) && reading.file.is_some();
        let within = of_file || (of_list && spot.constant.is_some());
        let of_key = matches!(spot.path, DeclarationPath::Value(_));
        Self {
            path: spot.path,
            within,
            most: match spot.constant {
                _ if within => MOST_WITHIN,
                None if !of_key => 1,
                _ => MOST,
            },
        }
    }

    fn written(&self, krate: &TokenStream) -> TokenStream {
        let Self { within, most, .. } = self;
        let path = path(krate, self.path);
        quote! { #krate::team::Reported { path: #path, within: #within, most: #most } }
    }
}

/// Whether const evaluation may find an error in a part that the macro has validated: a literal of a
/// user may be validated together with a constant.
fn may_depend(reading: &Reading, path: DeclarationPath) -> bool {
    let DeclarationPath::User(at, field) = path else {
        return true;
    };
    let mut constants = reading.constants();
    match field {
        UserField::Name => constants.any(|path| {
            matches!(
                path,
                DeclarationPath::Value(Key::Domain) | DeclarationPath::User(_, UserField::Name)
            )
        }),
        UserField::Email => constants
            .any(|path| matches!(path, DeclarationPath::User(_, UserField::Email))),
        UserField::Cpus => constants.any(|path| path == DeclarationPath::Value(Key::Instance)),
        UserField::Extension(_) => constants.any(
            |path| matches!(path, DeclarationPath::User(other, UserField::Extension(_)) if other == at),
        ),
        // A part with only its own rule depends on nothing else.
        _ => false,
    }
}

fn validation(krate: &TokenStream, item: &Item, spot: &Spot, part: &Part) -> Vec<TokenStream> {
    let name = &item.name;
    let written = part.written(krate);
    let numbers = 0..part.most;
    numbers
        .map(|number| {
            let method = proc_macro2::Ident::new("admit", spot.range.start());
            // rustc underlines the call, from its first token to its last.
            let validation = quote_spanned! { spot.range.start() =>
                <#name as #krate::Declared>::VALIDATION
            };
            let arguments = quote_spanned! { spot.range.end() => (#written, #number) };
            quote! { const _: () = #validation . #method #arguments; }
        })
        .collect()
}

fn path(krate: &TokenStream, path: DeclarationPath) -> TokenStream {
    let path = match path {
        DeclarationPath::Declaration => quote! { Declaration },
        DeclarationPath::Missing(key) => call("Missing", &self::key(krate, key)),
        DeclarationPath::Value(key) => call("Value", &self::key(krate, key)),
        DeclarationPath::Item(key, at) => {
            let key = self::key(krate, key);
            quote! { Item(#key, #at) }
        }
        DeclarationPath::User(at, field) => {
            let variant = proc_macro2::Ident::new(field.variant(), Span::call_site());
            let field = match field.index() {
                Some(index) => quote! { #variant(#index) },
                None => quote! { #variant },
            };
            quote! { User(#at, #krate::team::UserField::#field) }
        }
        DeclarationPath::TagKey(at) => quote! { TagKey(#at) },
        DeclarationPath::TagValue(at) => quote! { TagValue(#at) },
        DeclarationPath::Tls(part) => {
            let part = match part {
                TlsPart::Certificate => quote! { Certificate },
                TlsPart::PrivateKey => quote! { PrivateKey },
                TlsPart::Email => quote! { Email },
                TlsPart::Until => quote! { Until },
                TlsPart::Staging => quote! { Staging },
            };
            quote! { Tls(#krate::team::TlsPart::#part) }
        }
        DeclarationPath::Login(part) => {
            let part = proc_macro2::Ident::new(&format!("{part:?}"), Span::call_site());
            quote! { Login(#krate::team::LoginPart::#part) }
        }
    };
    quote! { #krate::team::DeclarationPath::#path }
}

fn call(variant: &str, argument: &TokenStream) -> TokenStream {
    let variant = proc_macro2::Ident::new(variant, Span::call_site());
    quote! { #variant(#argument) }
}

fn key(krate: &TokenStream, key: Key) -> TokenStream {
    let key = proc_macro2::Ident::new(&format!("{key:?}"), Span::call_site());
    quote! { #krate::team::Key::#key }
}
