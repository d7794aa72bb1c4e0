//! Lists.

use super::{Checker, Step, Target, scalar};
use crate::cloudformation::IntrinsicFunction;
use crate::diagnostic::Diagnostic;
use crate::json::Json;
use crate::resource::shape::Keyword;

impl<'a> Checker<'a> {
    pub(super) fn list<E>(&mut self, rules: &[&'a Keyword], items: &[Json<E>]) {
        let prefixed = rules
            .iter()
            .find_map(|rule| match rule {
                Keyword::PrefixItems(schemas) => Some(schemas.as_slice()),
                _ => None,
            })
            .unwrap_or_default();
        for rule in rules {
            if let Keyword::Items(schema) = rule {
                for (index, item) in items.iter().enumerate() {
                    self.within(Step::Index(index), |checker| checker.value(schema, item));
                }
            }
        }
        if !rules.iter().any(|rule| matches!(rule, Keyword::Items(_))) {
            for (index, item) in items.iter().enumerate().skip(prefixed.len()) {
                self.within(Step::Index(index), |checker| {
                    checker.check_functions_outside_rules(rules, item);
                });
            }
        }
        // Both apply to the first items: in draft 7, `prefixItems` does not affect `items`.
        for (index, (schema, item)) in prefixed.iter().zip(items).enumerate() {
            self.check_constraint(|checker| {
                checker.within(Step::Index(index), |checker| checker.value(schema, item));
            });
        }
        self.size(rules, items);
        self.uniqueness(rules, items);
    }

    fn size<E>(&mut self, rules: &[&'a Keyword], items: &[Json<E>]) {
        // An item that depends on a condition may or may not count.
        let certain = items.iter().filter(|item| !may_vanish(item)).count() as u64;
        let possible = items.iter().filter(|item| !item.is_no_value()).count() as u64;
        for rule in rules {
            let (holds, limit) = match rule {
                Keyword::MinItems(limit) => {
                    (possible >= *limit, format!("at least {}", count(*limit)))
                }
                Keyword::MaxItems(limit) => {
                    (certain <= *limit, format!("at most {}", count(*limit)))
                }
                _ => continue,
            };
            if !holds {
                let message = format!("{} has {}", self.subject(), count(items.len() as u64));
                self.reject(Target::Value, Diagnostic::new(message).note(limit));
            }
        }
    }

    fn uniqueness<E>(&mut self, rules: &[&'a Keyword], items: &[Json<E>]) {
        for rule in rules {
            match rule {
                Keyword::UniqueItems => self.first_repeat(items, same, None),
                Keyword::UniqueKeys(keys) => {
                    let equal = |a: &Json<E>, b: &Json<E>| {
                        keys.iter().all(|key| match (a.get(key), b.get(key)) {
                            (Some(a), Some(b)) => same(a, b),
                            _ => false,
                        })
                    };
                    self.first_repeat(items, equal, keys.first().map(String::as_str));
                }
                Keyword::MaxUniqueItems(limit) => {
                    let mut different: Vec<&Json<E>> = Vec::new();
                    for item in items.iter().filter(|item| is_known(item)) {
                        if !different.iter().any(|other| same(other, item)) {
                            different.push(item);
                        }
                    }
                    if different.len() as u64 > *limit {
                        let message =
                            format!("{} has {} different items", self.subject(), different.len());
                        let note = format!("at most {limit}");
                        self.reject(Target::Value, Diagnostic::new(message).note(note));
                    }
                }
                _ => {}
            }
        }
    }

    fn first_repeat<E>(
        &mut self,
        items: &[Json<E>],
        equal: impl Fn(&Json<E>, &Json<E>) -> bool,
        key: Option<&str>,
    ) {
        for (index, item) in items.iter().enumerate() {
            let Some(first) = items[..index].iter().position(|other| equal(other, item)) else {
                continue;
            };
            let list = self.subject();
            let message = match key {
                None => format!(
                    "item {} of {list} is the same as item {}",
                    index + 1,
                    first + 1
                ),
                Some(key) => format!(
                    "item {} of {list} has the same `{key}` as item {}",
                    index + 1,
                    first + 1
                ),
            };
            self.within(Step::Index(index), |checker| {
                checker.reject(
                    Target::Value,
                    Diagnostic::new(message)
                        .note("the items must be unique")
                        .help("remove one of them"),
                );
            });
        }
    }
}

/// Whether the item can be absent when the template is deployed.
fn may_vanish<E>(item: &Json<E>) -> bool {
    match item.function() {
        Some((IntrinsicFunction::Ref, _)) => item.is_no_value(),
        Some((IntrinsicFunction::If | IntrinsicFunction::Transform, _)) => true,
        _ => matches!(item, Json::Expression(_)),
    }
}

fn is_known<E>(value: &Json<E>) -> bool {
    match value {
        Json::Expression(_) => false,
        Json::Array(items) => items.iter().all(is_known),
        Json::Object(object) => object.iter().all(|(_, value)| is_known(value)),
        _ => true,
    }
}

/// Whether both values are known and equal.
fn same<E>(a: &Json<E>, b: &Json<E>) -> bool {
    match (a, b) {
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (
            Json::Bool(_) | Json::Integer(_) | Json::Number(_) | Json::String(_),
            Json::Bool(_) | Json::Integer(_) | Json::Number(_) | Json::String(_),
        ) => scalar::text(a) == scalar::text(b),
        _ => false,
    }
}

fn count(items: u64) -> String {
    match items {
        0 => "no items".to_owned(),
        1 => "1 item".to_owned(),
        many => format!("{many} items"),
    }
}
