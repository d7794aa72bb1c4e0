//! Values with their paths, as rules over several properties use them.

use crate::cloudformation::{IntrinsicFunction, has_function_prefix, is_function};
use std::borrow::Cow;

use super::super::check::{Location, Step, Target, Violation};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Text};

/// A value, and its path from the properties.
pub struct View<'a, E = ()> {
    value: &'a Json<E>,
    path: Vec<Step>,
}

impl<E> Clone for View<'_, E> {
    fn clone(&self) -> Self {
        Self {
            value: self.value,
            path: self.path.clone(),
        }
    }
}

impl<'a, E> View<'a, E> {
    /// The properties of a resource.
    pub const fn new(properties: &'a Json<E>) -> Self {
        Self {
            value: properties,
            path: Vec::new(),
        }
    }

    /// The value itself.
    pub const fn json(&self) -> &'a Json<E> {
        self.value
    }

    fn below(&self, step: Step, value: &'a Json<E>) -> Self {
        let mut path = self.path.clone();
        path.push(step);
        Self { value, path }
    }

    /// The member of this name, without resolving functions.
    pub fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(self.below(Step::Key(Text::Owned(name.to_owned())), value))
    }

    /// The members of an object; none if the value is a function.
    pub fn members(&self) -> Vec<(&'a str, Self)> {
        let object = self.value.as_object();
        if self.function().is_some() {
            return Vec::new();
        }
        let members = object.into_iter().flat_map(crate::json::Object::iter);
        members
            .map(|(name, value)| {
                let step = Step::Key(Text::Owned(name.to_owned()));
                (name, self.below(step, value))
            })
            .collect()
    }

    /// The name and the argument of an intrinsic function.
    pub fn function(&self) -> Option<(&'a str, &'a Json<E>)> {
        self.value.call()
    }

    /// The possible values: each branch of `Fn::If`, and nothing for `AWS::NoValue`.
    pub fn branches(&self) -> Vec<Self> {
        match self.value.function() {
            _ if self.value.is_no_value() => Vec::new(),
            Some((IntrinsicFunction::If, Json::Array(arguments))) => {
                let function = self.below(Step::Key(IntrinsicFunction::If.into()), self.value);
                let branches = arguments.iter().enumerate().skip(1);
                branches
                    .flat_map(|(index, value)| function.below(Step::Index(index), value).branches())
                    .collect()
            }
            _ => vec![self.clone()],
        }
    }

    /// The possible values of a member.
    pub fn values(&self, name: &str) -> Vec<Self> {
        let member = self.member(name);
        member.iter().flat_map(Self::branches).collect()
    }

    /// The possible values of the items of a list.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().unwrap_or_default();
        let items = items.iter().enumerate();
        items
            .flat_map(|(index, value)| self.below(Step::Index(index), value).branches())
            .collect()
    }

    /// The possible values at a path; `*` is every item of a list.
    pub fn along(&self, path: &[&str]) -> Vec<Self> {
        let mut all = self.branches();
        for step in path {
            all = all
                .iter()
                .flat_map(|view| match *step {
                    "*" => view.items(),
                    name => view.values(name),
                })
                .collect();
        }
        all
    }

    /// The value of a member, if it does not depend on conditions.
    pub fn only(&self, name: &str) -> Option<Self> {
        let member = self.member(name)?;
        let branches = member.branches();
        branches
            .into_iter()
            .next()
            .filter(|_| !matches!(member.value.function(), Some((IntrinsicFunction::If, _))))
    }

    /// Whether a member is absent, whatever conditions hold.
    pub fn lacks(&self, name: &str) -> bool {
        let open = self
            .value
            .as_object()
            .is_none_or(|object| object.names().any(has_function_prefix));
        !open && self.values(name).is_empty()
    }

    /// The string or number, if it is a literal.
    pub fn text(&self) -> Option<Cow<'a, str>> {
        match self.value {
            Json::String(text) if text.contains("{{resolve:") => None,
            Json::String(text) => Some(Cow::Borrowed(text)),
            Json::Integer(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// The string of a member, if it does not depend on conditions.
    pub fn text_of(&self, name: &str) -> Option<Cow<'a, str>> {
        self.only(name)?.text()
    }

    /// The integer, also if it is written as a string.
    pub fn number(&self) -> Option<i64> {
        self.text()?.trim().parse().ok()
    }

    /// The boolean, also if it is written as a string.
    pub fn boolean(&self) -> Option<bool> {
        match self.value {
            Json::Bool(value) => Some(*value),
            Json::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Json::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Whether the value is a literal, without functions and expressions.
    pub fn is_known(&self) -> bool {
        fn known<E>(value: &Json<E>) -> bool {
            match value {
                Json::Expression(_) => false,
                Json::Array(items) => items.iter().all(known),
                Json::Object(object) => object
                    .iter()
                    .all(|(name, value)| !is_function(name) && known(value)),
                _ => true,
            }
        }
        known(self.value)
    }

    /// An error about this value.
    pub fn value_is(&self, diagnostic: Diagnostic) -> Violation {
        self.at(Target::Value, diagnostic)
    }

    /// An error about the name of this value, or about what is missing in it.
    pub fn name_is(&self, diagnostic: Diagnostic) -> Violation {
        self.at(Target::Key, diagnostic)
    }

    fn at(&self, target: Target, diagnostic: Diagnostic) -> Violation {
        let location = Location {
            path: self.path.clone(),
            target,
        };
        Violation::new(location, diagnostic)
    }
}
