//! Values passed to functions: whether a string or a list is expected, argument by argument.

use super::Step;
use crate::cloudformation::IntrinsicFunction;
use crate::cloudformation::signature::{self, Argument, ArgumentForm};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Text};
use crate::resource::shape::Types;

/// The type that a function expects for an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedType {
    /// A string, or a scalar that is converted to one.
    String,
    /// An integer.
    Integer,
    /// A list.
    List,
    /// A list or an object.
    Structure,
}

impl ExpectedType {
    const fn of(form: ArgumentForm) -> Option<Self> {
        match form {
            ArgumentForm::Text
            | ArgumentForm::Name
            | ArgumentForm::Region
            | ArgumentForm::Range => Some(Self::String),
            ArgumentForm::Integer(..) => Some(Self::Integer),
            ArgumentForm::List(_) => Some(Self::List),
            ArgumentForm::Structure => Some(Self::Structure),
            ArgumentForm::Anything
            | ArgumentForm::Attribute
            | ArgumentForm::Variables(_)
            | ArgumentForm::Members(..) => None,
        }
    }

    const fn in_words(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::List => "a list",
            Self::Structure => "a list or an object",
        }
    }

    const fn admits(self, given: Types) -> bool {
        match self {
            Self::String | Self::Integer => given.is_scalar(),
            Self::List => given.overlaps(Types::ARRAY),
            Self::Structure => given.overlaps(Types::ARRAY.with(Types::OBJECT)),
        }
    }

    /// The error if `by` expects this and `name` has values of these types: cfn-lint's E1020, E1010 and
    /// E1019. There is none if the types are not known.
    pub fn rejects(self, by: &str, name: &str, given: Types) -> Option<Diagnostic> {
        if given.is_any() || self.admits(given) {
            return None;
        }
        let actual = match given {
            Types::ARRAY => "a list",
            Types::OBJECT => "an object",
            _ => "a string",
        };
        let diagnostic = Diagnostic::new(format!(
            "{by} expects {}, but `{name}` is {actual}",
            self.in_words()
        ));
        Some(match (self, given) {
            (Self::String | Self::Integer, Types::ARRAY) => {
                diagnostic.help("join it with `Fn::Join`, or take one item with `Fn::Select`")
            }
            (Self::List | Self::Structure, types) if types != Types::OBJECT => {
                diagnostic.help("write it as an item: `[…]`, or split it with `Fn::Split`")
            }
            _ => diagnostic,
        })
    }
}

/// A value that is passed to a function.
#[derive(Clone, Debug)]
pub struct PassedValue<'a, E> {
    /// Its path from the arguments of the function.
    pub path: Vec<Step>,
    /// The expected type.
    pub wanted: ExpectedType,
    /// The value.
    pub value: &'a Json<E>,
}

/// The values that are passed to a function, where the expected type is known; for `Fn::If`, its
/// branches.
pub fn passed_values<E>(
    function: IntrinsicFunction,
    argument: &Json<E>,
) -> Vec<PassedValue<'_, E>> {
    let mut found = Vec::new();
    let mut path = Vec::new();
    let Some(signature) = signature::of(function) else {
        return found;
    };
    match (argument, signature.list, signature.single) {
        (Json::Array(items), Some((_, arguments)), _) => {
            for (index, (argument, value)) in arguments.iter().zip(items).enumerate() {
                path.push(Step::Index(index));
                collect(argument, value, &mut path, &mut found);
                path.pop();
            }
        }
        (value, _, Some(single)) => collect(&single, value, &mut path, &mut found),
        _ => {}
    }
    found
}

fn collect<'a, E>(
    argument: &Argument,
    value: &'a Json<E>,
    path: &mut Vec<Step>,
    found: &mut Vec<PassedValue<'a, E>>,
) {
    if let Some((IntrinsicFunction::If, Json::Array(branches))) = value.function() {
        for (index, branch) in branches.iter().enumerate().skip(1) {
            path.extend([Step::Key(IntrinsicFunction::If.into()), Step::Index(index)]);
            collect(argument, branch, path, found);
            path.truncate(path.len() - 2);
        }
        return;
    }
    match (argument.form, value) {
        (ArgumentForm::List(item), Json::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                path.push(Step::Index(index));
                collect(item, value, path, found);
                path.pop();
            }
        }
        (ArgumentForm::Variables(variable), Json::Object(variables)) => {
            for (name, value) in variables.iter() {
                path.push(Step::Key(Text::Owned(name.to_owned())));
                collect(variable, value, path, found);
                path.pop();
            }
        }
        (ArgumentForm::Members(_, members), Json::Object(object)) => {
            for (name, argument) in members {
                if let Some(value) = object.get(name) {
                    path.push(Step::Key(Text::Borrowed(name)));
                    collect(argument, value, path, found);
                    path.pop();
                }
            }
        }
        (form, value) => {
            // A function that is not allowed there at all has an error of its own.
            let may_stand = value.call().is_none_or(|(name, _)| {
                let mut allowed = argument.functions.iter().chain(argument.extended);
                allowed.any(|allowed| name == *allowed)
            });
            if let (Some(wanted), true, false) =
                (ExpectedType::of(form), may_stand, value.is_no_value())
            {
                found.push(PassedValue {
                    path: path.clone(),
                    wanted,
                    value,
                });
            }
        }
    }
}
