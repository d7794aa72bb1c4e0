//! The expected values of a resource's properties, as far as types determine them.

use super::check::Step;
use super::form::{Forms, only_arn};
use super::shape::{Keyword, ResourceType, Schema, Types};
use crate::cloudformation::{IdentifierKind, IntrinsicFunction, is_function};

/// The expected values at a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expectation {
    /// The allowed types; any when empty.
    pub types: Types,
    /// What the string identifies, one of these.
    pub formats: Vec<String>,
    /// The types of the items of a list.
    pub items: Option<Box<Expectation>>,
    /// Names, URLs or ARNs, for strings and lists of them.
    pub forms: Forms,
    /// The only type whose ARN is allowed.
    pub arn_of: Option<&'static str>,
    /// Whether the value is required.
    pub required: bool,
}

/// The target of a path.
pub(super) enum Asked<'a> {
    /// A value that these schemas describe.
    Schemas {
        schemas: Vec<&'a Schema>,
        required: bool,
    },
    /// The condition of an `Fn::If`.
    Anything,
    /// The argument of an intrinsic function.
    Argument,
}

impl ResourceType {
    /// The expected values at a path.
    pub fn expectation(&self, path: &[Step]) -> Expectation {
        match self.target(path) {
            Asked::Schemas { schemas, required } => {
                let forms = self.forms(path);
                let kinds = IdentifierKind::ALL.iter();
                let types = kinds.filter_map(|kind| kind.resource_type_of_arn());
                let arn_of = only_arn(self, path, types);
                let mut expectation = self.summary(&schemas, required, 0);
                (expectation.forms, expectation.arn_of) = (forms, arn_of);
                if let Some(items) = &mut expectation.items {
                    (items.forms, items.arn_of) = (forms, arn_of);
                }
                expectation
            }
            Asked::Anything => Expectation::default(),
            Asked::Argument => Expectation {
                required: true,
                ..Expectation::default()
            },
        }
    }

    /// The target of a path.
    pub(super) fn target(&self, path: &[Step]) -> Asked<'_> {
        let mut schemas = vec![&self.properties];
        let mut required = true;
        let mut steps = path.iter();
        while let Some(step) = steps.next() {
            match step {
                Step::Key(name) if **name == IntrinsicFunction::If => {
                    // Both branches are in the position of the function.
                    if matches!(steps.next(), Some(Step::Index(0)) | None) {
                        return Asked::Anything;
                    }
                }
                Step::Key(name) if is_function(name) => {
                    return Asked::Argument;
                }
                Step::Key(name) => {
                    let rules = self.reachable(&schemas);
                    required = rules.iter().any(|rule| {
                        matches!(rule, Keyword::Required(names) if names.iter().any(|known| known == name))
                    });
                    schemas = members_of(&rules, name);
                }
                Step::Index(_) => {
                    required = true;
                    schemas = items_of(&self.reachable(&schemas));
                }
            }
        }
        Asked::Schemas { schemas, required }
    }

    pub(super) fn summary(&self, schemas: &[&Schema], required: bool, depth: usize) -> Expectation {
        let rules = self.reachable(schemas);
        let mut expectation = Expectation {
            required,
            ..Expectation::default()
        };
        for rule in &rules {
            match rule {
                Keyword::Types(types) => expectation.types = expectation.types.with(*types),
                Keyword::Format(format) if format.starts_with("AWS::") => {
                    expectation.formats.push(format.clone());
                }
                _ => {}
            }
        }
        let inner = items_of(&rules);
        if !inner.is_empty() && depth < 4 {
            expectation.items = Some(Box::new(self.summary(&inner, true, depth + 1)));
        }
        expectation
    }

    /// The rules of schemas, with those of all alternatives.
    pub(super) fn reachable<'a>(&'a self, schemas: &[&'a Schema]) -> Vec<&'a Keyword> {
        let mut all = Vec::new();
        let mut open: Vec<(&Schema, usize)> = schemas.iter().map(|schema| (*schema, 0)).collect();
        while let Some((schema, depth)) = open.pop() {
            for rule in self.rules(schema) {
                match rule {
                    Keyword::AllOf(inner) | Keyword::AnyOf(inner) | Keyword::OneOf(inner)
                        if depth < 8 =>
                    {
                        open.extend(inner.iter().map(|schema| (schema, depth + 1)));
                    }
                    rule if depth > 0 && matches!(rule, Keyword::Required(_)) => {}
                    rule => all.push(rule),
                }
            }
        }
        all
    }
}

pub(super) fn members_of<'a>(rules: &[&'a Keyword], name: &str) -> Vec<&'a Schema> {
    let mut found = Vec::new();
    for rule in rules {
        if let Keyword::Properties(members) = rule {
            found.extend(
                members
                    .iter()
                    .filter(|(known, _)| known == name)
                    .map(|(_, schema)| schema),
            );
        }
    }
    if !found.is_empty() {
        return found;
    }
    for rule in rules {
        match rule {
            Keyword::PatternProperties(members) => found.extend(
                members
                    .iter()
                    .filter(|(pattern, _)| super::check::matches(pattern, name))
                    .map(|(_, schema)| schema),
            ),
            Keyword::Additional(schema) => found.push(schema),
            _ => {}
        }
    }
    found
}

pub(super) fn items_of<'a>(rules: &[&'a Keyword]) -> Vec<&'a Schema> {
    rules
        .iter()
        .filter_map(|rule| match rule {
            Keyword::Items(schema) => Some(schema.as_ref()),
            _ => None,
        })
        .collect()
}
