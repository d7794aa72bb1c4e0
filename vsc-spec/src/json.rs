//! The JSON values of templates and schemas.

use std::borrow::Cow;
use std::convert::Infallible;

use crate::cloudformation::{IntrinsicFunction, PseudoParameter, is_function};

/// A string that is usually a literal.
pub type Text = Cow<'static, str>;

/// A JSON value whose objects keep their order.
///
/// `E` stands for a value that is not known yet. Templates use the default, which has no values:
/// everything in a template is known. A macro checks tokens with Rust expressions, and keeps their spans
/// in `E`.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<E = Infallible> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A string.
    String(Text),
    /// A list of values.
    Array(Vec<Json<E>>),
    /// Names and their values, in order.
    Object(Object<E>),
    /// A value that is known only at run time.
    Expression(E),
}

/// The members of a JSON object, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Object<E = Infallible>(Vec<(Text, Json<E>)>);

impl<E> Default for Object<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E> Object<E> {
    /// An object without members.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// An object without members, with room for exactly this number.
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// The value of the member called `name`.
    pub fn get(&self, name: &str) -> Option<&Json<E>> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The value of the member called `name`, mutably.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<E>> {
        let mut members = self.0.iter_mut();
        members
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Sets a member: replaces the value of an existing one, or else appends it.
    pub fn insert(&mut self, name: impl Into<Text>, value: impl Into<Json<E>>) {
        let name = name.into();
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The object with one more member. The name must be new, which is not checked.
    #[must_use]
    pub fn with(mut self, name: impl Into<Text>, value: impl Into<Json<E>>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// The object with one more member, if there is a value; see [`Object::with`].
    #[must_use]
    pub fn with_some(self, name: impl Into<Text>, value: Option<impl Into<Json<E>>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Whether there is a member called `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The members in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Json<E>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// The names in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_ref())
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The only member, if there is exactly one: the form of an intrinsic function.
    pub fn single(&self) -> Option<(&str, &Json<E>)> {
        match self.0.as_slice() {
            [(key, value)] => Some((key.as_ref(), value)),
            _ => None,
        }
    }

    /// The name and the argument of an intrinsic function, known or not, if the object is one: see
    /// [`is_function`].
    pub fn call(&self) -> Option<(&str, &Json<E>)> {
        self.single().filter(|(name, _)| is_function(name))
    }

    /// The intrinsic function and its argument, if the object is a known one.
    pub fn function(&self) -> Option<(IntrinsicFunction, &Json<E>)> {
        let (name, argument) = self.single()?;
        Some((IntrinsicFunction::parse(name)?, argument))
    }
}

impl<E> IntoIterator for Object<E> {
    type Item = (Text, Json<E>);
    type IntoIter = std::vec::IntoIter<(Text, Json<E>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<E, K: Into<Text>, V: Into<Json<E>>> FromIterator<(K, V)> for Object<E> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(
            members
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl<E> Json<E> {
    /// An object of the members given, in their order.
    pub fn object<K: Into<Text>, V: Into<Json<E>>>(
        members: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::Object(members.into_iter().collect())
    }

    /// An array of the items given.
    pub fn array<V: Into<Json<E>>>(items: impl IntoIterator<Item = V>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }

    /// The same value, with the data of expressions erased.
    pub fn erase(&self) -> Json<()> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Integer(value) => Json::Integer(*value),
            Self::Number(value) => Json::Number(*value),
            Self::String(text) => Json::String(text.clone()),
            Self::Array(items) => Json::Array(items.iter().map(Self::erase).collect()),
            Self::Object(object) => Json::Object(
                object
                    .iter()
                    .map(|(name, value)| (name.to_owned(), value.erase()))
                    .collect(),
            ),
            Self::Expression(_) => Json::Expression(()),
        }
    }

    /// The contents of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object<E>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Json<E>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The name and the argument of an intrinsic function; see [`Object::call`].
    pub fn call(&self) -> Option<(&str, &Json<E>)> {
        self.as_object()?.call()
    }

    /// The intrinsic function and its argument, if the value is a known one.
    pub fn function(&self) -> Option<(IntrinsicFunction, &Json<E>)> {
        self.as_object()?.function()
    }

    /// Whether this is `Ref: AWS::NoValue`: CloudFormation drops the property.
    pub fn is_no_value(&self) -> bool {
        self.function().is_some_and(|(function, target)| {
            function == IntrinsicFunction::Ref
                && target.as_str() == Some(PseudoParameter::NoValue.name())
        })
    }

    /// The value of a member, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json<E>> {
        self.as_object()?.get(name)
    }
}

impl<E> From<&'static str> for Json<E> {
    fn from(text: &'static str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl<E> From<String> for Json<E> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<E> From<Text> for Json<E> {
    fn from(text: Text) -> Self {
        Self::String(text)
    }
}

impl<E> From<PseudoParameter> for Json<E> {
    fn from(parameter: PseudoParameter) -> Self {
        Self::from(parameter.name())
    }
}

impl<E> From<bool> for Json<E> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<E> From<i64> for Json<E> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl<E> From<Vec<Json<E>>> for Json<E> {
    fn from(items: Vec<Json<E>>) -> Self {
        Self::Array(items)
    }
}

impl<E> From<Object<E>> for Json<E> {
    fn from(object: Object<E>) -> Self {
        Self::Object(object)
    }
}
