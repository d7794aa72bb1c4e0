//! Styles, with one meaning each. Write `{ADDED}+{ADDED:#}` around the styled text.
//!
//! A style is written into a text as a mark that only this process knows, and becomes an escape
//! sequence when the text is printed. So text from elsewhere cannot change a style: everything in it
//! but these marks is escaped.

use anstyle::AnsiColor;

use crate::markup::{self, Mark};

/// A style, switched on by `{STYLE}` and off by `{STYLE:#}`.
pub(crate) type Style = Mark;

/// `error:`.
pub(crate) const ERROR: Style = Mark::new(0);
/// `warning:`.
pub(crate) const WARNING: Style = Mark::new(1);
/// `help:`.
pub(crate) const HELP: Style = Mark::new(2);
/// Success.
pub(crate) const GOOD: Style = Mark::new(3);
/// Additions.
pub(crate) const ADDED: Style = Mark::new(3);
/// Removals.
pub(crate) const REMOVED: Style = Mark::new(4);
/// Changes.
pub(crate) const CHANGED: Style = Mark::new(5);
/// Names.
pub(crate) const NAME: Style = Mark::new(6);
/// Titles.
pub(crate) const TITLE: Style = Mark::new(7);
/// Secondary text.
pub(crate) const DIM: Style = Mark::new(8);

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

/// The style at the beginning of a text: its escape sequence, and the rest of the text.
pub(super) fn mark(text: &str) -> Option<(String, &str)> {
    let (found, rest) = markup::read(text)?;
    let look = LOOKS.get(usize::from(found.mark.number()))?;
    let sequence = if found.begins {
        look.render().to_string()
    } else {
        look.render_reset().to_string()
    };
    Some((sequence, rest))
}
