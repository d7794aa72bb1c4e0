//! A declaration, and the spans of its parts.

use proc_macro2::Span;
use syn::{Expr, ExprPath};
use vsc_spec::Diagnostic;
use vsc_spec::team::{Declaration, DeclarationDiagnostic, DeclarationPath, Key, UserField};

use super::arguments::Arguments;
use super::file::TeamFile;
use crate::diagnostics::Range;

/// A declaration, as far as the macro knows it.
///
/// For a constant the declaration has a placeholder that its rule rejects; the error is not reported. So
/// what depends on the constant is left to const evaluation, which checks all of it.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) declaration: Declaration,
    /// The name of the item.
    pub(crate) name: Option<Span>,
    spots: Vec<Spot>,
    pub(crate) file: Option<TeamFile>,
    /// `extend = function`.
    pub(crate) extend: Option<ExprPath>,
    /// Whether the macro found no error in what it knows.
    pub(crate) is_clean: bool,
}

/// A part of the declaration in the source.
pub(crate) struct Spot {
    pub(crate) path: DeclarationPath,
    pub(crate) range: Range,
    /// The constant, which const evaluation evaluates.
    pub(crate) constant: Option<Expr>,
    /// Whether it is invalid, which has been reported.
    pub(crate) unreadable: bool,
}

impl Reading {
    pub(crate) fn found(&mut self, path: DeclarationPath, range: impl Into<Range>) {
        self.spots.push(Spot {
            path,
            range: range.into(),
            constant: None,
            unreadable: false,
        });
    }

    pub(crate) fn found_unless_known(&mut self, path: DeclarationPath, range: Range) {
        if self.spot(path).is_none() {
            self.found(path, range);
        }
    }

    pub(crate) fn found_constant(&mut self, path: DeclarationPath, expression: Expr) {
        self.spots.push(Spot {
            path,
            range: Range::of(&expression),
            constant: Some(expression),
            unreadable: false,
        });
    }

    /// The declaration has a placeholder for it, as for a constant.
    pub(crate) fn found_invalid(&mut self, path: DeclarationPath, range: impl Into<Range>) {
        self.spots.push(Spot {
            path,
            range: range.into(),
            constant: None,
            unreadable: true,
        });
    }

    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The constant at a path.
    pub(crate) fn constant(&self, path: DeclarationPath) -> Option<&Expr> {
        self.spot(path)?.constant.as_ref()
    }

    pub(crate) fn has_constants(&self) -> bool {
        self.constants().next().is_some()
    }

    /// The paths of constants.
    pub(crate) fn constants(&self) -> impl Iterator<Item = DeclarationPath> {
        let constants = self.spots.iter().filter(|spot| spot.constant.is_some());
        constants.map(|spot| spot.path)
    }

    /// The indexes of users with constants, in order.
    pub(crate) fn users_with_constants(&self) -> Vec<usize> {
        let of_user = |path| match path {
            DeclarationPath::User(index, _) => Some(index),
            _ => None,
        };
        let mut users: Vec<usize> = self.constants().filter_map(of_user).collect();
        users.dedup();
        users
    }

    fn spot(&self, path: DeclarationPath) -> Option<&Spot> {
        self.spots.iter().find(|spot| spot.path == path)
    }

    /// The line of a part, if it is in a file.
    pub(crate) fn line(&self, path: DeclarationPath) -> usize {
        match (path, &self.file) {
            (DeclarationPath::User(index, field), Some(file)) => file.path(index, field).0,
            _ => 0,
        }
    }

    /// The range and the message of an error; `None` for that of a placeholder.
    pub(crate) fn locate(
        &self,
        error: DeclarationDiagnostic,
        arguments: &Arguments,
    ) -> Option<(Range, Diagnostic)> {
        let DeclarationDiagnostic {
            path,
            mut diagnostic,
        } = error;
        if let Some(spot) = self.spot(path) {
            let reported = spot.constant.is_some() || spot.unreadable;
            let reported_later = together(path).is_some_and(|other| self.constant(other).is_some());
            return (!reported && !reported_later).then_some((spot.range, diagnostic));
        }
        let around = match path {
            DeclarationPath::Declaration => {
                return Some((self.name.unwrap_or_else(Span::call_site).into(), diagnostic));
            }
            DeclarationPath::Missing(key) => {
                let missing = arguments.complete && arguments.get(key).is_none();
                return missing.then(|| (Span::call_site().into(), diagnostic));
            }
            DeclarationPath::Value(key) => {
                let range = arguments.get(key)?.value.range()?;
                return Some((range, diagnostic));
            }
            DeclarationPath::User(index, field) => {
                if let Some(file) = &self.file {
                    let (_, path) = file.path(index, field);
                    diagnostic.message = format!("{path}: {}", diagnostic.message);
                }
                DeclarationPath::Value(Key::Users)
            }
            DeclarationPath::Item(key, _) => DeclarationPath::Value(key),
            DeclarationPath::TagKey(_) | DeclarationPath::TagValue(_) => {
                DeclarationPath::Value(Key::Tags)
            }
            DeclarationPath::Tls(_) => DeclarationPath::Value(Key::Tls),
            DeclarationPath::Login(_) => DeclarationPath::Value(Key::Login),
        };
        self.locate(
            DeclarationDiagnostic {
                path: around,
                diagnostic,
            },
            arguments,
        )
    }
}

/// The part with which a part is checked: swapped VPC and subnet are one error.
fn together(path: DeclarationPath) -> Option<DeclarationPath> {
    match path {
        DeclarationPath::Value(Key::Vpc) => Some(DeclarationPath::Value(Key::Subnet)),
        DeclarationPath::Value(Key::Subnet) => Some(DeclarationPath::Value(Key::Vpc)),
        _ => None,
    }
}

/// The path of a user's part.
pub(crate) fn of_user(index: usize, field: UserField) -> DeclarationPath {
    DeclarationPath::User(index, field)
}
