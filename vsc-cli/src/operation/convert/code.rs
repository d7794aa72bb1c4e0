//! Rust expressions in the layout of rustfmt.

use super::literal;
use super::syntax::{self, Written};

/// The widest line.
pub(super) const WIDTH: usize = 100;
/// The widest argument list, array and chain in one line.
pub(super) const NARROW: usize = 60;
/// The longest items of which several share a line.
const SHORT_ITEM: usize = 10;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// A literal, a variable, a path.
    Plain(String),
    /// `head(arguments)`.
    Call(String, Vec<Code>),
    /// `[items]`.
    Array(Vec<Code>),
    /// `base.link(arguments).link(arguments)`.
    Chain(Box<Code>, Vec<(String, Vec<Code>)>),
    /// `json!(value)`.
    Json(Box<Written>),
    /// `object! { members }`.
    Object(Vec<(String, Written)>),
}

impl Code {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Plain(literal::text(text))
    }

    pub(super) fn call(head: impl Into<String>, arguments: impl Into<Vec<Code>>) -> Self {
        Self::Call(head.into(), arguments.into())
    }

    /// `subject.method(arguments)`.
    pub(super) fn method(self, method: impl Into<String>, arguments: impl Into<Vec<Code>>) -> Self {
        let link = (method.into(), arguments.into());
        match self {
            Self::Chain(base, mut links) => {
                links.push(link);
                Self::Chain(base, links)
            }
            base => Self::Chain(Box::new(base), vec![link]),
        }
    }

    /// The code in one line of any width.
    pub(super) fn flat(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Call(head, arguments) => format!("{head}({})", list(arguments)),
            Self::Array(items) => format!("[{}]", list(items)),
            Self::Chain(base, links) => {
                links.iter().fold(base.flat(), |text, (name, arguments)| {
                    format!("{text}.{name}({})", list(arguments))
                })
            }
            Self::Json(value) => format!("json!({})", syntax::flat(value)),
            Self::Object(members) => match syntax::flat_members(members) {
                members if members.is_empty() => "object! {}".to_owned(),
                members => format!("object! {{ {members} }}"),
            },
        }
    }

    /// Whether the code cannot be broken into lines.
    fn is_whole(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::Call(_, arguments) => arguments.is_empty(),
            Self::Chain(base, links) => {
                base.is_whole() && links.iter().all(|(_, arguments)| arguments.is_empty())
            }
            Self::Array(_) | Self::Json(_) | Self::Object(_) => false,
        }
    }

    /// Whether rustfmt leaves the code in one line if it fits.
    fn is_narrow(&self) -> bool {
        let narrow = |items: &[Code]| {
            // A single literal is never put on a line of its own.
            matches!(items, [])
                || matches!(items, [only] if only.is_whole())
                || (items.iter().all(Self::is_narrow) && list(items).len() <= NARROW)
        };
        match self {
            Self::Plain(_) => true,
            Self::Call(_, arguments) => narrow(arguments),
            Self::Array(items) => narrow(items),
            Self::Chain(base, links) => {
                base.is_narrow()
                    && links.iter().all(|(_, arguments)| narrow(arguments))
                    && (links.len() < 2 || self.flat().len() <= NARROW)
            }
            Self::Json(value) => syntax::is_narrow(value),
            Self::Object(members) => {
                members.iter().all(|(_, value)| syntax::is_narrow(value))
                    && syntax::flat_members(members).len() <= NARROW
            }
        }
    }

    /// The code in a line of its own, if it fits.
    pub(super) fn alone(&self, indent: usize) -> Option<String> {
        let flat = self.flat();
        let fits = self.is_narrow() && !flat.contains('\n') && indent + flat.len() < WIDTH;
        fits.then(|| format!("{}{flat}", " ".repeat(indent)))
    }

    /// The code in a line that already has `used` characters and ends with `behind` more, the following
    /// lines indented by `indent`.
    pub(super) fn lay_out(&self, indent: usize, used: usize, behind: usize) -> String {
        let flat = self.flat();
        let width = used + flat.len() + behind;
        if self.is_narrow() && !flat.contains('\n') && width <= WIDTH {
            return flat;
        }
        self.broken(indent, used, behind)
    }

    /// The code in several lines, if it can be broken.
    fn broken(&self, indent: usize, used: usize, behind: usize) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Call(head, arguments) => {
                format!(
                    "{head}{}",
                    delimited("(", arguments, ")", indent, used + head.len())
                )
            }
            Self::Array(items) => delimited("[", items, "]", indent, used),
            Self::Chain(base, links) => chain(base, links, indent, used, behind),
            Self::Json(value) => match &**value {
                Written::List(items) if !syntax::has_object(value) => {
                    let items: Vec<Code> = items.iter().map(syntax::code).collect();
                    format!("json!({})", delimited("[", &items, "]", indent, used + 6))
                }
                value => format!("json!({})", syntax::lay_out(value, indent, used + 6)),
            },
            Self::Object(members) => {
                format!("object! {}", syntax::block(members, indent))
            }
        }
    }
}

