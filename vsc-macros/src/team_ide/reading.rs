//! A declaration as it was read, and where its parts stand in the source.

use proc_macro2::Span;
use syn::{Expr, ExprPath};
use vsc_spec::Finding;
use vsc_spec::team::{Declaration, Key, Place, Refusal, UserField};

use super::arguments::Arguments;
use super::file::TeamFile;
use crate::diagnostics::Range;

/// A declaration as far as it is known while the macro runs.
///
/// In place of a constant the declaration holds a value that its rule refuses; the refusal is not
/// told. So what depends on the constant is left to const evaluation, which judges all of it.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) declaration: Declaration,
    /// The name of the item.
    pub(crate) name: Option<Span>,
    spots: Vec<Spot>,
    pub(crate) file: Option<TeamFile>,
    /// `extend = function`.
    pub(crate) extend: Option<ExprPath>,
    /// Whether the macro found no error: what is known has been validated.
    pub(crate) is_clean: bool,
}

/// A part of the declaration in the source.
pub(crate) struct Spot {
    pub(crate) place: Place,
    pub(crate) range: Range,
    /// The expression that const evaluation has to give a value.
    pub(crate) constant: Option<Expr>,
    /// Whether it could not be read, which has been told.
    pub(crate) unreadable: bool,
}

impl Reading {
    pub(crate) fn found(&mut self, place: Place, range: impl Into<Range>) {
        self.spots.push(Spot {
            place,
            range: range.into(),
            constant: None,
            unreadable: false,
        });
    }

    pub(crate) fn found_unless_known(&mut self, place: Place, range: Range) {
        if self.spot(place).is_none() {
            self.found(place, range);
        }
    }

    pub(crate) fn found_constant(&mut self, place: Place, expression: Expr) {
        self.spots.push(Spot {
            place,
            range: Range::of(&expression),
            constant: Some(expression),
            unreadable: false,
        });
    }

    /// In its place the declaration holds a value that its rule refuses, as for a constant.
    pub(crate) fn found_unreadable(&mut self, place: Place, range: impl Into<Range>) {
        self.spots.push(Spot {
            place,
            range: range.into(),
            constant: None,
            unreadable: true,
        });
    }

    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The constant that stands at a place.
    pub(crate) fn constant(&self, place: Place) -> Option<&Expr> {
        self.spot(place)?.constant.as_ref()
    }

    pub(crate) fn has_constants(&self) -> bool {
        self.constants().next().is_some()
    }

    /// What constants stand for.
    pub(crate) fn constants(&self) -> impl Iterator<Item = Place> {
        let constants = self.spots.iter().filter(|spot| spot.constant.is_some());
        constants.map(|spot| spot.place)
    }

    /// The users of whom a constant says something, in their order.
    pub(crate) fn users_with_constants(&self) -> Vec<usize> {
        let of_user = |place| match place {
            Place::User(index, _) => Some(index),
            _ => None,
        };
        let mut users: Vec<usize> = self.constants().filter_map(of_user).collect();
        users.dedup();
        users
    }

    fn spot(&self, place: Place) -> Option<&Spot> {
        self.spots.iter().find(|spot| spot.place == place)
    }

    /// The line in which a part stands, where it is that of a file.
    pub(crate) fn line(&self, place: Place) -> usize {
        match (place, &self.file) {
            (Place::User(index, field), Some(file)) => file.place(index, field).0,
            _ => 0,
        }
    }

    /// Where a refusal is told, and in which words; nowhere if it is that of a constant, or of
    /// what could not be read and has been refused for that.
    pub(crate) fn locate(
        &self,
        refusal: Refusal,
        arguments: &Arguments,
    ) -> Option<(Range, Finding)> {
        let Refusal { place, mut finding } = refusal;
        if let Some(spot) = self.spot(place) {
            let told = spot.constant.is_some() || spot.unreadable;
            let told_later = together(place).is_some_and(|other| self.constant(other).is_some());
            return (!told && !told_later).then_some((spot.range, finding));
        }
        let around = match place {
            Place::Declaration => {
                return Some((self.name.unwrap_or_else(Span::call_site).into(), finding));
            }
            Place::Missing(key) => {
                let missing = arguments.complete && arguments.get(key).is_none();
                return missing.then(|| (Span::call_site().into(), finding));
            }
            Place::Value(key) => {
                let range = arguments.get(key)?.value.range()?;
                return Some((range, finding));
            }
            Place::User(index, field) => {
                if let Some(file) = &self.file {
                    let (_, place) = file.place(index, field);
                    finding.what = format!("{place}: {}", finding.what);
                }
                Place::Value(Key::Users)
            }
            Place::Item(key, _) => Place::Value(key),
            Place::TagKey(_) | Place::TagValue(_) => Place::Value(Key::Tags),
            Place::Tls(_) => Place::Value(Key::Tls),
        };
        self.locate(
            Refusal {
                place: around,
                finding,
            },
            arguments,
        )
    }
}

/// What a part is judged with: whether a subnet stands where a VPC should depends on the other.
fn together(place: Place) -> Option<Place> {
    match place {
        Place::Value(Key::Vpc) => Some(Place::Value(Key::Subnet)),
        Place::Value(Key::Subnet) => Some(Place::Value(Key::Vpc)),
        _ => None,
    }
}

/// A part of a user, counted from 0.
pub(crate) fn of_user(index: usize, field: UserField) -> Place {
    Place::User(index, field)
}
