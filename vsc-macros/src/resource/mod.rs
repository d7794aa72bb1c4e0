//! `resource!`: a resource of a stack, judged by the schema of its type.
//!
//! Tokens are parsed into a tree of nodes, the tree is judged as the JSON that it stands for, and
//! every refusal is traced back to the token it is about.

mod attribute;
mod check;
mod expand;
mod invocation;
mod kind;
mod node;
mod value;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use invocation::Invocation;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let invocation = match syn::parse2::<Invocation>(input) {
        Ok(invocation) => invocation,
        Err(error) => {
            diagnostics.syntax(error);
            return refused(diagnostics);
        }
    };
    let Some(resource) = check::resource_type(&invocation, &mut diagnostics) else {
        return refused(diagnostics);
    };
    match &invocation.broken {
        Some(error) => diagnostics.syntax(error.clone()),
        None => check::judge(&invocation, &resource, &mut diagnostics),
    }
    if diagnostics.is_empty() {
        expand::expand(&invocation, &resource)
    } else {
        expand::refused(&invocation, &resource, diagnostics.into_compile_errors())
    }
}

/// What cannot be read, or is of no type that exists: a block whose value is an error itself, so
/// that rustc reports nothing further about what uses it.
fn refused(diagnostics: Diagnostics) -> TokenStream {
    let mut errors = diagnostics.into_compile_errors();
    let last = errors.pop();
    quote! {{ #(#errors;)* #last }}
}
