//! What the formats have in common.

use std::fmt;

use vsc_spec::Finding;

/// How deep lists and tables may stand within each other: a file of users needs three.
pub(super) const DEEPEST: usize = 16;

/// A value and its line, counted from 1.
pub(super) struct Located {
    pub(super) line: usize,
    pub(super) node: Node,
}

/// A value of a file.
pub(super) enum Node {
    Text(String),
    Number(f64),
    List(Vec<Located>),
    Table(Vec<Entry>),
    Nothing,
    /// A boolean, a date and the like.
    Other(&'static str),
}

/// An entry of a table.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) value: Located,
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "nothing",
            Self::Other(name) => name,
        })
    }
}

/// The line in which a byte of the text stands.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    let before = text.bytes().take(byte);
    1 + before.filter(|byte| *byte == b'\n').count()
}

/// A mistake in the notation, as its parser tells it.
pub(super) fn malformed(format: &str, line: usize, message: &str) -> (usize, Finding) {
    let finding = Finding::new(format!("this is not {format}")).why(message.trim().to_owned());
    (line, finding)
}

/// A name that stands twice in a table.
pub(super) fn twice(name: &str, line: usize) -> (usize, Finding) {
    let finding = Finding::new(format!("`{name}` is declared twice"));
    (line, finding.help("remove one of them"))
}
