//! Collects what is wrong.

use std::collections::HashMap;

use vsc_spec::resource::{Place, Refusal, Step, Target};
use vsc_spec::{Finding, Json, Object};

use super::{Diagnostic, Lint};

/// What is wrong so far, and the place that is being judged.
#[derive(Default)]
pub(super) struct Report {
    pub(super) diagnostics: Vec<Diagnostic>,
    path: Vec<Step>,
}

impl Report {
    /// Judges what is below the member of this name.
    pub(super) fn at(&mut self, name: &str, judge: impl FnOnce(&mut Self)) {
        self.within(Step::Key(name.to_owned().into()), judge);
    }

    /// Judges the item at this place.
    pub(super) fn item(&mut self, index: usize, judge: impl FnOnce(&mut Self)) {
        self.within(Step::Index(index), judge);
    }

    fn within(&mut self, step: Step, judge: impl FnOnce(&mut Self)) {
        self.path.push(step);
        judge(self);
        self.path.pop();
    }

    /// Judges along a way of names.
    pub(super) fn along(&mut self, names: &[&str], judge: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        let steps = names
            .iter()
            .map(|name| Step::Key((*name).to_owned().into()));
        self.path.extend(steps);
        judge(self);
        self.path.truncate(before);
    }

    /// Judges what is at the end of these steps.
    pub(super) fn steps(&mut self, steps: &[Step], judge: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        self.path.extend_from_slice(steps);
        judge(self);
        self.path.truncate(before);
    }

    /// Says what is wrong with the name at hand.
    pub(super) fn name(&mut self, lint: Lint, finding: Finding) {
        self.push(lint, Target::Key, finding);
    }

    /// Says what is wrong with the value at hand.
    pub(super) fn value(&mut self, lint: Lint, finding: Finding) {
        self.push(lint, Target::Value, finding);
    }

    fn push(&mut self, lint: Lint, target: Target, finding: Finding) {
        let place = Place {
            path: self.path.clone(),
            target,
        };
        self.diagnostics.push(Diagnostic {
            lint,
            place,
            finding,
        });
    }

    /// Adds what was refused below the place at hand.
    pub(super) fn add(&mut self, lint: Lint, refusal: Refusal) {
        let Refusal { place, finding } = refusal;
        let place = Place {
            path: [self.path.as_slice(), &place.path].concat(),
            target: place.target,
        };
        self.diagnostics.push(Diagnostic {
            lint,
            place,
            finding,
        });
    }

    /// Gives each diagnostic so far one more reason.
    pub(super) fn note(&mut self, note: &str) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.finding.why = Some(match &diagnostic.finding.why {
                Some(why) => format!("{why}; {note}"),
                None => note.to_owned(),
            });
        }
    }

    /// The diagnostics in the order of the template, each once.
    pub(super) fn in_order(self, template: &Json) -> Vec<Diagnostic> {
        let mut positions = Positions::default();
        let mut diagnostics: Vec<(Vec<usize>, Diagnostic)> = self
            .diagnostics
            .into_iter()
            .map(|diagnostic| (positions.of(template, &diagnostic.place.path), diagnostic))
            .collect();
        diagnostics.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut kept: Vec<(Vec<usize>, Diagnostic)> = Vec::new();
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

/// Where the members of the objects of a template stand: looked up once for each object, since a
/// template may have thousands of resources with a mistake in each.
#[derive(Default)]
struct Positions<'a> {
    members: HashMap<*const Object, HashMap<&'a str, (usize, &'a Json)>>,
}

impl<'a> Positions<'a> {
    /// The places of the steps of a path among their siblings.
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
