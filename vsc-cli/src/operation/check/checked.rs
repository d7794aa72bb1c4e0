//! Templates with their diagnostics.

use vsc_core::check::{self, LintDiagnostic, Severity, lint};
use vsc_core::template::{Source, SourceError};
use vsc_spec::document::{Position, Span};
use vsc_spec::resource::{Location, Step, Target};
use vsc_spec::{Diagnostic, Json, Object};

use super::Selection;
use crate::Failure;

/// A template that was checked.
#[derive(Clone, Debug)]
pub(crate) struct CheckedTemplate {
    /// Its file.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
    /// The diagnostics, in source order.
    pub(crate) reported: Vec<SpannedDiagnostic>,
    /// How many diagnostics are allowed: by the template itself, or by `--allow`.
    pub(crate) allowed: usize,
    /// Whether a macro of the account processes it.
    pub(crate) is_open: bool,
}

/// A diagnostic, and the span that it is about.
#[derive(Clone, Debug)]
pub(crate) struct SpannedDiagnostic {
    /// The diagnostic.
    pub(crate) diagnostic: LintDiagnostic,
    /// Its span.
    pub(crate) span: Span,
}

impl CheckedTemplate {
    /// Checks a file of a folder if it is a template: if it has `Resources` or
    /// `AWSTemplateFormatVersion`. A file that cannot be parsed counts if it looks like a template, so
    /// that a broken one is not skipped.
    pub(crate) fn found(name: String, bytes: &[u8]) -> Option<Self> {
        let (text, source) = read(bytes);
        let is_template = match &source {
            Ok(source) => ["Resources", "AWSTemplateFormatVersion"]
                .iter()
                .any(|section| source.json().get(section).is_some()),
            Err(_) => looks_like_a_template(&text),
        };
        is_template.then(|| Self::of(name, text, source))
    }

    /// Checks a file that the user names as a template.
    pub(crate) fn read(name: String, bytes: &[u8]) -> Self {
        let (text, source) = read(bytes);
        Self::of(name, text, source)
    }

    /// Checks a template.
    pub(crate) fn new(name: String, text: String) -> Self {
        let source = Source::read(&text);
        Self::of(name, text, source)
    }

    /// Drops what the arguments do not select.
    #[must_use]
    pub(crate) fn selecting(mut self, selection: &Selection) -> Self {
        self.reported
            .retain(|reported| selection.includes(reported.diagnostic.lint));
        let all = self.reported.len();
        self.reported
            .retain(|reported| !selection.allows(reported.diagnostic.lint));
        self.allowed += all - self.reported.len();
        self
    }

    fn of(name: String, text: String, source: Result<Source, SourceError>) -> Self {
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                let span = Span {
                    start: error.position,
                    end: error.position,
                };
                let diagnostic = LintDiagnostic {
                    lint: lint::SYNTAX,
                    location: Location {
                        path: Vec::new(),
                        target: Target::Value,
                    },
                    diagnostic: error.diagnostic,
                };
                let reported = vec![SpannedDiagnostic { diagnostic, span }];
                let is_open = false;
                return Self {
                    name,
                    text,
                    reported,
                    allowed: 0,
                    is_open,
                };
            }
        };
        let checked = check::checked(source.json(), source.size());
        let mut reported: Vec<SpannedDiagnostic> = checked
            .diagnostics
            .into_iter()
            .map(|diagnostic| SpannedDiagnostic {
                span: source.span(&diagnostic.location.path, diagnostic.location.target),
                diagnostic,
            })
            .collect();
        reported.extend(
            check::repetitions(&source).map(|(start, diagnostic)| SpannedDiagnostic {
                diagnostic,
                span: Span { start, end: start },
            }),
        );
        reported.sort_by_key(|reported| reported.span.start);
        Self {
            name,
            text,
            reported,
            allowed: checked.suppressed.len(),
            is_open: check::is_open(source.json()),
        }
    }
}

