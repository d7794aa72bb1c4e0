//! The colours: one meaning each. Write `{ADDED}+{ADDED:#}` around what they are for.

use anstyle::{AnsiColor, Style};

/// `error:`.
pub const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// `warning:`.
pub const WARNING: Style = AnsiColor::BrightYellow.on_default().bold();
/// What to do instead.
pub const HELP: Style = AnsiColor::BrightCyan.on_default().bold();
/// What went well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What is new.
pub const ADDED: Style = AnsiColor::Green.on_default();
/// What goes.
pub const REMOVED: Style = AnsiColor::Red.on_default();
/// What becomes different.
pub const CHANGED: Style = AnsiColor::Yellow.on_default();
/// The names of things.
pub const NAME: Style = AnsiColor::Cyan.on_default();
/// Titles.
pub const TITLE: Style = Style::new().bold();
/// What is beside the point.
pub const DIM: Style = Style::new().dimmed();
