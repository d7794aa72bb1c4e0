//! Diagnostics with their spans, collected and reported together.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use vsc_spec::Diagnostic;

/// The span of one or more tokens, from the first to the last.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    start: Span,
    end: Span,
}

impl Range {
    /// The range of all tokens of a syntax node.
    pub(crate) fn of(syntax: impl ToTokens) -> Self {
        let mut spans = Vec::new();
        leaves(syntax.into_token_stream(), &mut spans);
        let start = spans.first().copied().unwrap_or_else(Span::call_site);
        Self {
            start,
            end: spans.last().copied().unwrap_or(start),
        }
    }

    /// The first token.
    pub(crate) fn start(self) -> Span {
        self.start
    }

    /// The last token.
    pub(crate) fn end(self) -> Span {
        self.end
    }

    /// The range from the start of one token to the end of another.
    pub(crate) fn between(start: Span, end: Span) -> Self {
        Self { start, end }
    }
}

/// The spans of tokens. A macro fragment is an invisible group, which has the span of the fragment's
/// name; the tokens in it have those of the call.
fn leaves(tokens: TokenStream, spans: &mut Vec<Span>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                leaves(group.stream(), spans);
            }
            token => spans.push(token.span()),
        }
    }
}

impl From<Span> for Range {
    fn from(span: Span) -> Self {
        Self {
            start: span,
            end: span,
        }
    }
}

/// The errors of one macro call.
///
/// They are reported in the order of the source whatever the order in which they were found.
#[derive(Default)]
pub(crate) struct Diagnostics {
    errors: Vec<(Range, usize, String)>,
}

impl Diagnostics {
    pub(crate) fn reject(&mut self, range: impl Into<Range>, diagnostic: &Diagnostic) {
        self.reject_line(range, 0, diagnostic);
    }

    /// Rejects a line of the file that is named here.
    pub(crate) fn reject_line(
        &mut self,
        range: impl Into<Range>,
        line: usize,
        diagnostic: &Diagnostic,
    ) {
        self.errors
            .push((range.into(), line, diagnostic.to_string()));
    }

    pub(crate) fn syntax(&mut self, error: syn::Error) {
        for error in error {
            self.errors
                .push((error.span().into(), 0, error.to_string()));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The errors as `compile_error!` invocations, each a statement or item of its own.
    pub(crate) fn into_compile_errors(mut self) -> Vec<TokenStream> {
        self.errors.sort_by_key(|(range, line, _)| {
            let start = compiler_span(range.start).map(|span| span.start());
            let position = start.map(|start| (start.line(), start.column()));
            (position, *line)
        });
        let errors = self.errors.into_iter();
        errors
            .map(|(range, _, message)| compile_error(range, &message))
            .collect()
    }
}

/// The compiler's span of a token, which exists within a macro but not in a test.
pub(crate) fn compiler_span(span: Span) -> Option<proc_macro::Span> {
    proc_macro::is_available().then(|| span.unwrap())
}

/// A `compile_error!` at a range. rustc underlines from the first token of the invocation to its last
/// one, rust-analyzer the name of the macro. No other token has a span of the user's, or hovering there
/// would show the crate `core`.
fn compile_error(Range { start, end }: Range, message: &str) -> TokenStream {
    let colons = quote_spanned! { start => :: };
    let name = quote_spanned! { start => compile_error };
    let mut argument = Group::new(Delimiter::Brace, quote! { #message });
    argument.set_span(end);
    quote! { #colons core::#name! #argument }
}
