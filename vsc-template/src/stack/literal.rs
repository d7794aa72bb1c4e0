//! The literals of an expansion: functions without type parameters, which rustc checks faster than the
//! constructors of `Json`.

use vsc_spec::{Json, Object, Text};

/// A string.
pub fn text(text: &'static str) -> Json {
    Json::String(Text::Borrowed(text))
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Members(Object);

impl Members {
    /// No members yet, with room for exactly this number.
    pub fn with_capacity(count: usize) -> Self {
        Self(Object::with_capacity(count))
    }

    /// With one more member.
    #[must_use]
    pub fn with(self, name: &'static str, value: Json) -> Self {
        Self(self.0.with(name, value))
    }

    /// With one more member, if there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<Json>) -> Self {
        Self(self.0.with_some(name, value))
    }

    /// The object.
    pub fn object(self) -> Object {
        self.0
    }

    /// The object as a value.
    pub fn json(self) -> Json {
        Json::Object(self.0)
    }
}
