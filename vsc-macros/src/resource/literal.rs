//! Literals, also in disguise: in parentheses, with a suffix, from a macro's fragment.

use proc_macro2::Span;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, ExprUnary, Lit, Stmt, Token, UnOp};
use vsc_spec::json::Json;

use super::node::JsonNode;
use crate::diagnostics::Range;

/// The node of an expression that is made of literals.
pub(crate) fn folded(expression: &Expr) -> Option<syn::Result<JsonNode>> {
    Some(match expression {
        Expr::Lit(literal) => Ok(JsonNode::Literal(
            match value(&literal.lit, false)? {
                Ok(json) => json,
                Err(error) => return Some(Err(error)),
            },
            literal.lit.span().into(),
        )),
        Expr::Paren(inner) => return folded(&inner.expr),
        Expr::Group(inner) => return folded(&inner.expr),
        Expr::Reference(inner) if inner.mutability.is_none() => return folded(&inner.expr),
        Expr::Block(inner) if inner.label.is_none() => return folded(only(&inner.block)?),
        Expr::Unary(unary) => return negated(unary),
        Expr::Array(array) => return all(array.elems.iter(), Range::of(expression)),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let items = Punctuated::<Expr, Token![,]>::parse_terminated;
            let items = items.parse2(call.mac.tokens.clone()).ok()?;
            return all(items.iter(), Range::of(expression));
        }
        Expr::Macro(call) if call.mac.path.is_ident("concat") => {
            let parts = Punctuated::<Lit, Token![,]>::parse_terminated;
            let parts = parts.parse2(call.mac.tokens.clone()).ok()?;
            let text: Option<String> = parts.iter().map(text).collect();
            Ok(JsonNode::Literal(Json::from(text?), Range::of(expression)))
        }
        _ => return None,
    })
}

/// The only expression of a block.
fn only(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => Some(expression),
        _ => None,
    }
}

fn negated(unary: &ExprUnary) -> Option<syn::Result<JsonNode>> {
    let inner = match folded(&unary.expr)? {
        Ok(JsonNode::Literal(json, _)) => json,
        Ok(_) => return None,
        Err(error) => return Some(Err(error)),
    };
    let json = match (unary.op, inner) {
        (UnOp::Neg(_), Json::Integer(number)) => Json::Integer(number.checked_neg()?),
        (UnOp::Neg(_), Json::Number(number)) => Json::Number(-number),
        (UnOp::Not(_), Json::Bool(value)) => Json::Bool(!value),
        _ => return None,
    };
    Some(Ok(JsonNode::Literal(json, Range::of(unary))))
}

/// The list of items, if all are literals.
fn all<'a>(items: impl Iterator<Item = &'a Expr>, span: Range) -> Option<syn::Result<JsonNode>> {
    let items: Option<Vec<syn::Result<JsonNode>>> = items.map(folded).collect();
    let items: syn::Result<Vec<JsonNode>> = items?.into_iter().collect();
    Some(items.map(|items| JsonNode::List(items, span)))
}

/// A part of `concat!`, as in the resulting string.
fn text(literal: &Lit) -> Option<String> {
    Some(match literal {
        Lit::Str(text) => text.value(),
        Lit::Char(character) => character.value().to_string(),
        Lit::Bool(value) => value.value.to_string(),
        Lit::Int(number) => number.base10_digits().to_owned(),
        _ => return None,
    })
}

/// The value of a literal; `None` for those without a JSON value.
pub(crate) fn value(literal: &Lit, negative: bool) -> Option<syn::Result<Json<Span>>> {
    let error = |message: &str| Some(Err(syn::Error::new(literal.span(), message)));
    Some(Ok(match literal {
        Lit::Str(text) => Json::from(text.value()),
        Lit::Bool(value) => Json::Bool(value.value),
        Lit::Int(number) => {
            let sign = if negative { "-" } else { "" };
            match format!("{sign}{}", number.base10_digits()).parse() {
                Ok(number) => Json::Integer(number),
                Err(_) => return error("the number is too large"),
            }
        }
        Lit::Float(number) => match number.base10_parse::<f64>() {
            Ok(number) if number.is_finite() => {
                Json::Number(if negative { -number } else { number })
            }
            _ => return error("the number is too large"),
        },
        Lit::Char(character) => Json::from(character.value().to_string()),
        Lit::ByteStr(_) | Lit::CStr(_) => {
            return error("expected a string, found bytes\n= help: write it without the prefix");
        }
        _ => return None,
    }))
}
