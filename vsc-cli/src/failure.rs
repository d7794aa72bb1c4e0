//! Failures of commands.

use std::fmt::Write as _;

use vsc_spec::visible::one_line;
use vsc_spec::{Diagnostic, Json, Object};

use crate::terminal::style::{ERROR, HELP};
use crate::terminal::{Terminal, with_calls};

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong usage.
    Usage(String),
    /// An invalid input, or a failed operation.
    Input(String),
    /// The declaration of this name is rejected.
    Rejected(String, Vec<Diagnostic>),
    /// The result is printed already, and the exit code is 1: `check` found an error, `diff` a
    /// difference.
    Reported,
    /// A program of the user failed, and has reported why. Its exit code.
    Ended(u8),
    /// A failure that is part of the JSON on standard output already.
    InResult(Box<Failure>),
    /// The user interrupted the command. The message says what was left.
    Interrupted(String),
}

impl Failure {
    /// A failure from a diagnostic.
    pub(crate) fn diagnostic(diagnostic: &Diagnostic) -> Self {
        Self::Input(diagnostic.to_string())
    }

    /// 2 for wrong usage, 130 for an interruption (as shells have it: 128 and the number of
    /// SIGINT), 1 for everything else.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Interrupted(_) => 130,
            Self::Ended(code) => *code,
            Self::Input(_) | Self::Rejected(..) | Self::Reported => 1,
            Self::InResult(failure) => failure.exit_code(),
        }
    }

    /// The errors for scripts: `what`, `why` and `help` of each, and its stack or declaration. Empty
    /// if the result is printed already.
    pub(crate) fn errors(&self) -> Vec<Object> {
        match self {
            Self::Usage(message) => vec![read("usage", message)],
            Self::Input(message) => vec![read("input", message)],
            Self::Interrupted(message) => vec![read("interrupted", message)],
            Self::Rejected(subject, diagnostics) => diagnostics
                .iter()
                .map(|diagnostic| read("synthesis", &diagnostic.to_string()))
                .map(|error| error.with("subject", subject.clone()))
                .collect(),
            Self::Reported | Self::Ended(_) | Self::InResult(_) => Vec::new(),
        }
    }

    /// The errors in the format of `check --json`.
    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = Json> {
        const NAMES: [(&str, &str); 6] = [
            ("kind", "id"),
            ("severity", "severity"),
            ("what", "message"),
            ("why", "note"),
            ("help", "help"),
            ("subject", "file"),
        ];
        self.errors().into_iter().map(|error| {
            let members = NAMES
                .iter()
                .filter_map(|(own, name)| Some((*name, error.get(own)?.clone())));
            Json::object(members)
        })
    }

    /// The message of each error, for reports that are not printed on a terminal.
    pub(crate) fn messages(&self) -> Vec<String> {
        match self {
            Self::Usage(message) | Self::Input(message) | Self::Interrupted(message) => {
                vec![message.clone()]
            }
            Self::Rejected(subject, diagnostics) => diagnostics
                .iter()
                .map(|diagnostic| format!("{subject}: {diagnostic}"))
                .collect(),
            Self::Reported | Self::Ended(_) | Self::InResult(_) => Vec::new(),
        }
    }

    /// The JSON that is printed instead of a result.
    pub(crate) fn to_json(&self) -> Json {
        let errors = Json::array(self.errors().into_iter().map(Json::Object));
        Json::Object(Object::new().with("errors", errors))
    }

    /// Reports it on standard error.
    pub(crate) fn print(&self) {
        let text = match self {
            Self::Usage(message) | Self::Input(message) => reported(message),
            Self::Rejected(subject, diagnostics) => diagnostics
                .iter()
                .map(|diagnostic| reported(&format!("{}: {diagnostic}", one_line(subject))))
                .collect(),
            Self::InResult(failure) => return failure.print(),
            Self::Reported | Self::Ended(_) => String::new(),
            Self::Interrupted(message) => format!("{message}\n"),
        };
        Terminal::error(&text);
    }
}

/// A message as a JSON object.
fn read(kind: &str, message: &str) -> Object {
    let message = with_calls(message);
    let (help, lines): (Vec<&str>, Vec<&str>) = message
        .lines()
        .partition(|line| line.starts_with(HELP_MARK));
    let help = help.iter().map(|line| line[HELP_MARK.len()..].trim());
    let help = help.collect::<Vec<&str>>().join("\n");
    let note = lines.iter().skip(1).copied().collect::<Vec<&str>>();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Object::new()
        .with("severity", "error")
        .with("kind", kind.to_owned())
        .with(
            "what",
            lines.first().copied().unwrap_or_default().to_owned(),
        )
        .with_some("why", some(note.join("\n")))
        .with_some("help", some(help))
}

/// The prefix of help lines.
const HELP_MARK: &str = "= help:";

/// The message behind `error:`, with coloured help lines.
fn reported(message: &str) -> String {
    let mut text = format!("{ERROR}error:{ERROR:#} ");
    for (index, line) in message.lines().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        match line.strip_prefix(HELP_MARK) {
            // Writing into a string cannot fail.
            Some(help) => _ = write!(text, "{HELP}= help:{HELP:#}{help}"),
            None => text.push_str(line),
        }
    }
    text + "\n"
}
