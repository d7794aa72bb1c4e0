//! What a rule says when it refuses something.

use std::fmt;

use crate::visible::one_line;

/// A refusal in words: what is wrong, why, and what to write instead.
///
/// Rules return findings; the macro adds the place in the source, the library makes them errors,
/// the command line prints them. The words exist here once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, in the user's terms, in one line.
    pub what: String,
    /// The rule behind it: what is allowed, or what was counted.
    pub why: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Finding {
    /// A finding that says what is wrong.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: None,
            help: None,
        }
    }

    /// Adds the rule behind the refusal.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds help when there is some.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.what))?;
        if let Some(why) = &self.why {
            write!(f, "\n{why}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n= help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Finding {}
