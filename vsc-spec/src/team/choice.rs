//! Values that are one of a few keywords.

use std::fmt::Debug;

/// A keyword of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The keyword as it is written.
    pub name: &'static str,
    /// A short description.
    pub meaning: &'static str,
    /// The names of its type and variant.
    pub variant: (&'static str, &'static str),
}

/// A part of a declaration that is one of a few keywords.
pub trait Choice: Debug {
    /// All keywords.
    fn words(&self) -> &'static [Word];

    /// The declared keyword.
    fn chosen(&self) -> Option<Word>;

    /// Whether it may be absent.
    fn is_optional(&self) -> bool;

    /// Declares the keyword of this name, if it is one of them.
    fn choose(&mut self, name: &str);
}

/// Declares a type that is one of a few keywords. The field of a declaration has this type, if one of its
/// variants is the default, or an `Option` of it.
macro_rules! words {
    (
        $(#[$about:meta])*
        $type:ident {
            $($(#[$of_word:meta])* $word:ident = $name:literal, $meaning:literal;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type {
            $($(#[$of_word])* $word,)+
        }

        impl $type {
            const WORDS: &'static [$crate::team::Word] = &[$(
                $crate::team::Word {
                    name: $name,
                    meaning: $meaning,
                    variant: (stringify!($type), stringify!($word)),
                }
            ),+];

            /// The keyword in a declaration.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $name),+ }
            }

            fn find(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$word),)+
                    _ => None,
                }
            }
        }

        impl $crate::team::Choice for $type {
            fn words(&self) -> &'static [$crate::team::Word] {
                Self::WORDS
            }

            fn chosen(&self) -> Option<$crate::team::Word> {
                Self::WORDS.iter().find(|word| word.name == self.as_str()).copied()
            }

            fn is_optional(&self) -> bool {
                false
            }

            fn choose(&mut self, name: &str) {
                if let Some(word) = Self::find(name) {
                    *self = word;
                }
            }
        }

        impl $crate::team::Choice for Option<$type> {
            fn words(&self) -> &'static [$crate::team::Word] {
                $type::WORDS
            }

            fn chosen(&self) -> Option<$crate::team::Word> {
                self.as_ref().and_then($crate::team::Choice::chosen)
            }

            fn is_optional(&self) -> bool {
                true
            }

            fn choose(&mut self, name: &str) {
                if let Some(word) = $type::find(name) {
                    *self = Some(word);
                }
            }
        }
    };
}

pub(super) use words;

#[cfg(test)]
mod tests {
    use super::super::declaration::Credits;
    use super::*;

    #[test]
    fn a_word_is_chosen_by_its_name() {
        let mut credits: Option<Credits> = None;
        assert!(credits.is_optional() && credits.chosen().is_none());
        credits.choose("unlimitted");
        assert_eq!(credits, None);
        credits.choose("unlimited");
        assert_eq!(credits, Some(Credits::Unlimited));
        for word in credits.words() {
            credits.choose(word.name);
            assert_eq!(credits.chosen(), Some(*word));
            let variant = credits.map(|credits| format!("{credits:?}"));
            assert_eq!(variant.as_deref(), Some(word.variant.1));
            assert_eq!(word.variant.0, "Credits");
        }
    }
}
