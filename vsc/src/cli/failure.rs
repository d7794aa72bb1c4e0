//! Failures of the program of a config crate.

use std::fmt::Display;
use std::path::Path;

use vsc_core::StackError;
use vsc_spec::visible::one_line;
use vsc_spec::{Diagnostic, Json, Object};

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Wrong usage.
    Usage(Diagnostic),
    /// An invalid input, or a file that cannot be written.
    Input(Diagnostic),
    /// The declaration of this name is rejected.
    Rejected(String, Vec<Diagnostic>),
}

impl Failure {
    /// A file or folder that cannot be written.
    pub(crate) fn of_file(path: &Path, error: impl Display) -> Self {
        let path = path.to_string_lossy();
        Self::Input(Diagnostic::new(format!("{}: {error}", one_line(&path))))
    }

    /// 2 for wrong usage, 1 for everything else.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Rejected(..) => 1,
        }
    }

    /// Each error with the declaration that it is about.
    pub(crate) fn errors(&self) -> impl Iterator<Item = (Option<&str>, &Diagnostic)> {
        let (subject, diagnostics) = match self {
            Self::Usage(diagnostic) | Self::Input(diagnostic) => {
                (None, std::slice::from_ref(diagnostic))
            }
            Self::Rejected(subject, diagnostics) => {
                (Some(subject.as_str()), diagnostics.as_slice())
            }
        };
        diagnostics
            .iter()
            .map(move |diagnostic| (subject, diagnostic))
    }

    /// The JSON that is printed instead of a result.
    pub(crate) fn to_json(&self) -> Json {
        let kind = match self {
            Self::Usage(_) => "usage",
            Self::Input(_) => "input",
            Self::Rejected(..) => "synthesis",
        };
        let errors = self.errors().map(|(subject, diagnostic)| {
            Json::Object(
                Object::new()
                    .with("severity", "error")
                    .with("kind", kind)
                    .with("message", diagnostic.message.clone())
                    .with_some("note", diagnostic.note.clone())
                    .with_some("help", diagnostic.help.clone())
                    .with_some("subject", subject.map(str::to_owned)),
            )
        });
        Json::Object(Object::new().with("errors", Json::array(errors)))
    }
}

impl From<StackError> for Failure {
    fn from(error: StackError) -> Self {
        Self::Rejected(error.stack, error.diagnostics)
    }
}
