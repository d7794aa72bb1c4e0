//! Checks values against a resource type's schema.
//!
//! Intrinsic functions are allowed anywhere. Their results are checked as far as they are known: both
//! branches of `Fn::If` are checked, a `Fn::Join` of literals is a literal, and a function that returns
//! a string is rejected instead of a list.

mod argument;
mod choice;
mod escape;
mod format;
mod function;
mod list;
mod object;
mod passed;
mod pattern;
mod scalar;
mod violation;

use super::shape::{Keyword, ResourceType, Schema, Types};
use crate::cloudformation::is_function;
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Text};
use crate::suggest;

pub use argument::is_variable;
pub use function::{FUNCTIONS, check_functions, is_of_rain};
pub use passed::{ExpectedType, PassedValue, passed_values};
pub use scalar::{compiles, matches};
pub use violation::{Location, Target, Violation, ViolationKind};

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into the member of this name.
    Key(Text),
    /// Into the item at this index.
    Index(usize),
}

/// How a resource is written, which decides what help suggests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// In Rust, with `resource!`.
    #[default]
    Rust,
    /// In a template.
    Template,
    /// In a template with a transform such as `AWS::LanguageExtensions`: more functions exist, and are
    /// allowed in more positions.
    Extended,
}

impl ResourceType {
    /// Checks the properties of a resource as Rust writes them: everything that is wrong with them.
    pub fn check<E>(&self, properties: &Json<E>) -> Vec<Violation> {
        self.check_as(properties, Dialect::Rust)
    }

    /// Checks the properties of a resource: everything that is wrong with them.
    pub fn check_as<E>(&self, properties: &Json<E>, dialect: Dialect) -> Vec<Violation> {
        let mut checker = Checker::new(self);
        checker.dialect = dialect;
        if let Some(day) = &self.shut_down {
            let message = format!("`{}` can no longer be created", self.name);
            let note = format!("AWS shut the service down on {day}");
            checker.reject(Target::Key, Diagnostic::new(message).note(note));
        }
        checker.value(&self.properties, properties);
        checker.reported = checker
            .violations
            .iter()
            .map(|reported| reported.location.clone())
            .collect();
        checker.again = true;
        for constraint in &self.constraints {
            checker.check_constraint(|checker| checker.value(constraint, properties));
        }
        for violation in super::service::check(&self.name, properties) {
            checker.add_service_violation(violation);
        }
        checker.violations
    }

    /// Checks the resource attributes `CreationPolicy` and `UpdatePolicy`.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such attribute.
    pub(super) fn check_policy<E>(
        &self,
        option: &str,
        value: &Json<E>,
    ) -> Result<Vec<Violation>, Diagnostic> {
        let Some(policies) = super::find(&format!("#{option}")) else {
            return Ok(Vec::new());
        };
        let members: Vec<&(String, Schema)> = policies
            .properties
            .rules
            .iter()
            .filter_map(|rule| match rule {
                Keyword::Properties(members) => Some(members),
                _ => None,
            })
            .flatten()
            .collect();
        match members.iter().find(|(name, _)| *name == self.name) {
            Some((_, schema)) => {
                let mut checker = Checker::new(&policies);
                checker.value(schema, value);
                Ok(checker.violations)
            }
            None => {
                let types = suggest::list(members.iter().map(|(name, _)| name.as_str()));
                Err(
                    Diagnostic::new(format!("`{}` has no `{option}`", self.name))
                        .note(format!("`{option}` is for {types}")),
                )
            }
        }
    }
}

/// Checks a value, and keeps its path.
struct Checker<'a> {
    resource: &'a ResourceType,
    path: Vec<Step>,
    violations: Vec<Violation>,
    /// Whether something could not be checked because it is known only later.
    unsure: bool,
    /// The paths that are rejected already when the constraints are checked.
    reported: Vec<Location>,
    /// Whether a condition is being checked: only what it requires counts.
    condition: bool,
    /// Whether the schema was checked already, and the constraints are being checked.
    again: bool,
    /// The depth of nested alternatives that are being tried.
    trials: usize,
    dialect: Dialect,
}

impl<'a> Checker<'a> {
    fn new(resource: &'a ResourceType) -> Self {
        Self {
            resource,
            path: Vec::new(),
            violations: Vec::new(),
            unsure: false,
            reported: Vec::new(),
            condition: false,
            again: false,
            trials: 0,
            dialect: Dialect::default(),
        }
    }

