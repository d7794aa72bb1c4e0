//! The parts of an invocation: `stack, LogicalId: AWS::Service::Type { … } with { … }`.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitStr, Token, bracketed, parenthesized, token};

use super::node::Members;
use crate::diagnostics::Range;

/// A parsed invocation.
pub(crate) struct Invocation {
    /// The path of the crate that the expansion uses.
    pub(crate) krate: TokenStream,
    pub(crate) stack: Expr,
    pub(crate) logical_id: LogicalId,
    pub(crate) type_name: TypeName,
    pub(crate) properties: Members,
    pub(crate) options: Option<Members>,
    /// The syntax error after the type, which is known already.
    pub(crate) broken: Option<syn::Error>,
}

/// The logical ID of the resource in its template.
pub(crate) enum LogicalId {
    Written(Ident),
    Computed(Box<Expr>),
}

/// `AWS::Service::Type`.
pub(crate) struct TypeName {
    pub(crate) name: String,
    pub(crate) span: Range,
}

impl Parse for Invocation {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let krate;
        bracketed!(krate in input);
        let krate = krate.parse()?;
        if input.peek(Ident) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
            return Err(input.error(
                "the stack is missing\n= help: write `resource!(stack, Backups: AWS::S3::Bucket { … })`",
            ));
        }
        let stack = input.parse().map_err(|error| {
            let example = "resource!(stack, Backups: AWS::S3::Bucket { … })";
            syn::Error::new(
                error.span(),
                format!("expected a stack\n= help: write `{example}`"),
            )
        })?;
        input.parse::<Token![,]>()?;
        let logical_id = input.parse()?;
        input.parse::<Token![:]>()?;
        let type_name = input.parse()?;
        let ahead = input.fork();
        let (properties, options, broken) = match behind_the_type(&ahead) {
            Ok((properties, options)) => {
                input.advance_to(&ahead);
                (properties, options, None)
            }
            Err(error) => {
                input.parse::<TokenStream>()?;
                (no_properties(), None, Some(error))
            }
        };
        Ok(Self {
            krate,
            stack,
            logical_id,
            type_name,
            properties,
            options,
            broken,
        })
    }
}

/// `{ … } with { … }`, both optional.
fn behind_the_type(input: ParseStream) -> syn::Result<(Members, Option<Members>)> {
    let properties = if input.is_empty() || is_with(input) {
        no_properties()
    } else {
        input.parse()?
    };
    let options = if is_with(input) {
        input.parse::<Ident>()?;
        Some(input.parse()?)
    } else {
        None
    };
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    }
    if !input.is_empty() {
        return Err(input.error(
            "unexpected token after the resource\n= help: write resource attributes such as `DependsOn` as `with { … }`",
        ));
    }
    Ok((properties, options))
}

fn no_properties() -> Members {
    Members {
        members: Vec::new(),
        span: Span::call_site().into(),
    }
}

fn is_with(input: ParseStream) -> bool {
    input
        .fork()
        .parse::<Ident>()
        .is_ok_and(|ident| ident == "with")
}

impl Parse for LogicalId {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            return content.parse().map(Box::new).map(Self::Computed);
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error(
                "expected a logical ID\n= help: write a name such as `Backups`, or a computed one in parentheses: `(user.logical_id(\"Record\"))`",
            ));
        }
        Ident::parse_any(input).map(Self::Written)
    }
}

impl Parse for TypeName {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        // The names of custom resources may have characters that identifiers cannot have.
        if input.peek(LitStr) {
            let name: LitStr = input.parse()?;
            return Ok(Self {
                name: name.value(),
                span: name.span().into(),
            });
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a resource type such as `AWS::S3::Bucket`"));
        }
        let first = Ident::parse_any(input)?;
        let mut end = first.span();
        let mut name = first.unraw().to_string();
        while input.peek(Token![::]) {
            input.parse::<Token![::]>()?;
            let next = Ident::parse_any(input)?;
            end = next.span();
            name.push_str("::");
            name.push_str(&next.unraw().to_string());
        }
        Ok(Self {
            name,
            span: Range::between(first.span(), end),
        })
    }
}
