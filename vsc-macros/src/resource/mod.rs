//! `resource!`: a resource of a stack, checked by the schema of its type.
//!
//! Tokens are parsed into a tree of nodes, the tree is checked as the JSON that it stands for, and
//! every error is traced back to the token it is about.

mod attribute;
pub(crate) mod check;
mod expand;
mod invocation;
mod kind;
mod literal;
mod names;
pub(crate) mod node;
pub(crate) mod value;

use proc_macro2::TokenStream;
use quote::quote;
use vsc_spec::resource::ResourceType;

use crate::diagnostics::Diagnostics;
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

/// Reads and checks an invocation; gives it as soon as the type is known.
fn read(input: TokenStream, diagnostics: &mut Diagnostics) -> Option<(Invocation, ResourceType)> {
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

/// What cannot be read, or is of no type that exists: a block whose value is an error itself, so
/// that rustc reports nothing further about what uses it.
fn rejected(diagnostics: Diagnostics) -> TokenStream {
    let mut errors = diagnostics.into_compile_errors();
    let last = errors.pop();
    quote! {{ #(#errors;)* #last }}
}
