//! Judges values by a resource type's schema.
//!
//! Intrinsic functions may stand anywhere. What can be known about their result is used: both
//! branches of `Fn::If` are judged, a `Fn::Join` of known text is that text, and a function that
//! gives a string is refused where a list is asked for.

mod argument;
mod choice;
mod escape;
mod format;
mod function;
mod handed;
mod list;
mod object;
mod pattern;
mod scalar;

use super::shape::{ResourceType, Rule, Schema, Types};
use crate::cloudformation::is_function;
use crate::finding::Finding;
use crate::json::{Json, Text};
use crate::suggest;

pub use argument::is_variable;
pub use function::{FUNCTIONS, check_functions, is_of_rain};
pub use handed::{Handed, Wanted, handed};
pub use scalar::{compiles, matches};

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into the member of this name.
    Key(Text),
    /// Into the item at this place, counted from 0.
    Index(usize),
}

/// What a refusal points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The name of the member, or a value as a whole.
    Key,
    /// The value.
    Value,
}

/// Where in a value a refusal belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The way there; empty for the properties as a whole.
    pub path: Vec<Step>,
    /// Whether it is about the name at the end of the way, or about the value.
    pub target: Target,
}

/// A finding and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// What.
    pub finding: Finding,
}

/// How a resource is written, which decides how it is written right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// In Rust, with `resource!`.
    #[default]
    Rust,
    /// In a template.
    Template,
    /// In a template that a transform processes first, such as `AWS::LanguageExtensions`: more
    /// functions exist, and stand in more places.
    Extended,
}

impl ResourceType {
    /// Judges the properties of a resource as Rust writes them: everything that is wrong with them.
    pub fn check<E>(&self, properties: &Json<E>) -> Vec<Refusal> {
        self.check_as(properties, Dialect::Rust)
    }

    /// Judges the properties of a resource: everything that is wrong with them.
    pub fn check_as<E>(&self, properties: &Json<E>, dialect: Dialect) -> Vec<Refusal> {
        let mut checker = Checker::new(self);
        checker.dialect = dialect;
        if let Some(day) = &self.shut_down {
            let what = format!("no `{}` can be made any more", self.name);
            let why = format!("AWS shut the service down on {day}");
            checker.refuse(Target::Key, Finding::new(what).why(why));
        }
        checker.value(&self.properties, properties);
        checker.told = checker
            .refusals
            .iter()
            .map(|told| told.place.clone())
            .collect();
        checker.again = true;
        for constraint in &self.constraints {
            checker.besides(|checker| checker.value(constraint, properties));
        }
        for refusal in super::service::check(&self.name, properties) {
            checker.add_of_service(refusal);
        }
        checker.refusals
    }

    /// Judges what stands beside the properties: `CreationPolicy` and `UpdatePolicy`. Says why
    /// where this type has no such option.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such option.
    pub(super) fn check_policy<E>(
        &self,
        option: &str,
        value: &Json<E>,
    ) -> Result<Vec<Refusal>, Finding> {
        let Some(policies) = super::find(&format!("#{option}")) else {
            return Ok(Vec::new());
        };
        let members: Vec<&(String, Schema)> = policies
            .properties
            .rules
            .iter()
            .filter_map(|rule| match rule {
                Rule::Properties(members) => Some(members),
                _ => None,
            })
            .flatten()
            .collect();
        match members.iter().find(|(name, _)| *name == self.name) {
            Some((_, schema)) => {
                let mut checker = Checker::new(&policies);
                checker.value(schema, value);
                Ok(checker.refusals)
            }
            None => {
                let types = suggest::list(members.iter().map(|(name, _)| name.as_str()));
                Err(Finding::new(format!("`{}` has no `{option}`", self.name))
                    .why(format!("`{option}` is for {types}")))
            }
        }
    }
}

/// Judges one value, and remembers the way to where it is.
struct Checker<'a> {
    resource: &'a ResourceType,
    path: Vec<Step>,
    refusals: Vec<Refusal>,
    /// Whether something could not be judged because it is known later only.
    unsure: bool,
    /// The places that are refused already when the constraints are judged.
    told: Vec<Place>,
    /// Whether it is a condition that is judged: only what it asks for counts.
    condition: bool,
    /// Whether the value was checked by the schema already, and is checked by what holds besides.
    again: bool,
    /// How many forms are tried, one within the other, of which another one may fit.
    trials: usize,
    dialect: Dialect,
}

impl<'a> Checker<'a> {
    fn new(resource: &'a ResourceType) -> Self {
        Self {
            resource,
            path: Vec::new(),
            refusals: Vec::new(),
            unsure: false,
            told: Vec::new(),
            condition: false,
            again: false,
            trials: 0,
            dialect: Dialect::default(),
        }
    }

    fn value<E>(&mut self, schema: &'a Schema, value: &Json<E>) {
        let rules = self.resource.rules(schema);
        self.judge(&rules, value);
    }