fn list(items: &[Code]) -> String {
    let items: Vec<String> = items.iter().map(Code::flat).collect();
    items.join(", ")
}

/// Items between delimiters that do not fit into one line.
fn delimited(open: &str, items: &[Code], close: &str, indent: usize, used: usize) -> String {
    // A single call, macro or list continues on the line of its caller.
    if let [only] = items
        && !matches!(only, Code::Plain(_) | Code::Chain(..))
        && open == "("
    {
        let inner = only.broken(indent, used + 1, 2);
        return format!("{open}{inner}{close}");
    }
    let inner = indent + 4;
    let pad = " ".repeat(inner);
    let mut text = format!("{open}\n");
    if open == "[" && items.len() > 1 && items.iter().all(|item| item.flat().len() <= SHORT_ITEM) {
        let mut line = pad.clone();
        for item in items {
            let item = format!("{},", item.flat());
            if line.len() > inner && line.len() + 1 + item.len() > WIDTH {
                text.push_str(&line);
                text.push('\n');
                line.clone_from(&pad);
            }
            if line.len() > inner {
                line.push(' ');
            }
            line.push_str(&item);
        }
        text.push_str(&line);
        text.push('\n');
    } else {
        for item in items {
            text.push_str(&pad);
            text.push_str(&item.lay_out(inner, inner, 1));
            text.push_str(",\n");
        }
    }
    format!("{text}{}{close}", " ".repeat(indent))
}

fn chain(
    base: &Code,
    links: &[(String, Vec<Code>)],
    indent: usize,
    used: usize,
    behind: usize,
) -> String {
    // A single call stays on the line of its receiver if that is not longer than on a line of its own.
    if let [(name, arguments)] = links
        && base.is_narrow()
    {
        let before = format!("{}.{name}", base.flat());
        let overflowing = if arguments.is_empty() {
            before + "()"
        } else {
            let used = used + before.len();
            before + &delimited("(", arguments, ")", indent, used)
        };
        let alone = Code::Call(name.clone(), arguments.clone());
        let alone = alone.lay_out(indent + 4, indent + 5, behind);
        let lines = overflowing.lines().count();
        let fits = alone
            .lines()
            .next()
            .is_some_and(|line| indent + 5 + line.len() + behind <= WIDTH);
        let begins = overflowing.lines().next().map_or(0, str::len);
        let begins = used + begins <= WIDTH;
        if begins && (lines >= 5 || alone.lines().count() >= lines || !fits) {
            return overflowing;
        }
    }
    let mut text = base.lay_out(indent, used, 0);
    let inner = if text.contains('\n') {
        indent
    } else {
        indent + 4
    };
    for (context, (name, arguments)) in links.iter().enumerate() {
        text.push('\n');
        text.push_str(&" ".repeat(inner));
        text.push('.');
        let call = Code::Call(name.clone(), arguments.clone());
        let behind = if context + 1 == links.len() {
            behind
        } else {
            0
        };
        text.push_str(&call.lay_out(inner, inner + 1, behind));
    }
    text
}
