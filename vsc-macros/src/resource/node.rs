//! The tree that a resource's properties are parsed into.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, Lit, LitStr, Token, braced, bracketed, token};
use vsc_spec::json::{Json, Text};
use vsc_spec::resource::{Step, Target};

use super::literal;
use crate::diagnostics::Range;

/// A parsed value.
pub(crate) enum JsonNode {
    /// A string, a number or a boolean.
    Literal(Json<Span>, Range),
    /// `[ … ]`.
    List(Vec<JsonNode>, Range),
    /// `{ … }`.
    Object(Members),
    /// A Rust expression, known at run time.
    Expression(Box<Expr>),
}

/// The members of an object, in order.
pub(crate) struct Members {
    pub(crate) members: Vec<Member>,
    pub(crate) span: Range,
}

/// `Name: value`.
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) name_span: Range,
    pub(crate) value: JsonNode,
}

impl JsonNode {
    pub(crate) fn span(&self) -> Range {
        match self {
            Self::Literal(_, span) | Self::List(_, span) => *span,
            Self::Object(members) => members.span,
            Self::Expression(expression) => Range::of(expression),
        }
    }

    /// The node as JSON, with the spans of unknown values.
    pub(crate) fn json(&self) -> Json<Span> {
        match self {
            Self::Literal(json, _) => json.clone(),
            Self::List(items, _) => Json::array(items.iter().map(Self::json)),
            Self::Object(members) => members.json(),
            Self::Expression(expression) => Json::Expression(expression.span()),
        }
    }
}

impl Members {
    pub(crate) fn json(&self) -> Json<Span> {
        Json::object(
            self.members
                .iter()
                .map(|member| (Text::Owned(member.name.clone()), member.value.json())),
        )
    }

    /// The span at the end of a path; `whole` is that of the object itself.
    pub(crate) fn locate(&self, path: &[Step], target: Target, whole: Range) -> Range {
        let mut members = Some(self);
        let mut items: &[JsonNode] = &[];
        let mut span = whole;
        for (location, step) in path.iter().enumerate() {
            let last = location + 1 == path.len();
            let node = match step {
                Step::Key(name) => {
                    let member = members.and_then(|all| {
                        all.members.iter().rev().find(|member| member.name == *name)
                    });
                    let Some(member) = member else { return span };
                    if last && target == Target::Key {
                        return member.name_span;
                    }
                    &member.value
                }
                Step::Index(index) => match items.get(*index) {
                    Some(node) => node,
                    None => return span,
                },
            };
            span = node.span();
            (members, items) = match node {
                JsonNode::Object(inner) => (Some(inner), [].as_slice()),
                JsonNode::List(inner, _) => (None, inner.as_slice()),
                JsonNode::Literal(..) | JsonNode::Expression(_) => (None, [].as_slice()),
            };
        }
        span
    }
}

impl Parse for Members {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let content;
        let braces = braced!(content in input);
        let mut members = Vec::new();
        while !content.is_empty() {
            members.push(content.parse()?);
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        Ok(Self {
            members,
            span: braces.span.join().into(),
        })
    }
}

impl Parse for Member {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let first = input.span();
        let (name, name_span) = name(input)?;
        if !input.peek(Token![:]) {
            let message = format!("expected `:` and a value after `{name}`");
            let span = if input.is_empty() {
                first
            } else {
                input.span()
            };
            return Err(syn::Error::new(span, message));
        }
        input.parse::<Token![:]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(first, format!("`{name}` has no value")));
        }
        Ok(Self {
            name,
            name_span,
            value: input.parse()?,
        })
    }
}

/// A property's name: an identifier, a string, or an intrinsic function's `Fn::Name`.
fn name(input: ParseStream) -> syn::Result<(String, Range)> {
    if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        return Ok((text.value(), text.span().into()));
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a property name"));
    }
    let first = Ident::parse_any(input)?;
    let mut name = first.unraw().to_string();
    let mut end = first.span();
    while input.peek(Token![::]) {
        input.parse::<Token![::]>()?;
        let next = Ident::parse_any(input)?;
        name.push_str("::");
        name.push_str(&next.unraw().to_string());
        end = next.span();
    }
    Ok((name, Range::between(first.span(), end)))
}

impl Parse for JsonNode {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(token::Brace) && !is_fragment(input) {
            return input.parse().map(Self::Object);
        }
        if ends_after_tree(input) {
            if input.peek(token::Bracket) {
                return list(input);
            }
            if let Some(literal) = written(input)? {
                return Ok(literal);
            }
        }
        let expression: Expr = input.parse()?;
        match literal::folded(&expression) {
            Some(node) => node,
            None => Ok(Self::Expression(Box::new(expression))),
        }
    }
}

/// Whether the next token tree is a macro's expression fragment: a block in it is Rust.
fn is_fragment(input: ParseStream) -> bool {
    let next = input.fork().parse::<proc_macro2::TokenTree>();
    matches!(next, Ok(proc_macro2::TokenTree::Group(group)) if group.delimiter() == proc_macro2::Delimiter::None)
}

/// Whether the value is one token tree, or a number with its sign.
fn ends_after_tree(input: ParseStream) -> bool {
    let ahead = input.fork();
    if ahead.peek(Token![-]) {
        let _ = ahead.parse::<Token![-]>();
    }
    ahead.parse::<proc_macro2::TokenTree>().is_ok() && (ahead.is_empty() || ahead.peek(Token![,]))
}

fn list(input: ParseStream) -> syn::Result<JsonNode> {
    let ahead = input.fork();
    let content;
    bracketed!(content in ahead);
    if is_repetition(&content) {
        return input.parse().map(Box::new).map(JsonNode::Expression);
    }
    let content;
    let brackets = bracketed!(content in input);
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(content.parse()?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(JsonNode::List(items, brackets.span.join().into()))
}

/// `[value; count]`.
fn is_repetition(content: ParseStream) -> bool {
    content
        .fork()
        .parse::<TokenStream>()
        .is_ok_and(|tokens| tokens.into_iter().any(|token| token.to_string() == ";"))
}

fn written(input: ParseStream) -> syn::Result<Option<JsonNode>> {
    if input.peek(Ident) && input.fork().parse::<Ident>()? == "null" {
        let null: Ident = input.parse()?;
        return Ok(Some(JsonNode::Literal(Json::Null, null.span().into())));
    }
    let negative = input.peek(Token![-]);
    let ahead = input.fork();
    if negative {
        ahead.parse::<Token![-]>()?;
    }
    if !ahead.peek(Lit) {
        return Ok(None);
    }
    let literal: Lit = ahead.parse()?;
    let Some(json) = literal::value(&literal, negative) else {
        return Ok(None);
    };
    let json = json?;
    // A macro fragment has the span of its name; the literal has that of the call.
    let start = if negative {
        input.parse::<Token![-]>()?.span
    } else {
        literal.span()
    };
    input.parse::<Lit>()?;
    Ok(Some(JsonNode::Literal(
        json,
        Range::between(start, literal.span()),
    )))
}
