//! Judges what only const evaluation knows.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use vsc_spec::team::{Field, Key, Place, TlsPart, UserField};

use super::item::Item;
use super::reading::{Reading, Spot};

/// How many errors of one key or constant are reported.
const MOST: usize = 3;

/// How many errors within a constant list, or a file, are reported.
const MOST_WITHIN: usize = 12;

/// A constant item for each part of the declaration: its evaluation fails with the error of the
/// part, at the part. Parts that have errors already are left out.
///
/// Where the macro found nothing, one more item fails with whatever error no part reports.
pub(crate) fn judgements(
    krate: &TokenStream,
    item: &Item,
    reading: &Reading,
    refused: &[Place],
) -> Vec<TokenStream> {
    if !reading.has_constants() {
        return Vec::new();
    }
    let spots = reading.spots().iter();
    let reported: Vec<_> = spots
        .filter(|spot| !spot.unreadable && !refused.contains(&spot.place))
        .filter(|spot| spot.constant.is_some() || may_depend(reading, spot.place))
        .map(|spot| (spot, Part::of(reading, spot)))
        .collect();
    let parts = reported.iter().map(|(_, part)| part.written(krate));
    let rest = reading.is_clean.then(|| {
        let name = &item.name;
        let judgement = quote_spanned! { name.span() => <#name as #krate::Declared>::JUDGEMENT };
        quote_spanned! { name.span() => const _: () = #judgement.admit_rest(&[#(#parts),*]); }
    });
    let items = reported
        .iter()
        .flat_map(|(spot, part)| judgement(krate, item, spot, part));
    items.chain(rest).collect()
}

/// What of a part is reported at its span.
struct Part {
    place: Place,
    within: bool,
    most: usize,
}

impl Part {
    fn of(reading: &Reading, spot: &Spot) -> Self {
        let of_list = match spot.place {
            Place::Value(key) => matches!(
                reading.declaration.field(key),
                Field::Texts(..) | Field::Users(_) | Field::Allow(_)
            ),
            _ => false,
        };
        let of_file = spot.place == Place::Value(Key::Users) && reading.file.is_some();
        let within = of_file || (of_list && spot.constant.is_some());
        let of_key = matches!(spot.place, Place::Value(_));
        Self {
            place: spot.place,
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
        let place = place(krate, self.place);
        quote! { #krate::team::Reported { place: #place, within: #within, most: #most } }
    }
}

/// Whether const evaluation may find an error in what the macro has validated: what a literal of a
/// user is validated with may be a constant.
fn may_depend(reading: &Reading, place: Place) -> bool {
    let Place::User(at, field) = place else {
        return true;
    };
    let mut constants = reading.constants();
    match field {
        UserField::Name => constants.any(|place| {
            matches!(
                place,
                Place::Value(Key::Domain) | Place::User(_, UserField::Name)
            )
        }),
        UserField::Cpus => constants.any(|place| place == Place::Value(Key::Instance)),
        UserField::Extension(_) => constants.any(
            |place| matches!(place, Place::User(other, UserField::Extension(_)) if other == at),
        ),
        // What has no rule but its own depends on nothing else.
        _ => false,
    }
}

fn judgement(krate: &TokenStream, item: &Item, spot: &Spot, part: &Part) -> Vec<TokenStream> {
    let name = &item.name;
    let written = part.written(krate);
    let numbers = 0..part.most;
    numbers
        .map(|number| {
            let method = proc_macro2::Ident::new("admit", spot.range.start());
            // rustc underlines the call, from its first token to its last.
            let judgement = quote_spanned! { spot.range.start() =>
                <#name as #krate::Declared>::JUDGEMENT
            };
            let arguments = quote_spanned! { spot.range.end() => (#written, #number) };
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
            let variant = proc_macro2::Ident::new(field.variant(), Span::call_site());
            let field = match field.index() {
                Some(index) => quote! { #variant(#index) },
                None => quote! { #variant },
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
                TlsPart::Staging => quote! { Staging },
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
