//! `json!` and `object!`: any JSON in the syntax of `resource!`, without a schema.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Token, bracketed};

use crate::diagnostics::Diagnostics;
use crate::resource::check::repeats_below;
use crate::resource::node::{JsonNode, Member, Members};
use crate::resource::value::Builder;

/// A value.
pub(crate) fn value(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream| {
        let krate = krate(input)?;
        let node = input.parse::<JsonNode>()?;
        if !input.is_empty() {
            return Err(input.error("unexpected token after the value"));
        }
        Ok((krate, node))
    };
    written(parser.parse2(input), whole)
}

/// The members of an object.
pub(crate) fn object(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream| {
        let krate = krate(input)?;
        let span = input.span().into();
        let members = input.parse_terminated(Member::parse, Token![,])?;
        let members = members.into_iter().collect();
        Ok((krate, JsonNode::Object(Members { members, span })))
    };
    written(parser.parse2(input), members)
}

/// An expression of type `Json`.
fn whole(builder: &mut Builder<'_>, node: &JsonNode) -> TokenStream {
    builder.value(node)
}

/// An expression of type `Object`.
fn members(builder: &mut Builder<'_>, node: &JsonNode) -> TokenStream {
    match node {
        JsonNode::Object(members) => builder.object(members),
        node => builder.value(node),
    }
}

/// The path of the crate that the expansion uses.
fn krate(input: ParseStream) -> syn::Result<TokenStream> {
    let krate;
    bracketed!(krate in input);
    krate.parse()
}

fn written(
    parsed: syn::Result<(TokenStream, JsonNode)>,
    build: fn(&mut Builder<'_>, &JsonNode) -> TokenStream,
) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let tokens = match parsed {
        Ok((krate, node)) => {
            repeats_below(&node, &mut diagnostics);
            let krate = quote! { #krate::__private };
            build(&mut Builder::new(&krate, None), &node)
        }
        Err(error) => {
            diagnostics.syntax(error);
            TokenStream::new()
        }
    };
    if diagnostics.is_empty() {
        return tokens;
    }
    let mut errors = diagnostics.into_compile_errors();
    let last = errors.pop();
    quote! {{ #(#errors;)* #last }}
}
