//! Literals of the expected kind, or an error.

use proc_macro2::Span;
use syn::{Block, Expr, ExprUnary, Lit, Stmt, UnOp};
use vsc_spec::Diagnostic;

use crate::diagnostics::{Diagnostics, Range};

/// A value in the source.
pub(crate) enum Written<T> {
    /// A literal.
    Literal(T, Span),
    /// A constant, which const evaluation knows.
    Constant(Expr),
}

/// What is expected, for an error message.
#[derive(Clone, Copy)]
pub(crate) struct Expected<'a> {
    /// The key or the field.
    pub(crate) subject: &'a str,
    /// An example of it with a value.
    pub(crate) example: &'a str,
}

const INTEGERS: [&str; 12] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
];

/// A string.
pub(crate) fn string(
    wanted: Expected,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<String>> {
    match plain(expression) {
        Expr::Lit(literal) => {
            if let Lit::Str(text) = &literal.lit
                && text.suffix().is_empty()
            {
                return Some(Written::Literal(text.value(), text.span()));
            }
        }
        other if is_constant(other) => return Some(Written::Constant(other.clone())),
        _ => {}
    }
    wrong(wanted, "a string", expression, diagnostics);
    None
}

/// `true` or `false`.
pub(crate) fn boolean(
    wanted: Expected,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<bool>> {
    match plain(expression) {
        Expr::Lit(literal) => {
            if let Lit::Bool(boolean) = &literal.lit {
                return Some(Written::Literal(boolean.value, boolean.span()));
            }
        }
        other if is_constant(other) => return Some(Written::Constant(other.clone())),
        _ => {}
    }
    wrong(wanted, "`true` or `false`", expression, diagnostics);
    None
}

/// An integer.
pub(crate) fn integer(
    wanted: Expected,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<i128>> {
    let plain = plain(expression);
    let (digits, sign) = signed(plain);
    if let Expr::Lit(literal) = digits {
        if let Lit::Int(number) = &literal.lit
            && (number.suffix().is_empty() || INTEGERS.contains(&number.suffix()))
            && let Ok(number) = number.base10_parse::<i128>()
        {
            return Some(Written::Literal(sign * number, literal.lit.span()));
        }
    } else if is_constant(plain) {
        return Some(Written::Constant(plain.clone()));
    }
    wrong(wanted, "an integer", expression, diagnostics);
    None
}

/// A number that may have a fraction.
pub(crate) fn decimal(
    wanted: Expected,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Written<f64>> {
    let plain = plain(expression);
    let (digits, sign) = signed(plain);
    if let Expr::Lit(literal) = digits {
        let (number, suffix) = match &literal.lit {
            Lit::Int(number) => (number.base10_parse::<f64>().ok(), number.suffix()),
            Lit::Float(number) => (number.base10_parse::<f64>().ok(), number.suffix()),
            _ => (None, ""),
        };
        if let Some(number) = number
            && (["", "f32", "f64"].contains(&suffix) || INTEGERS.contains(&suffix))
        {
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

/// The expression without the invisible groups of macro fragments, and without redundant parentheses,
/// braces and references.
pub(crate) fn plain(expression: &Expr) -> &Expr {
    match expression {
        Expr::Group(group) => plain(&group.expr),
        Expr::Paren(paren) => plain(&paren.expr),
        Expr::Block(block) if block.label.is_none() => match last(&block.block) {
            Some(inner) if block.block.stmts.len() == 1 => plain(inner),
            _ => expression,
        },
        Expr::Reference(reference) => match plain(&reference.expr) {
            inner @ (Expr::Lit(_) | Expr::Array(_)) => inner,
            _ => expression,
        },
        other => other,
    }
}

/// The value of a block.
fn last(block: &Block) -> Option<&Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(expression, None)) => Some(expression),
        _ => None,
    }
}

/// The type of an expression, as far as its literals determine it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum KnownType {
    Whole,
    Decimal,
    /// A list that a condition chooses.
    Array,
    /// The same, behind a reference.
    Slice,
}

impl KnownType {
    /// The common type of two expressions: next to a number with a fraction, the other number has one, too.
    fn common(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Whole, Self::Decimal) | (Self::Decimal, Self::Whole) => Some(Self::Decimal),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// The type of an expression of only literals, which Rust would have to infer.
pub(crate) fn known_type(expression: &Expr) -> Option<KnownType> {
    match expression {
        Expr::Group(group) => known_type(&group.expr),
        Expr::Paren(paren) => known_type(&paren.expr),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) if number.suffix().is_empty() => Some(KnownType::Whole),
            Lit::Float(number) if number.suffix().is_empty() => Some(KnownType::Decimal),
            _ => None,
        },
        Expr::Array(_) => Some(KnownType::Array),
        Expr::Reference(reference) => match known_type(&reference.expr) {
            Some(KnownType::Array) => Some(KnownType::Slice),
            _ => None,
        },
        Expr::Unary(unary) => known_type(&unary.expr),
        Expr::Binary(binary) => {
            let (left, right) = (known_type(&binary.left)?, known_type(&binary.right)?);
            left.common(right)
        }
        Expr::If(branches) => {
            let then = known_type(last(&branches.then_branch)?)?;
            then.common(known_type(&branches.else_branch.as_ref()?.1)?)
        }
        Expr::Match(arms) => {
            let types = arms.arms.iter().map(|arm| known_type(&arm.body));
            let common = |one: Option<KnownType>, other| one?.common(other?);
            types.reduce(common).flatten()
        }
        Expr::Block(block) => known_type(last(&block.block)?),
        Expr::Const(block) => known_type(last(&block.block)?),
        _ => None,
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

/// Whether the expression may be a constant of any type.
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

/// Rejects a value of the wrong kind.
pub(crate) fn wrong(
    wanted: Expected,
    kind_wanted: &str,
    expression: &Expr,
    diagnostics: &mut Diagnostics,
) {
    let Expected { subject, example } = wanted;
    let kind = kind(plain(expression));
    let diagnostic = Diagnostic::new(format!("`{subject}` takes {kind_wanted}, not {kind}"))
        .help(format!("write `{example}`"));
    diagnostics.reject(Range::of(expression), &diagnostic);
}

fn kind(expression: &Expr) -> String {
    let kind = match expression {
        Expr::Lit(literal) => match &literal.lit {
            literal if !literal.suffix().is_empty() => {
                let suffix = literal.suffix();
                return format!("a literal with the suffix `{suffix}`");
            }
            Lit::Str(_) => "a string",
            Lit::Int(number) if number.base10_parse::<i128>().is_err() => {
                "a number that is too large"
            }
            Lit::Int(_) => "a number",
            Lit::Float(_) => "a number with a fraction",
            Lit::Bool(_) => "a boolean",
            Lit::ByteStr(_) => "a byte string",
            Lit::CStr(_) => "a C string",
            Lit::Char(_) => "a character",
            _ => "this literal",
        },
        Expr::Array(_) => "a list",
        Expr::Path(_) => "a name",
        Expr::Call(_) | Expr::MethodCall(_) => "a call",
        Expr::Closure(_) => "a closure",
        _ => "an expression",
    };
    kind.to_owned()
}
