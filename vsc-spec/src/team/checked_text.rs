//! Strings that passed a rule.

/// Declares a newtype of strings that pass a rule.
macro_rules! checked_text {
    ($(#[$about:meta])* $name:ident by $check:ident) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(crate::json::Text);

        impl $name {
            /// The string, if it passes the rule.
            ///
            /// # Errors
            ///
            /// When the rule rejects it: the diagnostic says what is wrong and what to write instead.
            pub fn new(text: impl Into<crate::json::Text>) -> Result<Self, crate::diagnostic::Diagnostic> {
                let text = text.into();
                match $check(&text) {
                    Ok(()) => Ok(Self(text)),
                    Err(diagnostic) => Err(diagnostic.into()),
                }
            }

            /// The string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

pub(super) use checked_text;
