//! The commands, one file each.

pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod synth;

use std::io::{self, Write as _};
use std::process::ExitCode;

use vsc_core::StackError;
use vsc_spec::Finding;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command was called in a wrong way.
    Usage(String),
    /// Something in the input is wrong.
    Input(String),
    /// The declaration of this name is refused.
    Refused(String, Vec<Finding>),
}

impl Failure {
    /// 2 for wrong usage, 1 for everything else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Input(_) | Self::Refused(..) => ExitCode::FAILURE,
        }
    }

    pub(crate) fn print(&self) {
        let text = match self {
            Self::Usage(message) | Self::Input(message) => format!("error: {message}\n"),
            Self::Refused(subject, findings) => findings
                .iter()
                .map(|finding| format!("error: {subject}: {finding}\n"))
                .collect(),
        };
        // Nothing is left to do where even standard error is closed.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

impl From<StackError> for Failure {
    fn from(error: StackError) -> Self {
        Self::Refused(error.stack, error.findings)
    }
}

/// Writes a result to standard output. A reader that closes the pipe early is content.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Input(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}
