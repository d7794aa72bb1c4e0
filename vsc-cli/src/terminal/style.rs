//! Styles, with one meaning each. Write `{ADDED}+{ADDED:#}` around the styled text.
//!
//! A style is written into a text as a mark that only this process knows, and becomes an escape
//! sequence when the text is printed. So text from elsewhere cannot change a style: everything in it
//! but these marks is escaped.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

use anstyle::AnsiColor;

/// A style, switched on by `{STYLE}` and off by `{STYLE:#}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style(usize);

/// `error:`.
pub(crate) const ERROR: Style = Style(0);
/// `warning:`.
pub(crate) const WARNING: Style = Style(1);
/// `help:`.
pub(crate) const HELP: Style = Style(2);
/// Success.
pub(crate) const GOOD: Style = Style(3);
/// Additions.
pub(crate) const ADDED: Style = Style(3);
/// Removals.
pub(crate) const REMOVED: Style = Style(4);
/// Changes.
pub(crate) const CHANGED: Style = Style(5);
/// Names.
pub(crate) const NAME: Style = Style(6);
/// Titles.
pub(crate) const TITLE: Style = Style(7);
/// Secondary text.
pub(crate) const DIM: Style = Style(8);

/// The styles, in order.
const LOOKS: [anstyle::Style; 9] = [
    AnsiColor::BrightRed.on_default().bold(),
    AnsiColor::BrightYellow.on_default().bold(),
    AnsiColor::BrightCyan.on_default().bold(),
    AnsiColor::Green.on_default(),
    AnsiColor::Red.on_default(),
    AnsiColor::Yellow.on_default(),
    AnsiColor::Cyan.on_default(),
    anstyle::Style::new().bold(),
    anstyle::Style::new().dimmed(),
];

/// The beginning of every mark: a noncharacter.
const MARK: char = '\u{fdd0}';
/// The number of digits of the process's secret that follow.
const DIGITS: usize = 16;

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let switch = if f.alternate() { "-" } else { "+" };
        write!(f, "{MARK}{}{switch}{}", secret(), self.0)
    }
}

/// The secret in the marks of this process. The operating system seeds a `RandomState`.
fn secret() -> &'static str {
    static SECRET: OnceLock<String> = OnceLock::new();
    SECRET.get_or_init(|| format!("{:0DIGITS$x}", RandomState::new().hash_one(MARK)))
}

/// The mark at the beginning of a text: its escape sequence, and the rest of the text.
pub(super) fn mark(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix(MARK)?.strip_prefix(secret())?;
    let (switch, rest) = rest.split_at_checked(1)?;
    let (style, rest) = rest.split_at_checked(1)?;
    let look = LOOKS.get(style.parse::<usize>().ok()?)?;
    let sequence = match switch {
        "+" => look.render().to_string(),
        _ => look.render_reset().to_string(),
    };
    Some((sequence, rest))
}
