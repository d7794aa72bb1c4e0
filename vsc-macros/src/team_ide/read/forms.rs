//! Forms: a word, or a word with named arguments, such as `acme(email = "…")`.

use proc_macro2::Ident;
use syn::Expr;
use vsc_spec::Diagnostic;

use super::{Reader, unknown_part};
use crate::diagnostics::Range;

/// The word of a form and its arguments.
pub(super) fn form(expression: &Expr) -> Option<(&Ident, Vec<&Expr>)> {
    let (word, parts) = match expression {
        Expr::Path(path) => (path, Vec::new()),
        Expr::Call(call) => match call.func.as_ref() {
            Expr::Path(path) => (path, call.args.iter().collect()),
            _ => return None,
        },
        _ => return None,
    };
    Some((word.path.get_ident()?, parts))
}

impl Reader<'_> {
    /// Whether `none` has no arguments.
    pub(super) fn none(&mut self, parts: &[&Expr]) -> bool {
        self.without_arguments("none", parts)
    }

    /// Whether a word has no arguments.
    pub(super) fn without_arguments(&mut self, word: &str, parts: &[&Expr]) -> bool {
        let Some(part) = parts.first() else {
            return true;
        };
        let diagnostic = Diagnostic::new(format!("`{word}` takes no arguments"))
            .help(format!("write `{} = {word}`", self.argument.key));
        self.diagnostics.reject(Range::of(part), &diagnostic);
        false
    }

    /// The values of the arguments of these names, and whether there are no others.
    pub(super) fn parts<'e, const N: usize>(
        &mut self,
        form: &str,
        example: &str,
        parts: &[&'e Expr],
        known: [&str; N],
    ) -> ([Option<&'e Expr>; N], bool) {
        let mut values = [None; N];
        let mut readable = true;
        for part in parts {
            let Some((name, value)) = named(part) else {
                let diagnostic = Diagnostic::new(format!("the arguments of `{form}` need names"))
                    .help(format!("write `{example}`"));
                self.diagnostics.reject(Range::of(part), &diagnostic);
                readable = false;
                continue;
            };
            let text = name.to_string();
            let Some(at) = known.iter().position(|known| *known == text) else {
                self.diagnostics
                    .reject(name.span(), &unknown_part(form, &text, &known));
                readable = false;
                continue;
            };
            if values[at].is_some() {
                let diagnostic = Diagnostic::new(format!("`{name}` is declared twice"))
                    .help("remove one of them");
                self.diagnostics.reject(name.span(), &diagnostic);
                continue;
            }
            values[at] = Some(value);
        }
        (values, readable)
    }
}

/// `name = value`.
fn named(part: &Expr) -> Option<(&Ident, &Expr)> {
    let Expr::Assign(assign) = part else {
        return None;
    };
    match assign.left.as_ref() {
        Expr::Path(path) => Some((path.path.get_ident()?, assign.right.as_ref())),
        _ => None,
    }
}
