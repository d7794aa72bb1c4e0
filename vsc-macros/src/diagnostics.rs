//! Findings with their place in the source, collected and reported together.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use vsc_spec::Finding;

/// The errors of one macro call.
///
/// They are reported in the order of the source whatever the order in which they were found.
#[derive(Default)]
pub(crate) struct Diagnostics {
    errors: Vec<(Span, String)>,
}

impl Diagnostics {
    pub(crate) fn refuse(&mut self, span: Span, finding: &Finding) {
        self.errors.push((span, finding.to_string()));
    }

    pub(crate) fn syntax(&mut self, error: syn::Error) {
        for error in error {
            self.errors.push((error.span(), error.to_string()));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The errors as `compile_error!` invocations, each a statement or item of its own.
    pub(crate) fn into_compile_errors(mut self) -> Vec<TokenStream> {
        self.errors.sort_by_key(|(span, _)| {
            let start = span.unwrap().start();
            (start.line(), start.column())
        });
        let errors = self.errors.into_iter();
        errors
            .map(|(span, message)| quote_spanned! { span => ::core::compile_error! { #message } })
            .collect()
    }
}
