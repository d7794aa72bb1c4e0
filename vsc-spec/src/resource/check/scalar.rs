//! Strings, numbers and booleans.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Checker, Target, ViolationKind, pattern};
use crate::diagnostic::Diagnostic;
use crate::ecma::Pattern;
use crate::json::Json;
use crate::resource::shape::{Keyword, Types};
use crate::suggest;

/// Whether the value is of one of the types. CloudFormation converts scalars, so that `"80"` is a
/// number and `80` is a string.
pub(super) fn fits<E>(types: Types, value: &Json<E>) -> bool {
    let overlaps = |wanted: Types| types.overlaps(wanted);
    match value {
        Json::Expression(_) => true,
        Json::Null => false,
        Json::Object(_) => overlaps(Types::OBJECT),
        Json::Array(_) => overlaps(Types::ARRAY),
        Json::Bool(_) => overlaps(Types::BOOLEAN) || overlaps(Types::STRING),
        Json::Integer(_) => overlaps(Types::STRING.with(Types::INTEGER).with(Types::NUMBER)),
        Json::Number(number) => {
            overlaps(Types::STRING.with(Types::NUMBER))
                || (overlaps(Types::INTEGER) && number.fract() == 0.0)
        }
        Json::String(text) => {
            overlaps(Types::STRING)
                || (types.is_scalar() && is_dynamic(text))
                || (overlaps(Types::INTEGER) && is_integer(text.trim()))
                || (overlaps(Types::NUMBER) && text.trim().parse::<f64>().is_ok())
                || (overlaps(Types::BOOLEAN)
                    && ["true", "false", "True", "False"].contains(&text.as_ref()))
        }
    }
}

/// Whether the string is an integer, of any length.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the string has a dynamic reference, which CloudFormation resolves when it deploys.
pub(super) fn is_dynamic(text: &str) -> bool {
    text.contains("{{resolve:")
}

/// Whether this crate can compile a pattern.
pub fn compiles(pattern: &str) -> bool {
    Pattern::new(pattern).is_some()
}

/// Whether the pattern matches the string. An invalid pattern matches everything.
pub fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        /// Compiling takes far longer than matching, and the patterns of a type come again.
        static COMPILED: RefCell<HashMap<String, Option<Pattern>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            compiled.insert(pattern.to_owned(), Pattern::new(pattern));
        }
        let known = compiled.get(pattern).and_then(Option::as_ref);
        known.is_none_or(|known| known.is_found(text))
    })
}

