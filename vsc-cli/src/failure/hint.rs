//! What to do about a failure.

use std::fmt;

use crate::markup::RUN;

/// What to do about a failure: a command, or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Something to do, in words.
    Text(String),
    /// A command of this program, with words around it.
    Command {
        /// The words before the command.
        before: String,
        /// The arguments of the command, without the program.
        arguments: Vec<String>,
        /// The words behind the command.
        behind: String,
    },
}

impl Hint {
    /// A command of this program, and what it does: "see why with", `["diagnose", "team"]`.
    pub(crate) fn run(before: impl Into<String>, arguments: &[&str]) -> Self {
        Self::Command {
            before: before.into(),
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            behind: String::new(),
        }
    }

    /// Adds words behind the command, which begin with a space or a punctuation mark.
    #[must_use]
    pub(crate) fn then(mut self, words: impl AsRef<str>) -> Self {
        match &mut self {
            Self::Text(text) => text.push_str(words.as_ref()),
            Self::Command { behind, .. } => behind.push_str(words.as_ref()),
        }
        self
    }
}

/// The text, in which a view renders the command.
impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Command {
                before,
                arguments,
                behind,
            } => {
                let space = if before.is_empty() { "" } else { " " };
                let command = arguments.join(" ");
                write!(f, "{before}{space}`{RUN}{command}{RUN:#}`{behind}")
            }
        }
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Hint {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
