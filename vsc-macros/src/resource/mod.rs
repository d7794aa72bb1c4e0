//! `resource!`: a resource of a stack, checked by the schema of its type.
//!
//! Tokens are parsed into a tree of nodes, the tree is checked as JSON, and
//! every error is traced back to the token it is about.

pub(crate) mod check;
mod expand;
mod handle;
mod invocation;
mod kind;
mod library;
mod literal;
mod moved_from;
mod names;
pub(crate) mod node;
pub(crate) mod value;

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;
use vsc_spec::resource::ResourceType;

use crate::diagnostics::Diagnostics;
pub(crate) use handle::library as handles;
use invocation::Invocation;
pub(crate) use names::expand as names;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    match read(input, &mut diagnostics) {
        None => rejected(diagnostics),
        Some((invocation, resource)) if diagnostics.is_empty() => {
            expand::expand(&invocation, &resource)
        }
        Some((invocation, resource)) => {
            expand::rejected(&invocation, &resource, diagnostics.into_compile_errors())
        }
    }
}

/// Parses and checks an invocation; returns it if the type is known.
fn read(
    input: TokenStream,
    diagnostics: &mut Diagnostics,
) -> Option<(Invocation, Arc<ResourceType>)> {
    let invocation = match syn::parse2::<Invocation>(input) {
        Ok(invocation) => invocation,
        Err(error) => {
            diagnostics.syntax(error);
            return None;
        }
    };
    let resource = check::resource_type(&invocation, diagnostics)?;
    match &invocation.broken {
        Some(error) => diagnostics.syntax(error.clone()),
        None => check::check(&invocation, &resource, diagnostics),
    }
    Some((invocation, resource))
}

/// The expansion of an invocation that cannot be parsed or has an unknown type: a block whose value is
/// an error, so that rustc reports nothing about its uses.
fn rejected(diagnostics: Diagnostics) -> TokenStream {
    let mut errors = diagnostics.into_compile_errors();
    let last = errors.pop();
    quote! {{ #(#errors;)* #last }}
}