impl<'a> Checker<'a> {
    pub(super) fn scalar<E>(&mut self, rules: &[&'a Keyword], value: &Json<E>) {
        let text = text(value);
        if is_dynamic(&text) {
            self.unsure = true;
            return;
        }
        let before = self.violations.len();
        // A pattern explains the least: any other error comes first, and one error is enough.
        let (patterns, others): (Vec<&Keyword>, Vec<&Keyword>) = rules
            .iter()
            .partition(|rule| matches!(rule, Keyword::Pattern(_)));
        for rule in others.into_iter().chain(patterns) {
            if self.violations.len() > before {
                return;
            }
            match rule {
                Keyword::Enum(allowed) => self.one_of(allowed, &text, false),
                Keyword::EnumAnyCase(allowed) => self.one_of(allowed, &text, true),
                Keyword::Const(only) => self.one_of(std::slice::from_ref(only), &text, false),
                Keyword::Pattern(pattern) => self.pattern(pattern, &text),
                Keyword::Format(format) => self.format(format, &text),
                Keyword::MinLength(limit) => {
                    let length = text.chars().count() as u64;
                    if length < *limit {
                        let message = match length {
                            0 => format!("{} is empty", self.subject()),
                            _ => format!("{text:?} is too short for {}", self.subject()),
                        };
                        self.reject(
                            Target::Value,
                            Diagnostic::new(message)
                                .note(format!("at least {}", characters(*limit))),
                        );
                    }
                }
                Keyword::MaxLength(limit) => {
                    let length = text.chars().count() as u64;
                    if length > *limit {
                        let message =
                            format!("{} is too long: {}", self.subject(), characters(length));
                        self.reject(
                            Target::Value,
                            Diagnostic::new(message)
                                .note(format!("at most {}", characters(*limit))),
                        );
                    }
                }
                rule => self.number(rule, value),
            }
        }
    }

    fn one_of(&mut self, allowed: &[Json], given: &str, any_case: bool) {
        let mut texts: Vec<String> = allowed.iter().map(text).collect();
        // A number may be listed as a string as well.
        texts.dedup();
        let same = |allowed: &String| {
            if any_case {
                allowed.eq_ignore_ascii_case(given)
            } else {
                allowed == given
            }
        };
        if texts.iter().any(same) {
            return;
        }
        let texts = || texts.iter().map(String::as_str);
        let diagnostic = Diagnostic::new(format!("{} cannot be `{given}`", self.subject()))
            .note(allowed_in_words(&texts().collect::<Vec<_>>(), given))
            .maybe_help(
                // Similar numbers are not typos.
                (!given.starts_with(|first: char| first.is_ascii_digit()))
                    .then(|| suggest::did_you_mean(given, texts()))
                    .flatten(),
            );
        self.reject(Target::Value, diagnostic);
    }

    fn pattern(&mut self, pattern: &str, text: &str) {
        if !matches(pattern, text) {
            let described = if pattern.starts_with("^(?!aws:)") && text.starts_with("aws:") {
                let note = "values that begin with `aws:` are reserved by AWS";
                Some((note.to_owned(), None))
            } else {
                pattern::in_words(pattern, text)
            };
            let (kind, (note, help)) = match described {
                Some(described) => (ViolationKind::Other, described),
                None => (
                    ViolationKind::Pattern,
                    (format!("it must match the pattern {pattern}"), None),
                ),
            };
            let diagnostic = Diagnostic::new(format!("{} cannot be {text:?}", self.subject()))
                .note(note)
                .maybe_help(help);
            self.reject_as(kind, Target::Value, diagnostic);
        }
    }

    fn number<E>(&mut self, rule: &Keyword, value: &Json<E>) {
        let number = match value {
            #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
            Json::Integer(value) => *value as f64,
            Json::Number(value) => *value,
            Json::String(text) => match text.trim().parse() {
                Ok(number) => number,
                Err(_) => return,
            },
            _ => return,
        };
        let (holds, limit) = match rule {
            Keyword::Minimum(limit) => (number >= *limit, format!("at least {limit}")),
            Keyword::Maximum(limit) => (number <= *limit, format!("at most {limit}")),
            Keyword::ExclusiveMinimum(limit) => (number > *limit, format!("more than {limit}")),
            Keyword::ExclusiveMaximum(limit) => (number < *limit, format!("less than {limit}")),
            Keyword::MultipleOf(step) => (
                (number / step).fract() == 0.0,
                format!("a multiple of {step}"),
            ),
            _ => return,
        };
        if !holds {
            let message = format!("{} cannot be {number}", self.subject());
            self.reject(Target::Value, Diagnostic::new(message).note(limit));
        }
    }
}

/// A scalar as CloudFormation's string for it.
pub(super) fn text<E>(value: &Json<E>) -> String {
    match value {
        Json::Bool(value) => value.to_string(),
        Json::Integer(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::String(value) => value.to_string(),
        Json::Null | Json::Array(_) | Json::Object(_) | Json::Expression(_) => String::new(),
    }
}

/// The allowed values; of many, those most like the given one.
fn allowed_in_words(allowed: &[&str], given: &str) -> String {
    const MANY: usize = 16;
    const SHOWN: usize = 8;
    if allowed.len() <= MANY {
        return format!("allowed: {}", suggest::list(allowed.iter().copied()));
    }
    let alike = |text: &str| {
        text.chars()
            .zip(given.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let mut nearest = allowed.to_vec();
    let numbers = |text: &str| text.parse::<i64>().ok();
    match numbers(given) {
        Some(given) => {
            nearest.sort_by_key(|text| numbers(text).map(|number| number.abs_diff(given)));
        }
        None => nearest.sort_by_key(|text| std::cmp::Reverse(alike(text))),
    }
    nearest.truncate(SHOWN);
    let nearest = suggest::list(nearest.iter().copied());
    format!("{} values are allowed, including {nearest}", allowed.len())
}

fn characters(count: u64) -> String {
    if count == 1 {
        "1 character".to_owned()
    } else {
        format!("{count} characters")
    }
}
