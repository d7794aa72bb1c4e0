//! The Rust that a declaration expands to.

use proc_macro2::TokenStream;
use quote::quote;
use vsc_spec::team::{Allow, Declaration, TlsDeclaration, UserDeclaration, Users};

use super::arguments::Arguments;
use super::item::Item;

/// The implementation that gives the declaration. It is there even where the declaration is
/// refused, so that what uses the type is not refused as well.
pub(crate) fn implementation(
    arguments: &Arguments,
    item: &Item,
    declaration: &Declaration,
) -> TokenStream {
    if !item.usable {
        return TokenStream::new();
    }
    let krate = match &arguments.krate {
        Some(path) => quote! { #path },
        None => quote! { ::vsc },
    };
    let name = &item.name;
    let type_name = &declaration.type_name;
    let users = option(declaration.users.as_ref(), |users| {
        self::users(&krate, users)
    });
    let allow = option(declaration.allow.as_ref(), |allow| {
        self::allow(&krate, allow)
    });
    let tls = option(declaration.tls.as_ref(), |tls| self::tls(&krate, tls));
    let number = |number: Option<i128>| option(number.as_ref(), |number| quote! { #number });
    let (port, dashboard_port) = (number(declaration.port), number(declaration.dashboard_port));
    let [
        domain,
        hosted_zone,
        vpc,
        subnet,
        instance,
        region,
        root_volume,
        key_pair,
        memory,
        stack_name,
        description,
    ] = [
        &declaration.domain,
        &declaration.hosted_zone,
        &declaration.vpc,
        &declaration.subnet,
        &declaration.instance,
        &declaration.region,
        &declaration.root_volume,
        &declaration.key_pair,
        &declaration.memory,
        &declaration.stack_name,
        &declaration.description,
    ]
    .map(|text| option(text.as_ref(), text_value));
    let tags = declaration.tags.iter().map(|(key, value)| {
        let (key, value) = (text_value(key), text_value(value));
        quote! { (#key, #value) }
    });
    quote! {
        impl #krate::Declared for #name {
            fn declaration() -> #krate::__private::Declaration {
                #krate::__private::Declaration {
                    type_name: ::std::string::String::from(#type_name),
                    users: #users,
                    domain: #domain,
                    hosted_zone: #hosted_zone,
                    vpc: #vpc,
                    subnet: #subnet,
                    allow: #allow,
                    port: #port,
                    dashboard_port: #dashboard_port,
                    instance: #instance,
                    region: #region,
                    root_volume: #root_volume,
                    key_pair: #key_pair,
                    tls: #tls,
                    memory: #memory,
                    stack_name: #stack_name,
                    description: #description,
                    tags: ::std::vec![#(#tags),*],
                }
            }
        }
    }
}

fn option<T: ?Sized>(value: Option<&T>, tokens: impl FnOnce(&T) -> TokenStream) -> TokenStream {
    match value {
        Some(value) => {
            let value = tokens(value);
            quote! { ::core::option::Option::Some(#value) }
        }
        None => quote! { ::core::option::Option::None },
    }
}

fn text_value(text: &String) -> TokenStream {
    quote! { ::std::string::String::from(#text) }
}

fn users(krate: &TokenStream, users: &Users) -> TokenStream {
    match users {
        Users::Count(count) => quote! { #krate::__private::Users::Count(#count) },
        Users::Named(users) => {
            let users = users.iter().map(|UserDeclaration { name, memory }| {
                let name = text_value(name);
                let memory = option(memory.as_ref(), text_value);
                quote! { #krate::__private::UserDeclaration { name: #name, memory: #memory } }
            });
            quote! { #krate::__private::Users::Named(::std::vec![#(#users),*]) }
        }
    }
}

fn allow(krate: &TokenStream, allow: &Allow) -> TokenStream {
    match allow {
        Allow::Anywhere => quote! { #krate::__private::Allow::Anywhere },
        Allow::Ranges(ranges) => {
            let ranges = ranges.iter().map(text_value);
            quote! { #krate::__private::Allow::Ranges(::std::vec![#(#ranges),*]) }
        }
    }
}

fn tls(krate: &TokenStream, tls: &TlsDeclaration) -> TokenStream {
    match tls {
        TlsDeclaration::Ssm {
            certificate,
            private_key,
        } => {
            let certificate = option(certificate.as_ref(), text_value);
            let private_key = option(private_key.as_ref(), text_value);
            quote! {
                #krate::__private::TlsDeclaration::Ssm {
                    certificate: #certificate,
                    private_key: #private_key,
                }
            }
        }
    }
}
