//! The names in a `resource!`, for editors: its type, its properties, its attributes.
//!
//! Incomplete code is read as far as possible, without the parser that rejects it.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use vsc_spec::json::Text;
use vsc_spec::resource::resource_attributes::RESOURCE_ATTRIBUTES;
use vsc_spec::resource::{self, ResourceType, Step};

use super::moved_from::MOVED_FROM;
use crate::diagnostics::Diagnostics;
use crate::names::{Module, Names, between_commas, identifier};

/// The statements of an invocation for editors.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    super::read(input.clone(), &mut diagnostics);
    let rejected = !diagnostics.is_empty();
    let mut names = Names::default();
    // `[crate] stack, LogicalId: AWS::Service::Type { … } with { … }`
    let behind_stack = input.into_iter().skip_while(|token| !is(token, ','));
    let behind_id = behind_stack.skip(2).skip_while(|token| is(token, ':'));
    let mut tokens = behind_id.peekable();
    let mut path: Vec<TokenTree> = Vec::new();
    // Two words in a row are not a path: the second one is `with`.
    while let Some(token) = tokens
        .next_if(|token| is(token, ':') || is_word(token) && !path.last().is_some_and(is_word))
    {
        path.push(token);
    }
    let types = names.module("types");
    names.path(types, &path);
    let words: Vec<String> = path.iter().filter_map(word).collect();
    names.fill_with(types, modules(&words));

    let found = resource::shared(&words.join("::"));
    let mut objects = tokens.filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    if let (Some(resource), Some(properties)) = (&found, objects.next()) {
        let mut walk = Walk {
            names: &mut names,
            resource,
            path: Vec::new(),
            rejected,
        };
        walk.object(&properties);
    }
    if let Some(options) = objects.next() {
        let module = names.module("attributes");
        for option in between_commas(options.stream()) {
            member(&mut names, module, &option);
        }
        let described = RESOURCE_ATTRIBUTES.map(|name| {
            let description = "A resource attribute, next to the properties.";
            (name.to_owned(), description.to_owned())
        });
        let moved_from = "The old logical ID of a renamed resource, for `vsc refactor`.";
        let moved_from = (MOVED_FROM.to_owned(), moved_from.to_owned());
        let described = described.into_iter().chain([moved_from]);
        names.fill(module, described);
    }
    names.statements()
}

/// Walks through the properties, at any depth.
struct Walk<'a> {
    names: &'a mut Names,
    resource: &'a ResourceType,
    /// The current path.
    path: Vec<Step>,
    /// Whether the resource is rejected, so that its expressions are not emitted elsewhere.
    rejected: bool,
}

impl Walk<'_> {
    fn object(&mut self, group: &Group) {
        let name = self.path.iter().rev().find_map(key).unwrap_or("properties");
        let module = self.names.module(name);
        for written in between_commas(group.stream()) {
            if let Some(name) = member(self.names, module, &written) {
                let mut value = &written[1..];
                while let [colon, rest @ ..] = value
                    && is(colon, ':')
                {
                    value = rest;
                }
                self.inside(Step::Key(Text::Owned(name)), value);
            }
        }
        let members = self.resource.members(&self.path).into_iter();
        self.names.fill(
            module,
            members.map(|member| (member.name, member.description)),
        );
    }

    fn inside(&mut self, step: Step, value: &[TokenTree]) {
        self.path.push(step);
        self.value(value);
        self.path.pop();
    }

    fn value(&mut self, value: &[TokenTree]) {
        match value {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
                self.object(group);
            }
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
                for (index, item) in between_commas(group.stream()).iter().enumerate() {
                    self.inside(Step::Index(index), item);
                }
            }
            [] | [TokenTree::Literal(_)] => {}
            // `vpc.` cannot be parsed until a name follows.
            [.., dot] | [.., dot, TokenTree::Ident(_)] if is(dot, '.') => {
                self.names.expression(value);
            }
            value if self.rejected => self.names.expression(value),
            _ => {}
        }
    }
}

/// Adds the name of a member, `Name: value`, and returns it.
fn member(names: &mut Names, module: Module, written: &[TokenTree]) -> Option<String> {
    let Some(name) = written.first() else {
        names.path(module, &[]);
        return None;
    };
    let word = word(name)?;
    if identifier(&word).is_some() {
        names.path(module, std::slice::from_ref(name));
    }
    Some(word)
}

fn key(step: &Step) -> Option<&str> {
    match step {
        Step::Key(name) => Some(name),
        Step::Index(_) => None,
    }
}

/// All vendors and services as modules, and the types of the services that are written.
fn modules(written: &[String]) -> TokenStream {
    let mut vendors: BTreeMap<&str, BTreeMap<&str, Vec<TokenStream>>> = BTreeMap::new();
    for name in resource::names() {
        let mut parts = name.splitn(3, "::");
        let (Some(vendor), Some(service), Some(kind)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let kinds = vendors
            .entry(vendor)
            .or_default()
            .entry(service)
            .or_default();
        if written.get(1).is_some_and(|written| written == service)
            && let Some(kind) = identifier(kind)
        {
            let doc = format!("The resource type `{name}`.");
            kinds.push(quote! { #[doc = #doc] pub struct #kind; });
        }
    }
    let vendors = vendors.into_iter().filter_map(|(vendor, services)| {
        let vendor = identifier(vendor)?;
        let services = services.into_iter().filter_map(|(service, kinds)| {
            let service = identifier(service)?;
            Some(quote! { pub mod #service { #(#kinds)* } })
        });
        Some(quote! { pub mod #vendor { #(#services)* } })
    });
    quote! { #(#vendors)* }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_word(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_))
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.unraw().to_string()),
        _ => None,
    }
}
