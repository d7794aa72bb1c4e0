//! The type of a resource's handle: a method for each attribute, and the kind of its `Ref`.
//!
//! rustc takes some 70 µs for a method, again in each use of `resource!` that defines it: 7 ms for a
//! database. So the handles of types with many attributes are defined once, in the library, and those of
//! all others where they are used.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vsc_spec::resource::{self, ResourceType, ValueKind, method_name};

use super::node::Members;
use super::{kind, library};

/// The type of a handle.
pub(crate) struct Handle {
    /// The type, which is also its constructor.
    pub(crate) path: TokenStream,
    /// Its definition, unless it is in the library.
    pub(crate) definition: TokenStream,
}

impl Handle {
    /// The handle of a resource with these properties, on which the kind of `Ref` may depend.
    pub(crate) fn new(krate: &TokenStream, resource: &ResourceType, properties: &Members) -> Self {
        let name = name(&resource.name);
        let properties = properties.members.iter();
        let properties = properties.map(|member| member.name.as_str());
        let reference = ValueKind::referenced(resource, properties);
        if is_in_library(resource) && reference == ValueKind::referenced(resource, []) {
            return Self {
                path: quote! { #krate::handles::#name },
                definition: TokenStream::new(),
            };
        }
        Self {
            definition: definition(krate, resource, &reference, &Place::default()),
            path: quote! { #name },
        }
    }
}

/// The handles of the library.
pub(crate) fn library(krate: &TokenStream) -> TokenStream {
    let place = Place {
        visibility: quote! { pub },
        field: quote! { #[doc(hidden)] pub },
        inline: quote! { #[inline] },
    };
    let resources = library::TYPES.into_iter().filter_map(resource::find);
    resources
        .map(|resource| {
            let reference = ValueKind::referenced(&resource, []);
            definition(krate, &resource, &reference, &place)
        })
        .collect()
}

/// What depends on where a handle is defined; empty where it is used.
#[derive(Default)]
struct Place {
    visibility: TokenStream,
    /// The visibility of the field, which makes the type its own constructor.
    field: TokenStream,
    /// Leaves the compilation of a method to the crates that call it.
    inline: TokenStream,
}

fn is_in_library(resource: &ResourceType) -> bool {
    library::TYPES
        .binary_search(&resource.name.as_str())
        .is_ok()
}

/// Whether the name is that of one attribute, and not of many, such as `Outputs.*`.
pub(super) fn has_method(attribute: &str) -> bool {
    !attribute.contains('*')
}

/// The attributes that have a method, by the name of the method.
fn attributes(resource: &ResourceType) -> Vec<(String, &str, ValueKind)> {
    let mut taken = BTreeSet::new();
    let mut attributes = Vec::new();
    for (attribute, attribute_type) in &resource.attributes {
        let method = method_name(attribute);
        if has_method(attribute) && taken.insert(method.clone()) {
            attributes.push((method, attribute.as_str(), ValueKind::given(attribute_type)));
        }
    }
    attributes
}

fn definition(
    krate: &TokenStream,
    resource: &ResourceType,
    reference: &ValueKind,
    place: &Place,
) -> TokenStream {
    let Place {
        visibility,
        field,
        inline,
    } = place;
    let name = name(&resource.name);
    let about = format!("A resource of type `{}`.", resource.name);
    let reference = kind::tokens(krate, reference);
    let attributes = attributes(resource).into_iter();
    let methods: Vec<TokenStream> = attributes
        .map(|(method, attribute, kind)| {
            let method = Ident::new(&method, Span::call_site());
            let kind = kind::tokens(krate, &kind);
            let about = format!("`Fn::GetAtt` of `{attribute}`.");
            quote! {
                #[doc = #about]
                #inline
                #visibility fn #method(&self) -> #krate::Value<#kind> {
                    self.0.attribute(#attribute)
                }
            }
        })
        .collect();
    let methods = (!methods.is_empty()).then(|| quote! { impl #name { #(#methods)* } });
    quote! {
        #[doc = #about]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name(#field #krate::Handle);

        #methods

        impl ::core::ops::Deref for #name {
            type Target = #krate::Handle;
            #inline
            fn deref(&self) -> &#krate::Handle {
                &self.0
            }
        }

        impl #krate::ResourceHandle for #name {
            type Reference = #reference;
        }

        #[diagnostic::do_not_recommend]
        impl #krate::Dependency for #name {
            #inline
            fn dependency(&self) -> #krate::LogicalId {
                self.0.dependency()
            }
        }
    }
}

/// `AWS::S3::Bucket` as `AwsS3Bucket`: the name of the handle in error messages.
fn name(type_name: &str) -> Ident {
    let mut name = String::new();
    for part in type_name.split("::") {
        match part {
            "AWS" => name.push_str("Aws"),
            part => name.extend(
                part.chars()
                    .filter(|letter| letter.is_alphanumeric() || *letter == '_'),
            ),
        }
    }
    Ident::new(&name, Span::call_site())
}
