//! What stands in an intrinsic function.

use super::function::Function;
use super::{Checker, Step, Target};
use crate::finding::Finding;
use crate::json::Json;

impl Checker<'_> {
    /// Judges the arguments of a function, and the functions in them. Says whether they are right.
    pub(super) fn arguments<E>(&mut self, function: &Function, argument: &Json<E>) -> bool {
        let before = self.refusals.len();
        match argument {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    // The branches are judged as what they stand for.
                    if function.name == "Fn::If" && index > 0 {
                        continue;
                    }
                    self.within(Step::Index(index), |checker| {
                        match form(function.name, index) {
                            Some(form) if !form.holds(item) => {
                                let finding = Finding::new(format!(
                                    "the {} argument of `{}` is {}",
                                    ORDINALS.get(index).copied().unwrap_or("next"),
                                    function.name,
                                    form.in_words(),
                                ))
                                .maybe_help(function.misused().help);
                                checker.refuse(Target::Value, finding);
                            }
                            _ => checker.anything(item),
                        }
                    });
                }
            }
            Json::Object(_) => self.anything(argument),
            Json::Null => self.refuse(Target::Value, function.misused()),
            _ => {}
        }
        self.refusals.len() == before
    }
}

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// The form of an argument.
#[derive(Clone, Copy)]
enum Form {
    /// Text, as it is written.
    Literal,
    /// Text, or a function that gives some.
    Text,
    /// A whole number, or a function that gives one.
    Number,
    /// A list, or a function that gives one.
    List,
}

fn form(function: &str, index: usize) -> Option<Form> {
    Some(match (function, index) {
        ("Fn::Join" | "Fn::Split" | "Fn::If", 0) => Form::Literal,
        ("Fn::Join" | "Fn::Select", 1) => Form::List,
        ("Fn::Select", 0) | ("Fn::Cidr", 1 | 2) => Form::Number,
        ("Fn::Split", 1) | ("Fn::Cidr" | "Fn::Sub", 0) | ("Fn::FindInMap", 0..=2) => Form::Text,
        _ => return None,
    })
}

impl Form {
    fn holds<E>(self, value: &Json<E>) -> bool {
        if matches!(value, Json::Expression(_)) {
            return true;
        }
        match self {
            Self::Literal => value.as_str().is_some(),
            Self::Text => matches!(value, Json::String(_) | Json::Integer(_)) || is_function(value),
            Self::Number => {
                matches!(value, Json::Integer(_))
                    || value
                        .as_str()
                        .is_some_and(|text| text.parse::<i64>().is_ok())
                    || is_function(value)
            }
            Self::List => value.as_array().is_some() || is_function(value),
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Literal => "a text that is written out",
            Self::Text => "a text",
            Self::Number => "a whole number",
            Self::List => "a list",
        }
    }
}

/// Whether a value has the form of an intrinsic function.
pub(super) fn is_function<E>(value: &Json<E>) -> bool {
    value
        .as_object()
        .and_then(|object| object.single())
        .is_some_and(|(name, _)| name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
}
