//! Expands nodes to the Rust that builds their JSON.

use proc_macro2::{Literal, TokenStream};
use quote::quote_spanned;
use quote::{format_ident, quote};
use syn::spanned::Spanned as _;
use vsc_spec::json::{Json, Text};
use vsc_spec::resource::{Expectation, ResourceType, Step, ValueKind};

use super::kind;
use super::node::{JsonNode, Members};

/// Builds values, and keeps the current path in the resource.
pub(crate) struct Builder<'a> {
    pub(crate) krate: &'a TokenStream,
    /// The type whose properties are built; `None` without a schema.
    pub(crate) resource: Option<&'a ResourceType>,
    pub(crate) path: Vec<Step>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(krate: &'a TokenStream, resource: Option<&'a ResourceType>) -> Self {
        Self {
            krate,
            resource,
            path: Vec::new(),
        }
    }

    /// An expression of type `Object`.
    pub(crate) fn object(&mut self, members: &Members) -> TokenStream {
        let members = self.members(members);
        quote! { #members.object() }
    }

    fn members(&mut self, members: &Members) -> TokenStream {
        let krate = self.krate;
        let mut calls = Vec::new();
        for member in &members.members {
            let name = &member.name;
            self.path.push(Step::Key(Text::Owned(name.clone())));
            let expectation = self.expectation();
            calls.push(match &member.value {
                JsonNode::Expression(expression) if !expectation.required => {
                    let value = self.asked(&expectation, "optional", expression);
                    quote! { .with_some(#name, #value) }
                }
                value => {
                    let value = self.value(value);
                    quote! { .with(#name, #value) }
                }
            });
            self.path.pop();
        }
        let count = Literal::usize_unsuffixed(calls.len());
        quote! { #krate::Members::with_capacity(#count) #(#calls)* }
    }

    /// An expression of type `Json`.
    pub(crate) fn value(&mut self, node: &JsonNode) -> TokenStream {
        let krate = self.krate;
        match node {
            JsonNode::Literal(json, _) => literal(krate, json),
            JsonNode::Object(members) => {
                let members = self.members(members);
                quote! { #members.json() }
            }
            JsonNode::List(items, _) => {
                let items: Vec<TokenStream> = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        self.path.push(Step::Index(index));
                        let item = self.value(item);
                        self.path.pop();
                        item
                    })
                    .collect();
                quote! { <#krate::Json>::Array(::std::vec![#(#items),*]) }
            }
            JsonNode::Expression(expression) => {
                self.asked(&self.expectation(), "required", expression)
            }
        }
    }

    /// A call of the trait of the expected kind: rustc reports a value of another kind with the trait's
    /// message, at the whole expression.
    fn asked(
        &self,
        expectation: &Expectation,
        presence: &str,
        expression: &syn::Expr,
    ) -> TokenStream {
        let expression = bare(expression);
        let krate = self.krate;
        let (kind, items) = kind::asked(krate, &ValueKind::expected(expectation));
        let presence = format_ident!("{presence}");
        let span = underlined(expression);
        match items {
            None => quote_spanned! { span =>
                #krate::expected::#presence::#kind::json(#expression)
            },
            Some(items) => quote_spanned! { span =>
                #krate::expected::#presence::#kind::<#items>::json(#expression)
            },
        }
    }

    fn expectation(&self) -> Expectation {
        match self.resource {
            Some(resource) => resource.expectation(&self.path),
            None => Expectation::default(),
        }
    }
}

/// The expression without redundant parentheses and braces: rustc would warn about them in an argument,
/// though they are needed where they are written.
pub(crate) fn bare(expression: &syn::Expr) -> &syn::Expr {
    match expression {
        syn::Expr::Group(group) => bare(&group.expr),
        syn::Expr::Paren(paren) if paren.attrs.is_empty() => bare(&paren.expr),
        syn::Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => {
            match block.block.stmts.as_slice() {
                [syn::Stmt::Expr(inner, None)] => bare(inner),
                _ => expression,
            }
        }
        other => other,
    }
}

/// The span at which rustc reports that an expression has the wrong type: after the `&`.
pub(crate) fn underlined(expression: &syn::Expr) -> proc_macro2::Span {
    match expression {
        syn::Expr::Reference(reference) => reference.expr.span(),
        expression => expression.span(),
    }
}

fn literal<E>(krate: &TokenStream, json: &Json<E>) -> TokenStream {
    match json {
        Json::Bool(value) => quote! { <#krate::Json>::Bool(#value) },
        Json::Integer(value) => quote! { <#krate::Json>::Integer(#value) },
        Json::Number(value) => quote! { <#krate::Json>::Number(#value) },
        Json::String(text) => quote! { #krate::text(#text) },
        Json::Null | Json::Array(_) | Json::Object(_) | Json::Expression(_) => {
            quote! { <#krate::Json>::Null }
        }
    }
}
