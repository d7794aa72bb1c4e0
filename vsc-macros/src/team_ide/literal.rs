//! Values of one kind, or the refusal of another.

use proc_macro2::Span;
use syn::{Expr, ExprUnary, Lit, UnOp};
use vsc_spec::Finding;

use crate::diagnostics::{Diagnostics, Range};

/// A string and its place.
pub(crate) fn string(
    subject: &str,
    example: &str,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Span)> {
    if let Expr::Lit(literal) = expression
        && let Lit::Str(text) = &literal.lit
    {
        return Some((text.value(), text.span()));
    }
    wrong(subject, "a string", example, expression, diagnostics);
    None
}

/// A whole number.
pub(crate) fn number(
    subject: &str,
    example: &str,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<i128> {
    let (expression, sign) = match expression {
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => (expr.as_ref(), -1),
        expression => (expression, 1),
    };
    if let Expr::Lit(literal) = expression
        && let Lit::Int(number) = &literal.lit
        && let Ok(number) = number.base10_parse::<i128>()
    {
        return Some(sign * number);
    }
    wrong(subject, "a whole number", example, expression, diagnostics);
    None
}

/// Refuses a value of the wrong kind.
pub(crate) fn wrong(
    subject: &str,
    wanted: &str,
    example: &str,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) {
    let finding = Finding::new(format!(
        "`{subject}` takes {wanted}, not {}",
        kind(expression)
    ))
    .help(format!("write `{example}`"));
    diagnostics.refuse(Range::of(expression), &finding);
}

fn kind(expression: &Expr) -> &'static str {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(_) => "a string",
            Lit::Int(_) | Lit::Float(_) => "a number",
            Lit::Bool(_) => "a boolean",
            _ => "this literal",
        },
        Expr::Array(_) => "a list",
        Expr::Path(_) => "a name",
        Expr::Call(_) | Expr::MethodCall(_) => "a call",
        _ => "an expression",
    }
}
