//! The expansion of a resource: it adds the resource, and returns a handle with the attributes of its
//! type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use vsc_spec::json::Json;
use vsc_spec::resource::{ResourceType, Violation, service};

use super::handle::Handle;
use super::invocation::{Invocation, LogicalId};
use super::moved_from::MOVED_FROM;
use super::node::{JsonNode, Member};
use super::value::{Builder, bare, underlined};

pub(crate) fn expand(invocation: &Invocation, resource: &ResourceType) -> TokenStream {
    let krate = &private(invocation);
    let Handle { path, definition } = Handle::new(krate, resource, &invocation.properties);
    let properties = Builder::new(krate, Some(resource)).object(&invocation.properties);
    let options = invocation
        .options
        .iter()
        .flat_map(|options| &options.members);
    // Hygienic: the user's expressions may have a variable of the same name.
    let draft = Ident::new("draft", Span::mixed_site());
    let options: Vec<TokenStream> = options
        .map(|option| set_option(krate, &draft, option))
        .collect();
    let advice = advice(invocation, resource);
    let mutable = (!options.is_empty()).then(|| quote! { mut });
    let stack = bare(&invocation.stack);
    let type_name = &resource.name;
    let logical_id = match &invocation.logical_id {
        LogicalId::Written(id) => {
            let id = id.to_string();
            quote! { #id }
        }
        LogicalId::Computed(expression) => {
            let expression = bare(expression);
            quote! { #expression }
        }
    };
    quote! {{
        #definition
        #(#advice)*

        let #mutable #draft = #krate::Draft::new(#type_name, #properties);
        #(#options)*
        #path(#krate::Stack::add(#stack, #logical_id, #draft))
    }}
}

/// Likely mistakes that the service accepts, as warnings of rustc at the token: macros cannot warn, but
/// the use of a deprecated item does.
fn advice(invocation: &Invocation, resource: &ResourceType) -> Vec<TokenStream> {
    let properties = &invocation.properties;
    let found = service::advise(&resource.name, &properties.json()).into_iter();
    found
        .map(
            |(
                _,
                Violation {
                    location,
                    diagnostic,
                    ..
                },
            )| {
                let whole = invocation.type_name.span;
                let span = properties
                    .locate(&location.path, location.target, whole)
                    .start();
                let words = diagnostic.to_string();
                let used = quote_spanned! { span => Advice };
                quote! {{
                    #[deprecated(note = #words)]
                    struct Advice;
                    let _ = #used;
                }}
            },
        )
        .collect()
}

/// The expansion of a rejected resource: its errors, and a handle all the same, so that an editor knows
/// what can follow. The value of the handle is an error, so that rustc does not check the properties.
pub(crate) fn rejected(
    invocation: &Invocation,
    resource: &ResourceType,
    mut errors: Vec<TokenStream>,
) -> TokenStream {
    let krate = &private(invocation);
    let Handle { path, definition } = Handle::new(krate, resource, &invocation.properties);
    let handle = Ident::new("handle", Span::mixed_site());
    let last = errors.pop();
    quote! {{
        #definition
        #(#errors;)*
        let #handle: #path = #last;
        #handle
    }}
}

/// The path of the items that an expansion uses.
fn private(invocation: &Invocation) -> TokenStream {
    let krate = &invocation.krate;
    quote! { #krate::__private }
}

fn set_option(krate: &TokenStream, draft: &Ident, option: &Member) -> TokenStream {
    let name = option.name.as_str();
    let value = &option.value;
    match name {
        "DependsOn" => {
            let items = match value {
                JsonNode::List(items, _) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let items = items.iter().map(|item| match item {
                JsonNode::Expression(expression) => {
                    let expression = bare(expression);
                    quote_spanned! { underlined(expression) => #draft.depends_on(#expression); }
                }
                other => {
                    let id = Builder::new(krate, None).value(other);
                    quote! { #draft.depends_on_named(#id); }
                }
            });
            quote! { #(#items)* }
        }
        "Condition" => match value {
            JsonNode::Expression(expression) => {
                let expression = bare(expression);
                quote_spanned! { underlined(expression) => #draft.condition(#expression); }
            }
            other => {
                let id = Builder::new(krate, None).value(other);
                quote! { #draft.condition_named(#id); }
            }
        },
        MOVED_FROM => match value {
            JsonNode::Expression(expression) => {
                let expression = bare(expression);
                quote_spanned! { underlined(expression) => #draft.moved_from(#expression); }
            }
            JsonNode::Literal(Json::String(id), _) => quote! { #draft.moved_from(#id); },
            // It is rejected.
            _ => TokenStream::new(),
        },
        name => {
            if let JsonNode::Expression(expression) = value {
                let expression = bare(expression);
                let kind = kind_of_option(krate, name);
                return quote_spanned! { underlined(expression) =>
                    if let ::core::option::Option::Some(value) =
                        #krate::optional::<#kind, _>(#expression)
                    {
                        #draft.set_option(#name, value);
                    }
                };
            }
            let value = Builder::new(krate, None).value(value);
            quote! { #draft.set_option(#name, #value); }
        }
    }
}

/// The type of a resource attribute's value: AWS CloudFormation Template Reference, "Resource attributes".
fn kind_of_option(krate: &TokenStream, name: &str) -> TokenStream {
    match name {
        "DeletionPolicy" | "UpdateReplacePolicy" | "Version" => quote! { ::std::string::String },
        _ => quote! { #krate::Object },
    }
}
