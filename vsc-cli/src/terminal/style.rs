//! The colours: one meaning each. Write `{ADDED}+{ADDED:#}` around what they are for.
//!
//! A style is written into a text as a mark that only this process knows, and becomes a sequence of
//! the terminal where the text is printed. So no text of others can change a style: whatever it
//! holds that is no such mark is escaped.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

use anstyle::AnsiColor;

/// What is switched on by `{STYLE}`, and off by `{STYLE:#}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style(usize);

/// `error:`.
pub const ERROR: Style = Style(0);
/// `warning:`.
pub const WARNING: Style = Style(1);
/// What to do instead.
pub const HELP: Style = Style(2);
/// What went well.
pub const GOOD: Style = Style(3);
/// What is new.
pub const ADDED: Style = Style(3);
/// What goes.
pub const REMOVED: Style = Style(4);
/// What becomes different.
pub const CHANGED: Style = Style(5);
/// The names of things.
pub const NAME: Style = Style(6);
/// Titles.
pub const TITLE: Style = Style(7);
/// What is beside the point.
pub const DIM: Style = Style(8);

/// What the styles look like, in their order.
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

/// Begins every mark: a noncharacter, which no text has a use for.
const MARK: char = '\u{fdd0}';
/// How many digits of the process's own number follow.
const DIGITS: usize = 16;

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let switch = if f.alternate() { "-" } else { "+" };
        write!(f, "{MARK}{}{switch}{}", secret(), self.0)
    }
}

/// What makes the marks of this process its own. The operating system seeds a `RandomState`.
fn secret() -> &'static str {
    static SECRET: OnceLock<String> = OnceLock::new();
    SECRET.get_or_init(|| format!("{:0DIGITS$x}", RandomState::new().hash_one(MARK)))
}

/// The mark at the beginning of a text: its sequence, and what follows it.
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