    fn judge<E>(&mut self, rules: &[&'a Rule], value: &Json<E>) {
        // The Serverless Application Model leaves out what is null.
        if matches!(value, Json::Null) && self.is_serverless() && !self.path.is_empty() {
            self.unsure = true;
            return;
        }
        if matches!(value, Json::Null) {
            let finding = Finding::new(format!("{} cannot be `null`", self.subject()))
                .why("CloudFormation takes no `null` anywhere in a template")
                .help("leave it out");
            return self.refuse(Target::Value, finding);
        }
        if rules.iter().any(|rule| matches!(rule, Rule::Never)) {
            let what = format!("{} does not belong here", self.subject());
            return self.refuse(Target::Key, Finding::new(what));
        }
        if self.function(rules, value) {
            return;
        }
        let types = rules.iter().filter_map(|rule| match rule {
            Rule::Types(types) => Some(*types),
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
                let before = self.refusals.len();
                self.scalar(rules, value);
                // One refusal of a text is enough.
                if self.refusals.len() > before {
                    return;
                }
            }
        }
        self.choices(rules, value);
    }

    fn wrong_type<E>(&mut self, rules: &[&'a Rule], types: Types, value: &Json<E>) {
        let given = in_words(value);
        let what = format!("{} takes {}, not {given}", self.subject(), types.in_words());
        let finding = Finding::new(what).maybe_help(Self::example(rules, types, value));
        self.refuse(Target::Value, finding);
    }

    /// What to write instead of a value of the wrong type.
    fn example<E>(rules: &[&'a Rule], types: Types, value: &Json<E>) -> Option<String> {
        if types.overlaps(Types::ARRAY) && !matches!(value, Json::Object(_) | Json::Null) {
            return Some("put it into brackets: `[…]`".to_owned());
        }
        if types.overlaps(Types::ARRAY) && matches!(value, Json::Object(_)) {
            return Some("put it into brackets: `[{ … }]`".to_owned());
        }
        if types.overlaps(Types::OBJECT) {
            let names = rules.iter().filter_map(|rule| match rule {
                Rule::Properties(members) => Some(members),
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
            Json::Number(_) if types == Types::INTEGER => Some("write a whole number".to_owned()),
            _ => None,
        }
    }

    fn is_serverless(&self) -> bool {
        self.resource.name.starts_with("AWS::Serverless::")
    }

    /// The value in words: by its name, or its place in a list. A function is called as what it
    /// stands for.
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

    fn refuse(&mut self, target: Target, finding: Finding) {
        let place = Place {
            path: self.path.clone(),
            target,
        };
        let refusal = Refusal { place, finding };
        // Two schemas of one place may say the same.
        if !self.refusals.contains(&refusal) {
            self.refusals.push(refusal);
        }
    }

    /// Whether a refusal follows from one that is told already: it says the same, is about the same
    /// value, or is about an object in which a name is not the right one.
    fn follows(&self, later: &Refusal) -> bool {
        let path = &later.place.path;
        self.refusals.iter().any(|told| {
            let same_place = told.place.path == *path;
            let inside = told.place.path.len() == path.len() + 1
                && told.place.path.starts_with(path)
                && told.place.target == Target::Key;
            let wrong_value = path.len() > told.place.path.len()
                && path.starts_with(&told.place.path)
                && told.place.target == Target::Value;
            inside
                || wrong_value
                || (same_place
                    && (later.place.target == Target::Value
                        || told.finding.what == later.finding.what))
        })
    }

    /// Judges what holds besides: what is wrong already is told once.
    fn besides(&mut self, judge: impl FnOnce(&mut Self)) {
        let (refusals, open) = self.trial(judge);
        self.unsure |= open;
        for refusal in refusals {
            if !self.follows(&refusal) {
                self.refusals.push(refusal);
            }
        }
    }

    /// The words of a service's rule say more than a pattern about the same value.
    fn add_of_service(&mut self, refusal: Refusal) {
        let is_pattern = |told: &Refusal| {
            let why = told.finding.why.as_deref().unwrap_or_default();
            told.place == refusal.place && why.starts_with(scalar::PATTERN)
        };
        if let Some(told) = self.refusals.iter_mut().find(|told| is_pattern(told)) {
            *told = refusal;
        } else if !self.follows(&refusal) {
            self.refusals.push(refusal);
        }
    }

    fn within(&mut self, step: Step, judge: impl FnOnce(&mut Self)) {
        self.path.push(step);
        judge(self);
        self.path.pop();
    }

    /// Whether a member of the object at hand is refused, so that what rests on it is not known.
    fn has_refused_member(&self) -> bool {
        let refused = self.refusals.iter().map(|refusal| &refusal.place);
        refused.chain(&self.told).any(|place| {
            place.path.len() == self.path.len() + 1 && place.path.starts_with(&self.path)
        })
    }

    /// Checks what these rules do not ask for: the functions in it have their forms all the same.
    fn besides_rules<E>(&mut self, rules: &[&Rule], value: &Json<E>) {
        let is_choice =
            |rule: &&Rule| matches!(rule, Rule::AllOf(_) | Rule::AnyOf(_) | Rule::OneOf(_));
        // What the Serverless Application Model takes is decided by each of its forms.
        if !(self.is_serverless() && rules.iter().any(is_choice)) {
            self.anything(value);
        }
    }

    /// Checks what no schema asks for: the functions in it have their forms all the same.
    fn anything<E>(&mut self, value: &Json<E>) {
        if !self.condition && !self.again {
            let unsure = self.unsure;
            self.judge(&[], value);
            self.unsure = unsure;
        }
    }

    /// Whether a schema holds, as far as this is known; `None` where it is not known yet.
    fn holds<E>(&mut self, schema: &'a Schema, value: &Json<E>) -> Option<bool> {
        let condition = std::mem::replace(&mut self.condition, true);
        let (refusals, open) = self.trial(|checker| checker.value(schema, value));
        self.condition = condition;
        (!open).then_some(refusals.is_empty())
    }

    /// Judges on trial: the refusals are returned, and whether anything was left open.
    fn trial(&mut self, judge: impl FnOnce(&mut Self)) -> (Vec<Refusal>, bool) {
        let before = std::mem::take(&mut self.refusals);
        let unsure = std::mem::replace(&mut self.unsure, false);
        self.trials += 1;
        judge(self);
        self.trials -= 1;
        let refusals = std::mem::replace(&mut self.refusals, before);
        let open = std::mem::replace(&mut self.unsure, unsure);
        (refusals, open)
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
