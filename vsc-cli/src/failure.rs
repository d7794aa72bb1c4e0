//! Why a command failed.

use std::fmt::Write as _;
use std::process::ExitCode;

use vsc_core::StackError;
use vsc_spec::Finding;

use crate::terminal::Terminal;
use crate::terminal::style::{ERROR, HELP};

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The command was called in a wrong way.
    Usage(String),
    /// Something in the input is wrong, or what was asked for could not be done.
    Input(String),
    /// The declaration of this name is refused.
    Refused(String, Vec<Finding>),
    /// The answer is printed already, and it is not a good one: `check` found a mistake, `diff`
    /// found a difference.
    Told,
    /// The user interrupted the command; this is what has become of it.
    Interrupted(String),
}

impl Failure {
    /// A failure from a finding.
    pub fn finding(finding: &Finding) -> Self {
        Self::Input(finding.to_string())
    }

    /// 2 for wrong usage, 130 for an interruption (as shells have it: 128 and the number of
    /// SIGINT), 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Interrupted(_) => ExitCode::from(130),
            Self::Input(_) | Self::Refused(..) | Self::Told => ExitCode::FAILURE,
        }
    }

    /// Tells it on standard error.
    pub fn print(&self) {
        let text = match self {
            Self::Usage(message) | Self::Input(message) => told(message),
            Self::Refused(subject, findings) => findings
                .iter()
                .map(|finding| told(&format!("{subject}: {finding}")))
                .collect(),
            Self::Told => String::new(),
            Self::Interrupted(message) => format!("{message}\n"),
        };
        Terminal::error(&text);
    }
}

/// The message behind `error:`, with what to do instead in a colour of its own.
fn told(message: &str) -> String {
    let mut text = format!("{ERROR}error:{ERROR:#} ");
    for (index, line) in message.lines().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        match line.strip_prefix("= help:") {
            // Writing into a string cannot fail.
            Some(help) => _ = write!(text, "{HELP}= help:{HELP:#}{help}"),
            None => text.push_str(line),
        }
    }
    text + "\n"
}

impl From<StackError> for Failure {
    fn from(error: StackError) -> Self {
        Self::Refused(error.stack, error.findings)
    }
}