    fn value<E>(&mut self, schema: &'a Schema, value: &Json<E>) {
        let rules = self.resource.rules(schema);
        self.check(&rules, value);
    }

    fn check<E>(&mut self, rules: &[&'a Keyword], value: &Json<E>) {
        // The Serverless Application Model drops `null`.
        if matches!(value, Json::Null) && self.is_serverless() && !self.path.is_empty() {
            self.unsure = true;
            return;
        }
        if matches!(value, Json::Null) {
            let diagnostic = Diagnostic::new(format!("{} cannot be `null`", self.subject()))
                .note("CloudFormation does not accept `null` in templates")
                .help("remove it");
            return self.reject(Target::Value, diagnostic);
        }
        if rules.iter().any(|rule| matches!(rule, Keyword::Never)) {
            let message = format!("{} is not allowed here", self.subject());
            return self.reject(Target::Key, Diagnostic::new(message));
        }
        if self.function(rules, value) {
            return;
        }
        let types = rules.iter().filter_map(|rule| match rule {
            Keyword::Types(types) => Some(*types),
            _ => None,
        });
        for types in types {
            if !types.is_any() && !scalar::fits(types, value) {
                return self.wrong_type(rules, types, value);
            }
        }
        match value {
            Json::Expression(_) => self.unsure = true,
            Json::Object(object) => self.object(rules, object),
            Json::Array(items) => self.list(rules, items),
            Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Number(_) | Json::String(_) => {
                let before = self.violations.len();
                self.scalar(rules, value);
                // One error about a string is enough.
                if self.violations.len() > before {
                    return;
                }
            }
        }
        self.choices(rules, value);
    }

    fn wrong_type<E>(&mut self, rules: &[&'a Keyword], types: Types, value: &Json<E>) {
        let given = in_words(value);
        let message = format!("{} takes {}, not {given}", self.subject(), types.in_words());
        let diagnostic = Diagnostic::new(message).maybe_help(Self::example(rules, types, value));
        self.reject(Target::Value, diagnostic);
    }

    /// The help for a value of the wrong type.
    fn example<E>(rules: &[&'a Keyword], types: Types, value: &Json<E>) -> Option<String> {
        if types.overlaps(Types::ARRAY) && !matches!(value, Json::Object(_) | Json::Null) {
            return Some("put it in brackets: `[…]`".to_owned());
        }
        if types.overlaps(Types::ARRAY) && matches!(value, Json::Object(_)) {
            return Some("put it in brackets: `[{ … }]`".to_owned());
        }
        if types.overlaps(Types::OBJECT) {
            let names = rules.iter().filter_map(|rule| match rule {
                Keyword::Properties(members) => Some(members),
                _ => None,
            });
            let names: Vec<&str> = names.flatten().map(|(name, _)| name.as_str()).collect();
            if !names.is_empty() {
                return Some(format!("write `{{ … }}` with {}", suggest::list(names)));
            }
        }
        match value {
            Json::Array(items) if items.len() == 1 && types.is_scalar() => {
                Some("write the value without brackets".to_owned())
            }
            Json::Number(_) if types == Types::INTEGER => Some("write an integer".to_owned()),
            _ => None,
        }
    }

    fn is_serverless(&self) -> bool {
        self.resource.name.starts_with("AWS::Serverless::")
    }

    /// The value in words: by its name, or its index in a list. A function has the name of its value.
    fn subject(&self) -> String {
        let is_call = |step: &Step| matches!(step, Step::Key(name) if is_function(name));
        let mut path = self.path.as_slice();
        loop {
            path = match path {
                [before @ .., function, Step::Index(_)] if is_call(function) => before,
                [before @ .., function] if is_call(function) => before,
                [] if self.resource.name.is_empty() => break "the value".to_owned(),
                path => break describe(path),
            };
        }
    }

    fn reject(&mut self, target: Target, diagnostic: Diagnostic) {
        self.reject_as(ViolationKind::Other, target, diagnostic);
    }

    fn reject_as(&mut self, kind: ViolationKind, target: Target, diagnostic: Diagnostic) {
        let location = Location {
            path: self.path.clone(),
            target,
        };
        let violation = Violation::new(location, diagnostic).of_kind(kind);
        // Two schemas of a value may report the same.
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }

    /// Whether an error follows from one that is already reported: it has the same message, is about the
    /// same value, or is about an object with a wrong name.
    fn follows(&self, later: &Violation) -> bool {
        let path = &later.location.path;
        self.violations.iter().any(|reported| {
            let same_location = reported.location.path == *path;
            let inside = reported.location.path.len() == path.len() + 1
                && reported.location.path.starts_with(path)
                && reported.location.target == Target::Key;
            let wrong_value = path.len() > reported.location.path.len()
                && path.starts_with(&reported.location.path)
                && reported.location.target == Target::Value;
            inside
                || wrong_value
                || (same_location
                    && (later.location.target == Target::Value
                        || reported.diagnostic.message == later.diagnostic.message))
        })
    }

    /// Checks constraints; values that are already rejected are not reported again.
    fn check_constraint(&mut self, check: impl FnOnce(&mut Self)) {
        let (violations, open) = self.trial(check);
        self.unsure |= open;
        for violation in violations {
            if !self.follows(&violation) {
                self.violations.push(violation);
            }
        }
    }

    /// Adds an error of a service's rule, which replaces that of a pattern about the same value.
    fn add_service_violation(&mut self, violation: Violation) {
        let is_pattern = |reported: &Violation| {
            reported.location == violation.location && reported.kind == ViolationKind::Pattern
        };
        if let Some(reported) = self
            .violations
            .iter_mut()
            .find(|reported| is_pattern(reported))
        {
            *reported = violation;
        } else if !self.follows(&violation) {
            self.violations.push(violation);
        }
    }

    fn within(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    /// Whether a member of the current object is rejected, so that what depends on it is unknown.
    fn has_rejected_member(&self) -> bool {
        let rejected = self.violations.iter().map(|violation| &violation.location);
        rejected.chain(&self.reported).any(|location| {
            location.path.len() == self.path.len() + 1 && location.path.starts_with(&self.path)
        })
    }

    /// Checks the functions in what these rules do not describe.
    fn check_functions_outside_rules<E>(&mut self, rules: &[&Keyword], value: &Json<E>) {
        let is_choice = |rule: &&Keyword| {
            matches!(
                rule,
                Keyword::AllOf(_) | Keyword::AnyOf(_) | Keyword::OneOf(_)
            )
        };
        // What the Serverless Application Model accepts is decided by each of its forms.
        if !(self.is_serverless() && rules.iter().any(is_choice)) {
            self.check_functions_in(value);
        }
    }

    /// Checks the functions in a value without a schema.
    fn check_functions_in<E>(&mut self, value: &Json<E>) {
        if !self.condition && !self.again {
            let unsure = self.unsure;
            self.check(&[], value);
            self.unsure = unsure;
        }
    }

    /// Whether a schema holds; `None` if it is not known yet.
    fn holds<E>(&mut self, schema: &'a Schema, value: &Json<E>) -> Option<bool> {
        let condition = std::mem::replace(&mut self.condition, true);
        let (violations, open) = self.trial(|checker| checker.value(schema, value));
        self.condition = condition;
        (!open).then_some(violations.is_empty())
    }

    /// Checks on trial: returns the errors, and whether anything was left undecided.
    fn trial(&mut self, check: impl FnOnce(&mut Self)) -> (Vec<Violation>, bool) {
        let before = std::mem::take(&mut self.violations);
        let unsure = std::mem::replace(&mut self.unsure, false);
        self.trials += 1;
        check(self);
        self.trials -= 1;
        let violations = std::mem::replace(&mut self.violations, before);
        let open = std::mem::replace(&mut self.unsure, unsure);
        (violations, open)
    }
}

/// A value in words: `the string "a"`.
fn in_words<E>(value: &Json<E>) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::Bool(value) => format!("the boolean `{value}`"),
        Json::Integer(value) => format!("the number {value}"),
        Json::Number(value) => format!("the number {value}"),
        Json::String(value) => format!("the string {value:?}"),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        Json::Expression(_) => "an expression".to_owned(),
    }
}

fn describe(path: &[Step]) -> String {
    let name = |steps: &[Step]| {
        steps.iter().rev().find_map(|step| match step {
            Step::Key(name) => Some(format!("`{name}`")),
            Step::Index(_) => None,
        })
    };
    match path {
        [] => "`Properties`".to_owned(),
        [before @ .., Step::Index(index)] => match name(before) {
            Some(list) => format!("item {} of {list}", index + 1),
            None => format!("item {}", index + 1),
        },
        [.., Step::Key(name)] => format!("`{name}`"),
    }
}
