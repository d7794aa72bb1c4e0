//! Failures of commands, as data: a view writes them for people or for scripts.

mod hint;

use std::error::Error;
use std::fmt;

use vsc_spec::Diagnostic;

use crate::markup::Caller;

pub(crate) use hint::Hint;

/// Why a command ended without success.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: FailureKind,
    problems: Vec<Problem>,
    is_reported: bool,
}

/// Kinds of failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// Wrong usage.
    Usage,
    /// An invalid input, or an operation of this machine that failed.
    Input,
    /// A declaration is rejected.
    Synthesis,
    /// AWS rejected a call or did not answer, or an operation of AWS failed.
    Aws,
    /// No region is set.
    Region,
    /// The user interrupted the command.
    Interrupted,
    /// The result says it already: `check` found an error, `diff` a difference.
    Reported,
    /// A program of the user failed with this exit code, and has said why.
    Ended(u8),
}

impl FailureKind {
    /// Its name for scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Synthesis => "synthesis",
            Self::Interrupted => "interrupted",
            Self::Aws => "aws",
            Self::Input | Self::Region | Self::Reported | Self::Ended(_) => "input",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Default)]
pub(crate) struct Problem {
    /// The declaration or file that it is about.
    pub(crate) subject: Option<String>,
    /// What is wrong, in one line.
    pub(crate) message: String,
    /// Why, and what else is known. A line each.
    pub(crate) notes: Vec<String>,
    /// What only who looks for the cause needs, such as the ID of a request.
    pub(crate) details: Vec<String>,
    /// What was left: what was changed, or goes on.
    pub(crate) state: Option<String>,
    /// What to do.
    pub(crate) hints: Vec<Hint>,
    /// The error behind it.
    pub(crate) source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            problems: vec![Problem {
                message: message.into(),
                ..Problem::default()
            }],
            is_reported: false,
        }
    }

    /// Wrong usage.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Usage, message)
    }

    /// An invalid input, or an operation of this machine that failed.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Input, message)
    }

    /// A rejected call or failed operation of AWS.
    pub(crate) fn aws(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Aws, message)
    }

    /// No region is set.
    pub(crate) fn region(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Region, message)
    }

    /// The user interrupted the command.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Interrupted, message)
    }

    /// The declaration of this name is rejected.
    pub(crate) fn rejected(subject: impl Into<String>, diagnostics: Vec<Diagnostic>) -> Self {
        let subject = subject.into();
        let problems = diagnostics.into_iter().map(|diagnostic| Problem {
            subject: Some(subject.clone()),
            ..Problem::from(diagnostic)
        });
        Self {
            kind: FailureKind::Synthesis,
            problems: problems.collect(),
            is_reported: false,
        }
    }

    /// Problems of an input.
    pub(crate) fn of_input(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Self {
        Self {
            kind: FailureKind::Input,
            problems: diagnostics.into_iter().map(Problem::from).collect(),
            is_reported: false,
        }
    }

    /// The result says it already.
    pub(crate) fn reported() -> Self {
        Self::without_problems(FailureKind::Reported)
    }

    /// A program of the user failed, and has said why.
    pub(crate) fn ended(code: u8) -> Self {
        Self::without_problems(FailureKind::Ended(code))
    }

    fn without_problems(kind: FailureKind) -> Self {
        Self {
            kind,
            problems: Vec::new(),
            is_reported: false,
        }
    }

    /// The diagnostic of an argument.
    pub(crate) fn of_argument(diagnostic: Diagnostic) -> Self {
        Self {
            kind: FailureKind::Usage,
            ..Self::of_input([diagnostic])
        }
    }

    /// Adds why, or what else is known.
    #[must_use]
    pub(crate) fn note(self, note: impl Into<String>) -> Self {
        self.with(|problem| problem.notes.push(note.into()))
    }

    /// Adds what only who looks for the cause needs.
    #[must_use]
    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        self.with(|problem| problem.details.push(detail.into()))
    }

    /// Sets what was left. Before it, the message of an interruption says nothing else.
    #[must_use]
    pub(crate) fn state(self, state: impl Into<String>) -> Self {
        self.with(|problem| problem.state = Some(state.into()))
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<Hint>) -> Self {
        self.with(|problem| problem.hints.push(hint.into()))
    }

    /// Adds what to do, if that is known.
    #[must_use]
    pub(crate) fn maybe_hint(self, hint: Option<impl Into<Hint>>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// Sets the error behind it.
    #[must_use]
    pub(crate) fn caused_by(self, source: impl Error + Send + Sync + 'static) -> Self {
        self.with(|problem| problem.source = Some(Box::new(source)))
    }

    fn with(mut self, change: impl FnOnce(&mut Problem)) -> Self {
        if let Some(last) = self.problems.last_mut() {
            change(last);
        }
        self
    }

    /// Marks it as part of the JSON on standard output already: only people read it again.
    #[must_use]
    pub(crate) fn in_result(mut self) -> Self {
        self.is_reported = true;
        self
    }

    /// Its kind.
    pub(crate) fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Whether the user interrupted the command.
    pub(crate) fn is_interruption(&self) -> bool {
        self.kind == FailureKind::Interrupted
    }

    /// Whether scripts have it already.
    pub(crate) fn is_in_result(&self) -> bool {
        self.is_reported
    }

    /// What is wrong; nothing if the result says it already.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// 2 for wrong usage, 130 for an interruption (as shells have it: 128 and the number of
    /// SIGINT), 1 for everything else.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.kind {
            FailureKind::Usage => 2,
            FailureKind::Interrupted => 130,
            FailureKind::Ended(code) => code,
            FailureKind::Input
            | FailureKind::Synthesis
            | FailureKind::Aws
            | FailureKind::Region
            | FailureKind::Reported => 1,
        }
    }
}

