//! Constants in a declaration, whatever their types are.

use vsc_spec::team::{Texts, Users};

/// The value of a constant. Its methods are there for the types that a key takes.
pub struct Constant<T>(pub T);

macro_rules! whole_numbers {
    ($($type:ty)+) => {$(
        impl Constant<$type> {
            /// The number.
            // Const evaluation knows no other conversion. A number above the range of i128 becomes
            // a negative one, which no rule lets pass.
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap)]
            pub const fn whole_number(self) -> i128 {
                self.0 as i128
            }

            /// The number.
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            pub const fn number(self) -> f64 {
                self.0 as f64
            }
        }

        impl Constant<&$type> {
            /// So many users.
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap)]
            pub const fn users(self) -> Users {
                Users::Count(*self.0 as i128)
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

impl<const N: usize> Constant<&'static [&'static str; N]> {
    /// Users of these names.
    pub const fn users(self) -> Users {
        Users::Names(Texts::Constant(self.0))
    }
}

impl<const N: usize> Constant<&'static &'static [&'static str; N]> {
    /// Users of these names.
    pub const fn users(self) -> Users {
        Users::Names(Texts::Constant(*self.0))
    }
}

impl Constant<&'static &'static [&'static str]> {
    /// Users of these names.
    pub const fn users(self) -> Users {
        Users::Names(Texts::Constant(self.0))
    }
}
