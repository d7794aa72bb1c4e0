//! The statements of a program, and what could not be said well.

use vsc_spec::resource::Step;
use vsc_spec::visible::one_line;

use super::code::{Code, WIDTH};
use super::scope::Scope;
use super::syntax::Written;

/// A statement.
#[derive(Debug)]
pub(super) struct Statement {
    /// Why it is as it is, above it.
    pub(super) comment: Vec<String>,
    /// The variable that it gives a value, if anything refers to it.
    pub(super) variable: Option<String>,
    pub(super) what: StatementKind,
}

/// What a statement does.
#[derive(Debug)]
pub(super) enum StatementKind {
    /// Rust.
    Code(Code),
    /// Rust, whose variable is there for the statements that follow.
    Let(&'static str, Code),
    /// `resource!`: the logical ID, the type, the properties and the options.
    Resource(
        String,
        String,
        Vec<(String, Written)>,
        Vec<(String, Written)>,
    ),
}

impl Statement {
    pub(super) fn new(code: Code) -> Self {
        Self {
            comment: Vec::new(),
            variable: None,
            what: StatementKind::Code(code),
        }
    }

    pub(super) fn giving(variable: String, what: StatementKind) -> Self {
        Self {
            comment: Vec::new(),
            variable: Some(variable),
            what,
        }
    }

    /// The statement as text, indented by four spaces.
    pub(super) fn text(&self, scope: &Scope) -> String {
        let mut text = String::new();
        for line in &self.comment {
            text.push_str(format!("    // {line}").trim_end());
            text.push('\n');
        }
        let used = |variable: &&str| scope.is_used(variable);
        let variable = match self.what {
            StatementKind::Let(name, _) => Some(name),
            _ => self.variable.as_deref().filter(used),
        };
        let mut head = variable.map_or("    ".to_owned(), |name| format!("    let {name} = "));
        let body = match &self.what {
            StatementKind::Code(code) | StatementKind::Let(_, code) => {
                let text = code.lay_out(4, head.len(), 1);
                match code.alone(8).filter(|_| text.contains('\n')) {
                    Some(alone) if head.ends_with("= ") => {
                        head.truncate(head.len() - 1);
                        format!("\n{alone}")
                    }
                    _ => text,
                }
            }
            StatementKind::Resource(id, type_name, properties, options) => {
                let text = resource(id, type_name, properties, options);
                let first = text.lines().next().map_or(0, str::len);
                if head.ends_with("= ") && !text.contains('\n') && head.len() + first >= WIDTH {
                    head.truncate(head.len() - 1);
                    format!("\n        {text}")
                } else {
                    text
                }
            }
        };
        text + &head + &body + ";\n"
    }
}

fn resource(
    id: &str,
    type_name: &str,
    properties: &[(String, Written)],
    options: &[(String, Written)],
) -> String {
    let mut text = format!("resource!(stack, {id}: {type_name}");
    if !properties.is_empty() {
        text.push(' ');
        text.push_str(&super::syntax::block(properties, 4));
    }
    if !options.is_empty() {
        text.push_str(" with ");
        text.push_str(&super::syntax::block(options, 4));
    }
    text + ")"
}

/// What is not written as it should be, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The way to the element.
    pub(crate) path: Vec<Step>,
    /// How it is written instead.
    pub(crate) kept: Kept,
    /// Why.
    pub(crate) why: Vec<Reason>,
}

/// Why an element is not written as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The way within the element to what it is about.
    pub(crate) path: Vec<Step>,
    /// The reason, in one line.
    pub(crate) what: String,
}

impl Reason {
    pub(super) fn at(path: Vec<Step>, what: impl Into<String>) -> Self {
        let what = what.into();
        Self {
            path,
            what: one_line(&what.replace(['\n', '\r'], " ")).into_owned(),
        }
    }
}

impl<T: Into<String>> From<T> for Reason {
    fn from(what: T) -> Self {
        Self::at(Vec::new(), what)
    }
}

/// The lines of a comment that says why.
pub(super) fn comment(head: &str, why: &[Reason]) -> Vec<String> {
    let lines = why.iter().enumerate().map(|(index, reason)| {
        let head = if index == 0 {
            format!("{head}: ")
        } else {
            String::new()
        };
        let mut line: String = reason.what.chars().take(80).collect();
        if line.len() < reason.what.len() {
            line.push('…');
        }
        head + &line
    });
    lines.collect()
}

/// How an element is written that `resource!` and the model have no form for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// A resource whose properties are checked by no schema.
    Unchecked,
    /// An element as it stands in the template.
    AsItStands,
}