/// An error with the errors behind it.
impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let first = self.problems.first()?;
        first.source.as_deref().map(|source| source as &dyn Error)
    }
}

impl From<Diagnostic> for Problem {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            message: vsc_spec::visible::one_line(&diagnostic.message).into_owned(),
            notes: diagnostic.note.into_iter().collect(),
            hints: diagnostic.help.into_iter().map(Hint::Text).collect(),
            ..Self::default()
        }
    }
}

impl Problem {
    /// The lines behind the message: why, and what was left.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().chain(&self.state).map(String::as_str)
    }

    /// As a diagnostic, in which commands are marked for a view.
    pub(crate) fn marked(&self) -> Diagnostic {
        let join = |lines: Vec<String>| Some(lines.join("\n")).filter(|text| !text.is_empty());
        let mut diagnostic = Diagnostic::new(self.message.clone());
        diagnostic.note = join(self.lines().map(str::to_owned).collect());
        diagnostic.help = join(self.hints.iter().map(ToString::to_string).collect());
        diagnostic
    }

    /// As a diagnostic, in which commands are written as the user calls them.
    pub(crate) fn diagnostic(&self, caller: &Caller) -> Diagnostic {
        let mut diagnostic = self.marked();
        diagnostic.message = caller.call(&diagnostic.message);
        diagnostic.note = diagnostic.note.map(|note| caller.call(&note));
        diagnostic.help = diagnostic.help.map(|help| caller.call(&help));
        diagnostic
    }
}

/// The message of each problem, its notes, the state and the hints, in lines. Its commands are marked.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for line in self.lines() {
            write!(f, "\n{line}")?;
        }
        for hint in &self.hints {
            write!(f, "\n= help: {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            if let Some(subject) = &problem.subject {
                write!(f, "{subject}: ")?;
            }
            match &problem.state {
                Some(state) if self.is_interruption() => write!(f, "{}: {state}", problem.message)?,
                _ => problem.fmt(f)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
impl Failure {
    /// The text, with commands as in the sources.
    pub(crate) fn text(&self) -> String {
        Caller::default().call(&self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_stay_apart() {
        let failure = Failure::input("it failed\n= help: of the input")
            .note("because")
            .state("nothing was changed")
            .hint(Hint::run("see", &["status", "team"]).then(" first"));
        let problem = &failure.problems()[0];
        let diagnostic = problem.diagnostic(&Caller::default());
        assert_eq!(diagnostic.message, "it failed\n= help: of the input");
        assert_eq!(
            diagnostic.note.as_deref(),
            Some("because\nnothing was changed")
        );
        assert_eq!(
            diagnostic.help.as_deref(),
            Some("see `cargo run -- status team` first")
        );
        assert_eq!(failure.exit_code(), 1);
    }
}
