//! Texts that passed a rule.

/// Declares a newtype over text that only passes through its rule.
macro_rules! checked_text {
    ($(#[$about:meta])* $name:ident by $check:ident) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(crate::json::Text);

        impl $name {
            /// The text, if it passes.
            ///
            /// # Errors
            ///
            /// When the rule rejects it: says what is wrong and what to write instead.
            pub fn new(text: impl Into<crate::json::Text>) -> Result<Self, crate::diagnostic::Diagnostic> {
                let text = text.into();
                match $check(&text) {
                    Ok(()) => Ok(Self(text)),
                    Err(diagnostic) => Err(diagnostic.into()),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

pub(super) use checked_text;
