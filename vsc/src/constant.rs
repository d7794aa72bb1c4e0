//! Constants of any type in a declaration.

use vsc_spec::team::{Texts, Users};

/// The value of a constant. Its methods exist for the types that a key accepts.
pub struct Constant<T>(pub T);

macro_rules! integers {
    ($($type:ty)+) => {$(
        impl Constant<$type> {
            /// The number.
            // Const evaluation knows no other conversion.
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap)]
            pub const fn integer(self) -> i128 {
                // A number above the range of i128 would become negative.
                #[allow(unused_comparisons, clippy::absurd_extreme_comparisons)]
                if self.0 > 0 && (self.0 as i128) < 0 {
                    i128::MAX
                } else {
                    self.0 as i128
                }
            }

            /// The number.
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            pub const fn number(self) -> f64 {
                self.0 as f64
            }
        }

        impl Constant<&$type> {
            /// A number of users.
            pub const fn users(self) -> Users {
                Users::Count(Constant(*self.0).integer())
            }
        }
    )+};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

impl Constant<f64> {
    /// The number.
    pub const fn number(self) -> f64 {
        self.0
    }
}

impl Constant<f32> {
    /// The number.
    #[allow(clippy::cast_lossless)]
    pub const fn number(self) -> f64 {
        self.0 as f64
    }
}

macro_rules! lists {
    ($(($($parameter:tt)*) $type:ty, $list:ident => $texts:expr;)+) => {$(
        impl<$($parameter)*> Constant<&'static $type> {
            /// Users of these names.
            pub const fn users(self) -> Users {
                Users::Names(self.texts())
            }

            /// These strings.
            pub const fn texts(self) -> Texts {
                let $list = self.0;
                Texts::Constant($texts)
            }
        }
    )+};
}

lists! {
    (const N: usize) [&'static str; N], list => list;
    (const N: usize) &'static [&'static str; N], list => *list;
    () &'static [&'static str], list => list;
}

/// Fallback methods for constants of other types, whose bounds report the expected type.
pub trait OtherNumber<T>: Sized {
    /// Never called: no type satisfies the bound.
    fn integer(self) -> i128
    where
        T: Integer,
    {
        0
    }

    /// Never called: no type satisfies the bound.
    fn number(self) -> f64
    where
        T: Number,
    {
        0.0
    }
}

impl<T> OtherNumber<T> for Constant<T> {}

/// As [`OtherNumber`], for references.
pub trait OtherList<T>: Sized {
    /// Never called: no type satisfies the bound.
    fn users(self) -> Users
    where
        T: NumberOrNames,
    {
        Users::Count(0)
    }

    /// Never called: no type satisfies the bound.
    fn texts(self) -> Texts
    where
        T: Strings,
    {
        Texts::EMPTY
    }
}

impl<T> OtherList<T> for Constant<&T> {}

/// A trait without implementations: rustc reports the expected type.
#[diagnostic::on_unimplemented(
    message = "expected an integer, found `{Self}`",
    label = "expected an integer"
)]
pub trait Integer {}

/// A trait without implementations: rustc reports the expected type.
#[diagnostic::on_unimplemented(
    message = "expected a number, found `{Self}`",
    label = "expected a number"
)]
pub trait Number {}

/// A trait without implementations: rustc reports the expected type.
#[diagnostic::on_unimplemented(
    message = "expected a number of users or a list of their names, found `{Self}`",
    label = "expected an integer or a list of `&str`"
)]
pub trait NumberOrNames {}

/// A trait without implementations: rustc reports the expected type.
#[diagnostic::on_unimplemented(
    message = "expected a list of strings, found `{Self}`",
    label = "expected a list of `&str`"
)]
pub trait Strings {}
