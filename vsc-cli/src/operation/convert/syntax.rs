//! The syntax of `resource!`, `json!` and `object!`: JSON with Rust expressions.

use vsc_spec::Json;
use vsc_spec::cloudformation::{IntrinsicFunction, is_function};
use vsc_spec::json::Text;

use super::code::{Code, WIDTH};
use super::literal;

/// The widest object or list in one line.
const NARROW: usize = 64;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Written {
    /// A string, a number, a boolean or `null`.
    Scalar(Json),
    /// `[ … ]`.
    List(Vec<Written>),
    /// `{ … }`.
    Object(Vec<(String, Written)>),
    /// Rust.
    Code(Code),
}

impl Written {
    /// The value as the macro checks it: JSON with holes for Rust expressions.
    pub(super) fn checked(&self) -> Json<()> {
        match self {
            Self::Scalar(json) => match json {
                Json::Bool(value) => Json::Bool(*value),
                Json::Integer(number) => Json::Integer(*number),
                Json::Number(number) => Json::Number(*number),
                Json::String(text) => Json::String(text.clone()),
                _ => Json::Null,
            },
            Self::List(items) => Json::Array(items.iter().map(Self::checked).collect()),
            Self::Object(members) => checked(members),
            Self::Code(_) => Json::Expression(()),
        }
    }
}

/// An object as the macro checks it.
pub(super) fn checked(members: &[(String, Written)]) -> Json<()> {
    let members = members
        .iter()
        .map(|(name, value)| (Text::Owned(name.clone()), value.checked()));
    Json::object(members)
}

/// In one line.
pub(super) fn flat(value: &Written) -> String {
    match value {
        Written::Scalar(json) => literal::scalar(json).unwrap_or_default(),
        Written::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect();
            format!("[{}]", items.join(", "))
        }
        Written::Object(members) if members.is_empty() => "{}".to_owned(),
        Written::Object(members) => format!("{{ {} }}", flat_members(members)),
        Written::Code(code) => code.flat(),
    }
}

pub(super) fn flat_members(members: &[(String, Written)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(member, value)| format!("{}: {}", name(member), flat(value)))
        .collect();
    members.join(", ")
}

/// Whether the value is readable in one line if it fits.
pub(super) fn is_narrow(value: &Written) -> bool {
    match value {
        Written::Scalar(_) | Written::Code(_) => true,
        Written::List(items) => items.iter().all(is_narrow) && fits(value),
        Written::Object(members) => {
            let flat_inside = members.iter().all(|(_, value)| match value {
                Written::Object(inner) => is_call(inner) || inner.is_empty(),
                _ => true,
            });
            flat_inside && members.iter().all(|(_, value)| is_narrow(value)) && fits(value)
        }
    }
}

fn fits(value: &Written) -> bool {
    let flat = flat(value);
    flat.len() <= NARROW && !flat.contains('\n')
}

fn is_call(members: &[(String, Written)]) -> bool {
    matches!(members, [(name, _)] if is_function(name))
}

/// Whether the value contains braces, which rustfmt does not format.
pub(super) fn has_object(value: &Written) -> bool {
    match value {
        Written::Object(_) => true,
        Written::List(items) => items.iter().any(has_object),
        Written::Scalar(_) | Written::Code(_) => false,
    }
}

/// The value as Rust, if it has no braces.
pub(super) fn code(value: &Written) -> Code {
    match value {
        Written::List(items) => Code::Array(items.iter().map(code).collect()),
        Written::Code(code) => code.clone(),
        other => Code::plain(flat(other)),
    }
}

/// The value in a line that already has `used` characters; the following lines are indented.
pub(super) fn lay_out(value: &Written, indent: usize, used: usize) -> String {
    let flat = flat(value);
    if is_narrow(value) && (flat.contains('\n') || used + flat.len() < WIDTH) {
        return flat;
    }
    match value {
        Written::Scalar(_) => flat,
        Written::Code(code) => code.lay_out(indent, used, 1),
        Written::Object(members) if members.is_empty() => flat,
        // A function that does not fit continues on its line: `{ Fn::If: [ … ] }`.
        Written::Object(members) if is_call(members) => match members.as_slice() {
            [(member, argument)] => {
                let head = format!("{{ {}: ", name(member));
                let argument = lay_out(argument, indent, used + head.len() + 2);
                format!("{head}{argument} }}")
            }
            _ => flat,
        },
        Written::Object(members) => block(members, indent),
        Written::List(items) if items.is_empty() => flat,
        Written::List(items) => match items.as_slice() {
            [only @ Written::Object(members)] if !is_call(members) => {
                format!("[{}]", lay_out(only, indent, used + 1))
            }
            items => {
                let inner = indent + 4;
                let mut text = "[\n".to_owned();
                for item in items {
                    text.push_str(&" ".repeat(inner));
                    text.push_str(&lay_out(item, inner, inner));
                    text.push_str(",\n");
                }
                format!("{text}{}]", " ".repeat(indent))
            }
        },
    }
}

/// Members in braces, one to a line.
pub(super) fn block(members: &[(String, Written)], indent: usize) -> String {
    if members.is_empty() {
        return "{}".to_owned();
    }
    let inner = indent + 4;
    let mut text = "{\n".to_owned();
    for (member, value) in members {
        let head = format!("{}{}: ", " ".repeat(inner), name(member));
        text.push_str(&head);
        text.push_str(&lay_out(value, inner, head.len()));
        text.push_str(",\n");
    }
    format!("{text}{}}}", " ".repeat(indent))
}

/// The name of a member: quoted unless it consists of identifiers.
fn name(member: &str) -> String {
    let function = IntrinsicFunction::strip_prefix(member).filter(|name| is_word(name));
    if is_word(member) || function.is_some() {
        member.to_owned()
    } else {
        literal::text(member)
    }
}

/// Whether the text is a Rust identifier or keyword.
pub(super) fn is_word(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = letters.next();
    begins.is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !matches!(
            text,
            "_" | "true" | "false" | "null" | "r" | "b" | "c" | "br" | "cr"
        )
}
