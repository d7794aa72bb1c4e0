//! Values that are lists of strings.

use syn::{Expr, ExprArray};
use vsc_spec::team::{Allow, DeclarationPath, Key, Texts, placeholder};
use vsc_spec::{Diagnostic, Text, suggest};

use super::super::literal::{Expected, plain, wrong};
use super::super::reading::Reading;
use super::{Reader, names_a_constant, text};
use crate::diagnostics::{Diagnostics, Range};

impl Reader<'_> {
    pub(super) fn allow(&mut self, expression: &Expr) {
        let value = DeclarationPath::Value(Key::Allow);
        match expression {
            Expr::Array(list) => {
                let ranges = self.items(list);
                self.reading.declaration.allow = Some(Allow::Ranges(ranges));
            }
            Expr::Path(path) if path.path.is_ident("anywhere") => {
                self.reading.declaration.allow = Some(Allow::Anywhere);
            }
            other if names_a_constant(other) => {
                self.reading.found_constant(value, other.clone());
                self.reading.declaration.allow = Some(Allow::Ranges(Texts::EMPTY));
            }
            Expr::Path(path) => {
                let name = path.path.get_ident().map(ToString::to_string);
                let name = name.unwrap_or_default();
                let diagnostic = Diagnostic::new(format!("`allow` cannot be `{name}`"))
                    .note("expected a list of ranges, or `anywhere`")
                    .maybe_help(suggest::did_you_mean(&name, ["anywhere"]));
                self.diagnostics.reject(Range::of(path), &diagnostic);
            }
            other => wrong(
                self.wanted(),
                "a list of ranges, or `anywhere`",
                other,
                self.diagnostics,
            ),
        }
    }

    /// A list of strings, which may be one constant; `items` is the noun for them.
    pub(super) fn list(&mut self, items: &str, expression: &Expr) -> Texts {
        match expression {
            Expr::Array(list) => return self.items(list),
            other if names_a_constant(other) => {
                let value = DeclarationPath::Value(self.argument.key);
                self.reading.found_constant(value, other.clone());
            }
            other => {
                let list = format!("a list of {items}");
                wrong(self.wanted(), &list, other, self.diagnostics);
            }
        }
        Texts::EMPTY
    }

    fn items(&mut self, list: &ExprArray) -> Texts {
        let key = self.argument.key;
        let wanted = self.wanted();
        let path = |index| DeclarationPath::Item(key, index);
        texts(list, path, wanted, self.reading, self.diagnostics)
    }
}

/// The strings of a list, with the placeholder for each of another kind.
pub(super) fn texts(
    list: &ExprArray,
    path: impl Fn(usize) -> DeclarationPath,
    wanted: Expected,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Texts {
    let items = list.elems.iter().enumerate();
    items
        .map(|(index, item)| {
            let path = path(index);
            text(path, wanted, plain(item), reading, diagnostics).unwrap_or_else(|| {
                reading.found_invalid(path, Range::of(item));
                Text::Borrowed(placeholder::TEXT)
            })
        })
        .collect()
}
