//! Typed values of a template.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use vsc_spec::cloudformation::{IntrinsicFunction, PseudoParameter};
use vsc_spec::{Json, Object};

use super::identifier::{Fits, Identifier};

/// A value of kind `T`: a `String`, `i64`, `f64`, `bool`, a list (`Vec<T>`), any [`Json`], or one
/// of the [identifiers](super::identifier). It may be known only at deployment.
pub struct Value<T> {
    json: Json,
    kind: PhantomData<fn() -> T>,
}

impl<T> Value<T> {
    /// A value whose kind the caller guarantees.
    pub fn from_json(json: Json) -> Self {
        Self {
            json,
            kind: PhantomData,
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// The value as JSON.
    pub fn into_json(self) -> Json {
        self.json
    }
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::from_json(self.json.clone())
    }
}

impl<T> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json.fmt(f)
    }
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

/// The value is present.
#[derive(Clone, Copy, Debug)]
pub enum Always {}

/// The value may be absent.
#[derive(Clone, Copy, Debug)]
pub enum Maybe {}

/// Conversion to a value of kind `T`.
#[diagnostic::on_unimplemented(
    message = "expected a `{T}`, found `{Self}`",
    label = "expected a `{T}`"
)]
pub trait IntoValue<T> {
    /// [`Always`], or [`Maybe`] for an optional value.
    type Presence;

    /// The value; `AWS::NoValue` if it is absent.
    fn into_value(self) -> Value<T>;
}

/// The JSON of a required value.
pub fn required<T, X: IntoValue<T, Presence = Always>>(value: X) -> Json {
    value.into_value().json
}

/// The JSON of an optional value.
pub fn optional<T, X: IntoValue<T>>(value: X) -> Option<Json> {
    let json = value.into_value().json;
    (!json.is_no_value()).then_some(json)
}

impl<T, X: IntoValue<T>> IntoValue<T> for Option<X> {
    type Presence = Maybe;

    fn into_value(self) -> Value<T> {
        match self {
            Some(value) => Value::from_json(value.into_value().json),
            None => Value::from_json(Json::object([(
                IntrinsicFunction::Ref,
                PseudoParameter::NoValue,
            )])),
        }
    }
}

impl<D, S: Fits<D>> IntoValue<D> for Value<S> {
    type Presence = Always;

    fn into_value(self) -> Value<D> {
        Value::from_json(self.json)
    }
}

impl<D, S: Fits<D>> IntoValue<D> for &Value<S> {
    type Presence = Always;

    fn into_value(self) -> Value<D> {
        Value::from_json(self.json.clone())
    }
}

/// Kinds that accept strings: strings, and identifiers of every kind.
pub trait Textual {}
impl Textual for String {}
impl Textual for Json {}
#[diagnostic::do_not_recommend]
impl<I: Identifier> Textual for I {}

macro_rules! text {
    ($([$($generics:tt)*] $type:ty: $value:ident => $owned:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)* T: Textual> IntoValue<T> for $type {
            type Presence = Always;

            fn into_value(self) -> Value<T> {
                let $value = self;
                Value::from_json(Json::from($owned))
            }
        }
    )+};
}

text! {
    [] String: text => text;
    [] &String: text => text.clone();
    [] &str: text => text.to_owned();
    ['a,] Cow<'a, str>: text => text.into_owned();
}

macro_rules! scalars {
    ($($type:ty => $($kind:ty: |$value:ident| $json:expr),+;)+) => {$($(
        #[diagnostic::do_not_recommend]
        impl IntoValue<$kind> for $type {
            type Presence = Always;

            fn into_value(self) -> Value<$kind> {
                let $value = self;
                Value::from_json($json)
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoValue<$kind> for &$type {
            type Presence = Always;

            fn into_value(self) -> Value<$kind> {
                let $value = *self;
                Value::from_json($json)
            }
        }
    )+)+};
}

macro_rules! integers {
    ($($type:ty)+) => {
        scalars! {
            $($type =>
                i64: |value| integer(value),
                f64: |value| integer(value),
                Json: |value| integer(value);)+
        }
    };
}

integers! { i8 i16 i32 i64 u8 u16 u32 u64 usize isize }

scalars! {
    bool => bool: |value| Json::Bool(value), Json: |value| Json::Bool(value);
    f64 => f64: |value| Json::Number(value), Json: |value| Json::Number(value);
    f32 => f64: |value| Json::Number(value.into()), Json: |value| Json::Number(value.into());
}

/// An integer; as a string if it is too large for JSON parsers, which CloudFormation converts.
fn integer<N: Copy + fmt::Display + TryInto<i64>>(number: N) -> Json {
    number
        .try_into()
        .map_or_else(|_| Json::from(number.to_string()), Json::Integer)
}

impl IntoValue<Json> for Json {
    type Presence = Always;

    fn into_value(self) -> Value<Json> {
        Value::from_json(self)
    }
}

impl IntoValue<Json> for &Json {
    type Presence = Always;

    fn into_value(self) -> Value<Json> {
        Value::from_json(self.clone())
    }
}

impl IntoValue<Json> for Object {
    type Presence = Always;

    fn into_value(self) -> Value<Json> {
        Value::from_json(Json::Object(self))
    }
}

/// Kinds that accept a list of values.
pub trait Listed {
    /// The kind of the items.
    type Item;
}

impl<T> Listed for Vec<T> {
    type Item = T;
}

impl Listed for Json {
    type Item = Json;
}

macro_rules! lists {
    ($([$($generics:tt)*] $type:ty: $list:ident => $items:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)* L: Listed, X: IntoValue<L::Item>> IntoValue<L> for $type
        where
            X: Clone,
        {
            type Presence = Always;

            fn into_value(self) -> Value<L> {
                let $list = self;
                let items = $items;
                Value::from_json(Json::Array(items.map(|item| item.into_value().json).collect()))
            }
        }
    )+};
}

lists! {
    [] Vec<X>: list => list.into_iter();
    [] &Vec<X>: list => list.iter().cloned();
    [] &[X]: list => list.iter().cloned();
    [const N: usize,] [X; N]: list => list.into_iter();
    [const N: usize,] &[X; N]: list => list.iter().cloned();
}
