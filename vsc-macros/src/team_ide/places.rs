//! Where the parts of a declaration stand in the source.

use proc_macro2::Span;
use vsc_spec::team::{Key, Place, UserField};

use super::arguments::Arguments;
use crate::diagnostics::Range;

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
    /// The place in the source. There is none where the value could not be read: its refusal has
    /// been told already.
    pub(crate) fn locate(&self, place: Place, arguments: &Arguments) -> Option<Range> {
        let value = |key: Key| {
            arguments
                .get(key)
                .and_then(|argument| argument.value.range())
        };
        match place {
            Place::Declaration => Some(Span::call_site().into()),
            Place::Missing(key) => (arguments.complete && arguments.get(key).is_none())
                .then(|| Span::call_site().into()),
            Place::Value(Key::Users) => self
                .users_value
                .map(Range::from)
                .or_else(|| value(Key::Users)),
            Place::Value(key) => value(key),
            Place::Item(key, index) => {
                let mut items = self.items.iter().filter(|(of, _)| *of == key);
                items.nth(index).map(|(_, span)| (*span).into())
            }
            Place::User(index, field) => match (self.users.get(index), field) {
                (Some(user), UserField::Name) => Some(user.name.into()),
                (Some(user), UserField::Memory) => user.memory.map(Range::from),
                // The users of a number have no places of their own.
                (None, _) => self
                    .users_value
                    .map(Range::from)
                    .or_else(|| value(Key::Users)),
            },
            Place::TagKey(index) => self.tags.get(index).map(|(key, _)| (*key).into()),
            Place::TagValue(index) => self.tags.get(index).map(|(_, value)| (*value).into()),
            Place::Certificate => self.certificate.map(Range::from),
            Place::PrivateKey => self.private_key.map(Range::from),
        }
    }
}
