//! Collects what is wrong.

use vsc_spec::resource::{Place, Refusal, Step, Target};
use vsc_spec::{Finding, Json};

use super::{Diagnostic, Rule};

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

    /// Says what is wrong with the name at hand.
    pub(super) fn name(&mut self, rule: Rule, finding: Finding) {
        self.tell(rule, Target::Key, finding);
    }

    /// Says what is wrong with the value at hand.
    pub(super) fn value(&mut self, rule: Rule, finding: Finding) {
        self.tell(rule, Target::Value, finding);
    }

    fn tell(&mut self, rule: Rule, target: Target, finding: Finding) {
        let place = Place {
            path: self.path.clone(),
            target,
        };
        self.diagnostics.push(Diagnostic {
            rule,
            place,
            finding,
        });
    }

    /// Adds what was refused below the place at hand.
    pub(super) fn add(&mut self, rule: Rule, refusal: Refusal) {
        let Refusal { place, finding } = refusal;
        let place = Place {
            path: [self.path.as_slice(), &place.path].concat(),
            target: place.target,
        };
        let diagnostic = Diagnostic {
            rule,
            place,
            finding,
        };
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The diagnostics in the order of the template.
    pub(super) fn in_order(self, template: &Json) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by_cached_key(|diagnostic| position(template, &diagnostic.place.path));
        diagnostics
    }
}

/// The places of the steps of a path among their siblings.
fn position(template: &Json, path: &[Step]) -> Vec<usize> {
    let mut value = Some(template);
    let mut position = Vec::new();
    for step in path {
        let (index, inside) = match (value, step) {
            (Some(Json::Object(object)), Step::Key(name)) => {
                match object.iter().position(|(known, _)| known == name) {
                    Some(index) => (index, object.get(name)),
                    None => (usize::MAX, None),
                }
            }
            (Some(Json::Array(items)), Step::Index(index)) => (*index, items.get(*index)),
            _ => (usize::MAX, None),
        };
        position.push(index);
        value = inside;
    }
    position
}
