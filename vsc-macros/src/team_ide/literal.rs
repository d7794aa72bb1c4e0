//! Values of one kind, or the refusal of another.

use proc_macro2::Span;
use syn::{Expr, ExprUnary, Lit, UnOp};
use vsc_spec::Finding;

use crate::diagnostics::{Diagnostics, Range};

/// A value as it is written.
pub(crate) enum Written<T> {
    /// It is known here.
    Literal(T, Span),
    /// Const evaluation will know it.
    Constant(Expr),
}

/// What is asked for, for the words of a refusal.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The key or the field.
    pub(crate) subject: &'a str,
    /// It with a value, as one would write it.
    pub(crate) example: &'a str,
}

/// A string.
pub(crate) fn string(
    wanted: Wanted,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<String>> {
    match plain(expression) {
        Expr::Lit(literal) => {
            if let Lit::Str(text) = &literal.lit {
                return Some(Written::Literal(text.value(), text.span()));
            }
        }
        other if is_constant(other) => return Some(Written::Constant(other.clone())),
        _ => {}
    }
    wrong(wanted, "a string", expression, diagnostics);
    None
}

/// A whole number.
pub(crate) fn whole_number(
    wanted: Wanted,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<i128>> {
    let plain = plain(expression);
    let (digits, sign) = signed(plain);
    if let Expr::Lit(literal) = digits {
        if let Lit::Int(number) = &literal.lit
            && let Ok(number) = number.base10_parse::<i128>()
        {
            return Some(Written::Literal(sign * number, literal.lit.span()));
        }
    } else if is_constant(plain) {
        return Some(Written::Constant(plain.clone()));
    }
    wrong(wanted, "a whole number", expression, diagnostics);
    None
}

/// A number that may have a fraction.
pub(crate) fn decimal(
    wanted: Wanted,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<f64>> {
    let plain = plain(expression);
    let (digits, sign) = signed(plain);
    if let Expr::Lit(literal) = digits {
        let number = match &literal.lit {
            Lit::Int(number) => number.base10_parse::<f64>().ok(),
            Lit::Float(number) => number.base10_parse::<f64>().ok(),
            _ => None,
        };
        if let Some(number) = number {
            // A sign is one of 1 and -1.
            let sign = if sign < 0 { -1.0 } else { 1.0 };
            return Some(Written::Literal(sign * number, literal.lit.span()));
        }
    } else if is_constant(plain) {
        return Some(Written::Constant(plain.clone()));
    }
    wrong(wanted, "a number", expression, diagnostics);
    None
}

/// The expression without the groups in which macros wrap what they were given.
pub(crate) fn plain(expression: &Expr) -> &Expr {
    match expression {
        Expr::Group(group) => plain(&group.expr),
        Expr::Paren(paren) => plain(&paren.expr),
        other => other,
    }
}

fn signed(expression: &Expr) -> (&Expr, i128) {
    match expression {
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => (plain(expr), -1),
        expression => (expression, 1),
    }
}

/// Whether const evaluation may give the expression a value of any kind.
pub(crate) fn is_constant(expression: &Expr) -> bool {
    match plain(expression) {
        Expr::Path(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Macro(_)
        | Expr::Block(_)
        | Expr::Const(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Index(_)
        | Expr::Field(_)
        | Expr::Cast(_)
        | Expr::Binary(_)
        | Expr::Unary(_) => true,
        Expr::Reference(reference) => is_constant(&reference.expr),
        _ => false,
    }
}

/// Refuses a value of the wrong kind.
pub(crate) fn wrong(
    wanted: Wanted,
    kind_wanted: &str,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) {
    let Wanted { subject, example } = wanted;
    let kind = kind(plain(expression));
    let finding = Finding::new(format!("`{subject}` takes {kind_wanted}, not {kind}"))
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
