//! Collects diagnostics.

use std::collections::HashMap;

use vsc_spec::resource::{Location, Step, Target, Violation};
use vsc_spec::{Diagnostic, Json, Object};

use super::{Lint, LintDiagnostic};

/// The diagnostics so far, and the path that is being checked.
#[derive(Default)]
pub(super) struct Report {
    pub(super) diagnostics: Vec<LintDiagnostic>,
    path: Vec<Step>,
}

impl Report {
    /// Checks the member of this name.
    pub(super) fn at(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.within(Step::Key(name.to_owned().into()), check);
    }

    /// Checks the item at this index.
    pub(super) fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        self.within(Step::Index(index), check);
    }

    fn within(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    /// Checks the value at a path of names.
    pub(super) fn along(&mut self, names: &[&str], check: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        let steps = names
            .iter()
            .map(|name| Step::Key((*name).to_owned().into()));
        self.path.extend(steps);
        check(self);
        self.path.truncate(before);
    }

    /// Checks the value at a path.
    pub(super) fn steps(&mut self, steps: &[Step], check: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        self.path.extend_from_slice(steps);
        check(self);
        self.path.truncate(before);
    }

    /// Reports a diagnostic at the name of the current path.
    pub(super) fn name(&mut self, lint: Lint, diagnostic: Diagnostic) {
        self.push(lint, Target::Key, diagnostic);
    }

    /// Reports a diagnostic at the value of the current path.
    pub(super) fn value(&mut self, lint: Lint, diagnostic: Diagnostic) {
        self.push(lint, Target::Value, diagnostic);
    }

    fn push(&mut self, lint: Lint, target: Target, diagnostic: Diagnostic) {
        let location = Location {
            path: self.path.clone(),
            target,
        };
        self.diagnostics.push(LintDiagnostic {
            lint,
            location,
            diagnostic,
        });
    }

    /// Adds a violation below the current path.
    pub(super) fn add(&mut self, lint: Lint, violation: Violation) {
        let Violation {
            location,
            diagnostic,
            ..
        } = violation;
        let location = Location {
            path: [self.path.as_slice(), &location.path].concat(),
            target: location.target,
        };
        self.diagnostics.push(LintDiagnostic {
            lint,
            location,
            diagnostic,
        });
    }

    /// Adds a note to each diagnostic so far.
    pub(super) fn note(&mut self, note: &str) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.diagnostic.note = Some(match &diagnostic.diagnostic.note {
                Some(known) => format!("{known}; {note}"),
                None => note.to_owned(),
            });
        }
    }

    /// The diagnostics in source order, each once.
    pub(super) fn in_order(self, template: &Json) -> Vec<LintDiagnostic> {
        let mut positions = Positions::default();
        let mut diagnostics: Vec<(Vec<usize>, LintDiagnostic)> = self
            .diagnostics
            .into_iter()
            .map(|diagnostic| {
                (
                    positions.of(template, &diagnostic.location.path),
                    diagnostic,
                )
            })
            .collect();
        diagnostics.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut kept: Vec<(Vec<usize>, LintDiagnostic)> = Vec::new();
        for (position, diagnostic) in diagnostics {
            let neighbours = kept
                .iter()
                .rev()
                .take_while(|(known, _)| *known == position);
            let is_new = neighbours
                .map(|(_, known)| known)
                .all(|known| *known != diagnostic);
            if is_new {
                kept.push((position, diagnostic));
            }
        }
        kept.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}

/// The indices of the members of objects, looked up once per object, since a template may have
/// thousands of resources with errors.
#[derive(Default)]
struct Positions<'a> {
    members: HashMap<*const Object, HashMap<&'a str, (usize, &'a Json)>>,
}

impl<'a> Positions<'a> {
    /// The index of each step of a path among its siblings.
    fn of(&mut self, template: &'a Json, path: &[Step]) -> Vec<usize> {
        let mut value = Some(template);
        let mut position = Vec::new();
        for step in path {
            let (index, inside) = match (value, step) {
                (Some(Json::Object(object)), Step::Key(name)) => match self.member(object, name) {
                    Some((index, inside)) => (index, Some(inside)),
                    None => (usize::MAX, None),
                },
                (Some(Json::Array(items)), Step::Index(index)) => (*index, items.get(*index)),
                _ => (usize::MAX, None),
            };
            position.push(index);
            value = inside;
        }
        position
    }

    fn member(&mut self, object: &'a Object, name: &str) -> Option<(usize, &'a Json)> {
        let members = self.members.entry(object).or_insert_with(|| {
            let members = object.iter().enumerate();
            members
                .map(|(index, (name, value))| (name, (index, value)))
                .collect()
        });
        members.get(name).copied()
    }
}