/// Reads the text of a template. Invalid UTF-8 is an error; the readable part is kept.
fn read(bytes: &[u8]) -> (String, Result<Source, SourceError>) {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return (text.to_owned(), Source::read(text)),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let (line, column) = match before.rsplit_once('\n') {
        Some((lines, line)) => (lines.matches('\n').count() + 2, line.chars().count() + 1),
        None => (1, before.chars().count() + 1),
    };
    let position = Position { line, column };
    let diagnostic = Diagnostic::new("the file is not valid UTF-8").help("save the file as UTF-8");
    (
        text,
        Err(SourceError {
            position,
            diagnostic,
        }),
    )
}

/// Whether a text that cannot be parsed contains the keys of a template.
fn looks_like_a_template(text: &str) -> bool {
    text.contains("AWSTemplateFormatVersion")
        || text.contains("\"Resources\"")
        || text.lines().any(|line| line.starts_with("Resources:"))
}

/// The number of diagnostics.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Those of severity error.
    pub(crate) errors: usize,
    /// Those of severity warning.
    pub(crate) warnings: usize,
    /// Those that the template or `--allow` allows.
    allowed: usize,
}

impl Tally {
    /// Counts the diagnostics of all templates, and the templates that could not be checked.
    pub(crate) fn of(checked: &[CheckedTemplate], failures: &[Failure]) -> Self {
        let mut tally = Self {
            errors: failures
                .iter()
                .map(|failure| failure.problems().len())
                .sum(),
            allowed: checked.iter().map(|checked| checked.allowed).sum(),
            ..Self::default()
        };
        for reported in checked.iter().flat_map(|checked| &checked.reported) {
            match reported.diagnostic.severity() {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
            }
        }
        tally
    }

    /// The counts as a sentence.
    pub(crate) fn in_words(self, units: usize, unit: &str) -> String {
        let count = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            many => format!("{many} {what}s"),
        };
        let units = count(units, unit);
        let allowed = match self.allowed {
            0 => String::new(),
            allowed => format!(" ({allowed} allowed)"),
        };
        let found = match (self.errors, self.warnings) {
            (0, 0) => format!("{units}: no problems found"),
            (errors, 0) => format!("{units}: {}", count(errors, "error")),
            (0, warnings) => format!("{units}: {}", count(warnings, "warning")),
            (errors, warnings) => format!(
                "{units}: {} and {}",
                count(errors, "error"),
                count(warnings, "warning")
            ),
        };
        found + &allowed
    }
}

/// All diagnostics, for scripts: a list of objects with the lint, its page, the file, the span, the
/// path and the message.
pub(crate) fn json(checked: &[CheckedTemplate]) -> impl Iterator<Item = Json> {
    checked.iter().flat_map(|checked| {
        let reported = checked.reported.iter();
        reported.map(|reported| one(&checked.name, reported))
    })
}

fn one(file: &str, SpannedDiagnostic { diagnostic, span }: &SpannedDiagnostic) -> Json {
    let number = |number: usize| Json::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let position = |position: Position| {
        Json::Object(
            Object::new()
                .with("line", number(position.line))
                .with("column", number(position.column)),
        )
    };
    let path = diagnostic.location.path.iter().map(|step| match step {
        Step::Key(name) => Json::from(name.to_string()),
        Step::Index(index) => number(*index),
    });
    let span = Object::new()
        .with("start", position(span.start))
        .with("end", position(span.end));
    let inner = &diagnostic.diagnostic;
    Json::Object(
        Object::new()
            .with("id", diagnostic.lint.id())
            .with("severity", diagnostic.severity().name())
            .with("message", inner.message.clone())
            .with_some("note", inner.note.clone())
            .with_some("help", inner.help.clone())
            .with("file", file.to_owned())
            .with("span", Json::Object(span))
            .with("path", Json::array(path))
            .with("url", diagnostic.lint.url()),
    )
}
