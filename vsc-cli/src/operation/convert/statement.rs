//! The statements of a program, and notes on elements that are not checked.

use vsc_spec::resource::Step;
use vsc_spec::visible::one_line;

use super::code::{Code, WIDTH};
use super::scope::Scope;
use super::syntax::Written;

/// A statement.
#[derive(Debug)]
pub(super) struct Statement {
    /// The comment above it.
    pub(super) comment: Vec<String>,
    /// The variable that it defines, if anything refers to it.
    pub(super) variable: Option<String>,
    pub(super) kind: StatementKind,
}

/// The kinds of statements.
#[derive(Debug)]
pub(super) enum StatementKind {
    /// Rust.
    Code(Code),
    /// Rust whose variable is used by the following statements.
    Let(&'static str, Code),
    /// `resource!`: the logical ID, the type, the properties and the resource attributes.
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
            kind: StatementKind::Code(code),
        }
    }

    pub(super) fn binding(variable: String, kind: StatementKind) -> Self {
        Self {
            comment: Vec::new(),
            variable: Some(variable),
            kind,
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
        let variable = match self.kind {
            StatementKind::Let(name, _) => Some(name),
            _ => self.variable.as_deref().filter(used),
        };
        let mut head = variable.map_or("    ".to_owned(), |name| format!("    let {name} = "));
        let body = match &self.kind {
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

/// An element that is not checked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The path of the element.
    pub(crate) path: Vec<Step>,
    /// How it is kept.
    pub(crate) kept: Kept,
    /// Why.
    pub(crate) reasons: Vec<Reason>,
}

/// A reason why an element is not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The path within the element.
    pub(crate) path: Vec<Step>,
    /// The reason, in one line.
    pub(crate) message: String,
}

impl Reason {
    pub(super) fn at(path: Vec<Step>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            path,
            message: one_line(&message.replace(['\n', '\r'], " ")).into_owned(),
        }
    }
}

impl<T: Into<String>> From<T> for Reason {
    fn from(message: T) -> Self {
        Self::at(Vec::new(), message)
    }
}

/// The lines of a comment with the reasons.
pub(super) fn comment(head: &str, reasons: &[Reason]) -> Vec<String> {
    let lines = reasons.iter().enumerate().map(|(index, reason)| {
        let head = if index == 0 {
            format!("{head}: ")
        } else {
            String::new()
        };
        let mut line: String = reason.message.chars().take(80).collect();
        if line.len() < reason.message.len() {
            line.push('…');
        }
        head + &line
    });
    lines.collect()
}

/// How an element is kept that `resource!` rejects or the library cannot express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// A resource whose properties are not checked.
    Unchecked,
    /// An element that is copied unchanged.
    Unchanged,
}
