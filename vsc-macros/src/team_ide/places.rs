//! Where the parts of a declaration stand in the source.

use proc_macro2::Span;
use vsc_spec::team::{Key, Place, UserField};

use super::arguments::Arguments;
use crate::diagnostics::Diagnostics;

/// The spans of parts that are more than the value of a key.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) items: Vec<(Key, Span)>,
    pub(crate) users: Vec<UserSpans>,
    pub(crate) users_value: Option<Span>,
    pub(crate) tags: Vec<(Span, Span)>,
    pub(crate) certificate: Option<Span>,
    pub(crate) private_key: Option<Span>,
}

/// The spans of a user.
#[derive(Clone, Copy)]
pub(crate) struct UserSpans {
    pub(crate) name: Span,
    pub(crate) memory: Option<Span>,
}

impl Places {
    /// The span of a place. There is none where the value could not be read: its refusal has been
    /// told already.
    pub(crate) fn locate(
        &self,
        place: Place,
        arguments: &Arguments,
        diagnostics: &Diagnostics,
    ) -> Option<Span> {
        let value = |key: Key| {
            arguments
                .get(key)
                .and_then(|argument| argument.value.span())
        };
        match place {
            // Something is missing: unless it is, and was refused itself.
            Place::Declaration => diagnostics.is_empty().then(Span::call_site),
            Place::Value(Key::Users) => self.users_value.or_else(|| value(Key::Users)),
            Place::Value(key) => value(key),
            Place::Item(key, index) => {
                let mut items = self.items.iter().filter(|(of, _)| *of == key);
                items.nth(index).map(|(_, span)| *span)
            }
            Place::User(index, field) => match (self.users.get(index), field) {
                (Some(user), UserField::Name) => Some(user.name),
                (Some(user), UserField::Memory) => user.memory,
                // The users of a number have no places of their own.
                (None, _) => self.users_value.or_else(|| value(Key::Users)),
            },
            Place::TagKey(index) => self.tags.get(index).map(|(key, _)| *key),
            Place::TagValue(index) => self.tags.get(index).map(|(_, value)| *value),
            Place::Certificate => self.certificate,
            Place::PrivateKey => self.private_key,
        }
    }
}
