//! The methods that return a resource's attributes.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vsc_spec::resource::{ResourceType, ValueKind, method_name};

use super::kind;

/// One method for each attribute.
pub(crate) fn methods(krate: &TokenStream, resource: &ResourceType) -> Vec<TokenStream> {
    let mut taken = BTreeSet::new();
    let mut methods = Vec::new();
    for (attribute, attribute_type) in &resource.attributes {
        let name = method_name(attribute);
        if attribute.contains('*') || !taken.insert(name.clone()) {
            continue;
        }
        let method = Ident::new(&name, Span::call_site());
        let kind = kind::tokens(krate, &ValueKind::given(attribute_type));
        let doc = format!("`Fn::GetAtt` of `{attribute}`.");
        methods.push(quote! {
            #[doc = #doc]
            fn #method(&self) -> #krate::Value<#kind> {
                self.0.attribute(#attribute)
            }
        });
    }
    methods
}
