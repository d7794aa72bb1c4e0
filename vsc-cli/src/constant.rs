//! Constants in a declaration, whatever their types are.

use vsc_spec::team::{Texts, Users};

/// The value of a constant. Its methods are there for the types that a key takes.
pub struct Constant<T>(pub T);

macro_rules! whole_numbers {
    ($($type:ty)+) => {$(
        impl Constant<$type> {
            /// The number.
            // Const evaluation knows no other conversion.
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap)]
            pub const fn whole_number(self) -> i128 {
                // A number above the range of i128 would become a negative one.
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
            /// So many users.
            pub const fn users(self) -> Users {
                Users::Count(Constant(*self.0).whole_number())
            }
        }
    )+};
}

whole_numbers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

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

            /// These texts.
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

/// The methods where there are none for the type of a constant: what they ask for is reported.
pub trait OtherNumber<T>: Sized {
    /// There is none.
    fn whole_number(self) -> i128
    where
        T: WholeNumber,
    {
        0
    }

    /// There is none.
    fn number(self) -> f64
    where
        T: Number,
    {
        0.0
    }
}

impl<T> OtherNumber<T> for Constant<T> {}

/// As [`OtherNumber`], for what is behind a reference.
pub trait OtherList<T>: Sized {
    /// There are none.
    fn users(self) -> Users
    where
        T: NumberOrNames,
    {
        Users::Count(0)
    }

    /// There are none.
    fn texts(self) -> Texts
    where
        T: Strings,
    {
        Texts::EMPTY
    }
}

impl<T> OtherList<T> for Constant<&T> {}

/// What no type is, so that rustc reports what is asked for.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` stands where a whole number is asked for",
    label = "this is no whole number"
)]
pub trait WholeNumber {}

/// What no type is, so that rustc reports what is asked for.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` stands where a number is asked for",
    label = "this is no number"
)]
pub trait Number {}

/// What no type is, so that rustc reports what is asked for.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` stands where a number of users or their names are asked for",
    label = "this is neither a whole number nor a list of `&str`"
)]
pub trait NumberOrNames {}

/// What no type is, so that rustc reports what is asked for.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` stands where a list of strings is asked for",
    label = "this is no list of `&str`"
)]
pub trait Strings {}
