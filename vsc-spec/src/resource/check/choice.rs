//! Keywords that combine schemas.

use super::{Checker, Step, Target, Violation, scalar};
use crate::cloudformation::is_function;
use crate::diagnostic::Diagnostic;
use crate::json::Json;
use crate::resource::shape::{Keyword, Schema};
use crate::suggest;

impl<'a> Checker<'a> {
    pub(super) fn choices<E>(&mut self, rules: &[&'a Keyword], value: &Json<E>) {
        for rule in rules {
            match rule {
                Keyword::AllOf(schemas) => {
                    schemas.iter().for_each(|schema| self.value(schema, value));
                }
                Keyword::AnyOf(schemas) => self.any_of(schemas, value),
                Keyword::OneOf(schemas) => self.one_schema_of(schemas, value),
                Keyword::Not(schema) if self.holds(schema, value) == Some(true) => {
                    self.reject(Target::Key, self.forbidden(schema));
                }
                Keyword::IfThenElse(..) if self.has_rejected_member() => {}
                Keyword::IfThenElse(condition, then, otherwise) => {
                    let holds = self.holds(condition, value);
                    let branch = match holds {
                        Some(true) => then,
                        Some(false) => otherwise,
                        None => continue,
                    };
                    if let Some(schema) = branch {
                        let before = self.violations.len();
                        self.value(schema, value);
                        if holds == Some(true) {
                            self.explain(before, condition, value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn any_of<E>(&mut self, schemas: &'a [Schema], value: &Json<E>) {
        let trials = self.trials(schemas, value);
        if trials.iter().all(|(violations, _)| !violations.is_empty()) {
            self.none_fits(schemas, trials);
        }
    }

    fn one_schema_of<E>(&mut self, schemas: &'a [Schema], value: &Json<E>) {
        let trials = self.trials(schemas, value);
        if trials.iter().all(|(violations, _)| !violations.is_empty()) {
            return self.none_fits(schemas, trials);
        }
        let fits: Vec<&Schema> = schemas
            .iter()
            .zip(&trials)
            .filter(|(_, (violations, open))| violations.is_empty() && !open)
            .map(|(schema, _)| schema)
            .collect();
        if fits.len() > 1 {
            let names: Vec<&str> = fits.iter().flat_map(|schema| required(schema)).collect();
            let diagnostic = if names.is_empty() {
                Diagnostic::new(format!("{} matches several forms", self.subject()))
                    .note("it must match exactly one of them")
            } else {
                Diagnostic::new(format!("only one of {} is allowed", suggest::list(names)))
                    .help("keep one of them")
            };
            self.reject(Target::Key, diagnostic);
        }
    }

    fn trials<E>(&mut self, schemas: &'a [Schema], value: &Json<E>) -> Vec<(Vec<Violation>, bool)> {
        // Functions have been checked already, whichever form fits.
        let again = self.again;
        self.again |= !self.is_serverless();
        let trials = schemas
            .iter()
            .map(|schema| self.trial(|checker| checker.value(schema, value)))
            .collect();
        self.again = again;
        trials
    }

    /// Reports the errors of the form to which the value comes nearest.
    fn none_fits(&mut self, schemas: &'a [Schema], trials: Vec<(Vec<Violation>, bool)>) {
        // A required name may be the one that is misspelt.
        if self.has_rejected_member() {
            return;
        }
        let groups: Vec<Vec<&str>> = schemas.iter().map(required).collect();
        let only_presence = schemas.iter().all(|schema| {
            !schema.rules.is_empty()
                && schema
                    .rules
                    .iter()
                    .all(|rule| matches!(rule, Keyword::Required(_)))
        });
        if only_presence {
            let groups: Vec<String> = groups
                .iter()
                .map(|names| suggest::list(names.iter().copied()))
                .collect();
            let message = format!("{} needs {}", self.subject_or_type(), groups.join(", or "));
            return self.missing(Diagnostic::new(message));
        }
        let formats: Option<Vec<&str>> = schemas.iter().map(only_format).collect();
        if let Some(formats) = formats {
            return self.reject(Target::Value, self.none_of(&formats));
        }
        if let Some(forms) = schemas.iter().map(only_text).collect::<Option<Vec<_>>>() {
            let diagnostic = Diagnostic::new(format!(
                "{} matches none of its possible forms",
                self.subject()
            ))
            .note(format!("expected {}", forms.join(", or ")));
            return self.reject(Target::Value, diagnostic);
        }
        let depth = self.path.len();
        let nearest = trials.into_iter().min_by_key(|(violations, _)| {
            // The form whose names are present is the intended one.
            let count = |far: bool| {
                let violations = violations.iter().filter(|violation| {
                    let below = violation.location.path.len() - depth;
                    match violation.location.target {
                        Target::Value => below == 0,
                        Target::Key => far && below <= 1,
                    }
                });
                violations.count()
            };
            (count(false), count(true), violations.len())
        });
        let (violations, open) = nearest.unwrap_or_default();
        if open && self.is_loose(&violations) {
            self.unsure = true;
        } else {
            self.violations.extend(violations);
        }
    }

    /// Whether the Serverless Application Model may accept what fits no form of its schemas: they describe
    /// what it passes on, after it has resolved functions. A misspelt name stays an error.
    fn is_loose(&self, violations: &[Violation]) -> bool {
        let is_misspelt = |violation: &Violation| {
            let help = violation.diagnostic.help.as_deref();
            help.is_some_and(|help| help.starts_with("did you mean"))
        };
        self.is_serverless() && !violations.iter().any(is_misspelt)
    }

    /// Adds to the errors of a branch the condition under which it applies.
    fn explain<E>(&mut self, first: usize, condition: &'a Schema, value: &Json<E>) {
        let mut reasons = Vec::new();
        self.reasons(condition, value, &mut reasons);
        for violation in &mut self.violations[first..] {
            let subject = violation
                .location
                .path
                .iter()
                .rev()
                .find_map(|step| match step {
                    Step::Key(name) => Some(name.as_ref()),
                    Step::Index(_) => None,
                });
            // An error is not its own reason.
            let reasons = reasons
                .iter()
                .filter(|(name, _)| Some(name.as_str()) != subject);
            for (_, reason) in reasons {
                violation.diagnostic.note =
                    Some(with_reason(violation.diagnostic.note.take(), reason));
            }
        }
    }

    /// Why a condition holds: the members that it requires, and what they are.
    fn reasons<E>(
        &self,
        condition: &'a Schema,
        value: &Json<E>,
        found: &mut Vec<(String, String)>,
    ) {
        let rules = self.resource.rules(condition);
        let before = found.len();
        for (name, schema) in rules.iter().copied().filter_map(members).flatten() {
            match value.get(name) {
                // The reason is inside.
                Some(inner @ Json::Object(object)) if object.single().is_none_or(is_member) => {
                    self.reasons(schema, inner, found);
                }
                Some(Json::Array(_) | Json::Object(_) | Json::Expression(_)) | None => {}
                Some(value) if decides(schema) => {
                    let reason = format!("`{name}` is `{}`", scalar::text(value));
                    found.push((name.clone(), reason));
                }
                Some(_) => {}
            }
        }
        if found.len() == before {
            let names = rules.iter().filter_map(|rule| match rule {
                Keyword::Required(names) => Some(names),
                _ => None,
            });
            let given = |name: &String| (name.clone(), format!("`{name}` is given"));
            found.extend(names.flatten().map(given));
        }
    }

    fn subject_or_type(&self) -> String {
        if self.path.is_empty() {
            self.type_name()
        } else {
            self.subject()
        }
    }

    fn forbidden(&self, schema: &Schema) -> Diagnostic {
        match required(schema).as_slice() {
            [] => Diagnostic::new(format!(
                "{} has a value that is not allowed",
                self.subject()
            )),
            names => Diagnostic::new(format!(
                "{} cannot be combined with the rest",
                suggest::list(names.iter().copied())
            )),
        }
    }
}

/// Whether the only member of an object is not an intrinsic function.
fn is_member<E>((name, _): (&str, &Json<E>)) -> bool {
    !is_function(name)
}

/// Whether a schema requires a certain value.
fn decides(schema: &Schema) -> bool {
    schema.rules.iter().any(|rule| {
        matches!(
            rule,
            Keyword::Enum(_)
                | Keyword::EnumAnyCase(_)
                | Keyword::Const(_)
                | Keyword::Pattern(_)
                | Keyword::Not(_)
        )
    })
}

fn members(rule: &Keyword) -> Option<&Vec<(String, Schema)>> {
    match rule {
        Keyword::Properties(members) => Some(members),
        _ => None,
    }
}

/// A sentence with one more reason, without repetition.
fn with_reason(note: Option<String>, reason: &str) -> String {
    match note {
        None => format!("since {reason}"),
        Some(note) if note.contains(reason) => note,
        Some(note) if note.contains("since `") => format!("{note} and {reason}"),
        Some(note) => format!("{note}, since {reason}"),
    }
}

/// The format, if a schema requires nothing else.
fn only_format(schema: &Schema) -> Option<&str> {
    match schema.rules.as_slice() {
        [Keyword::Format(format)] => Some(format),
        _ => None,
    }
}

/// The string, if a schema requires nothing else.
fn only_text(schema: &Schema) -> Option<String> {
    match schema.rules.as_slice() {
        [Keyword::Const(value)] => Some(format!("`{}`", scalar::text(value))),
        [Keyword::Enum(values)] => {
            let values: Vec<String> = values.iter().map(scalar::text).collect();
            Some(suggest::list(values.iter().map(String::as_str)))
        }
        [Keyword::Pattern(pattern)] => Some(format!("a match of {pattern}")),
        _ => None,
    }
}

/// The names that a schema requires.
fn required(schema: &Schema) -> Vec<&str> {
    let names = schema.rules.iter().filter_map(|rule| match rule {
        Keyword::Required(names) => Some(names),
        _ => None,
    });
    names.flatten().map(String::as_str).collect()
}
