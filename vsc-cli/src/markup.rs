//! Marks in text that only this process can write: styles and commands, which a view renders.
//!
//! A mark begins with a noncharacter and a secret of the process, so that text from elsewhere (a
//! template, a file, a host, AWS) contains none. What is not a mark is shown as it is.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

/// A mark: `{MARK}` begins what it is about, `{MARK:#}` ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark(u8);

/// A command of this program inside a text: `{RUN}status team{RUN:#}`. A view writes the call of the
/// program before it, and the session's options behind it.
pub(crate) const RUN: Mark = Mark(9);

/// A mark that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) mark: Mark,
    /// Whether it begins what it is about.
    pub(crate) begins: bool,
}

/// The beginning of every mark: a noncharacter.
const NONCHARACTER: char = '\u{fdd0}';
/// The number of digits of the process's secret that follow.
const DIGITS: usize = 16;

impl Mark {
    /// The mark with this number, of one digit.
    pub(crate) const fn new(number: u8) -> Self {
        Self(number)
    }

    /// Its number.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let switch = if f.alternate() { "-" } else { "+" };
        write!(f, "{NONCHARACTER}{}{switch}{}", secret(), self.0)
    }
}

/// The secret in the marks of this process. The operating system seeds a `RandomState`.
fn secret() -> &'static str {
    static SECRET: OnceLock<String> = OnceLock::new();
    SECRET.get_or_init(|| format!("{:0DIGITS$x}", RandomState::new().hash_one(NONCHARACTER)))
}

/// The mark at the beginning of a text, and the rest of the text.
pub(crate) fn read(text: &str) -> Option<(Found, &str)> {
    let rest = text.strip_prefix(NONCHARACTER)?.strip_prefix(secret())?;
    let (switch, rest) = rest.split_at_checked(1)?;
    let (number, rest) = rest.split_at_checked(1)?;
    let mark = Mark(number.parse().ok()?);
    let begins = switch == "+";
    Some((Found { mark, begins }, rest))
}

/// Commands as a user calls them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The call of the program: `vsc`.
    pub(crate) program: String,
    /// The options that select account and region, each behind a space: ` --profile team`.
    pub(crate) options: String,
}

impl Default for Caller {
    fn default() -> Self {
        Self {
            program: "cargo run --".to_owned(),
            options: String::new(),
        }
    }
}

impl Caller {
    /// The text with its commands as the user calls them. Styles stay as they are.
    pub(crate) fn call(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(NONCHARACTER) {
            let (before, behind) = rest.split_at(at);
            out.push_str(before);
            rest = match read(behind) {
                Some((found, behind)) if found.mark == RUN => {
                    if found.begins {
                        out.push_str(&self.program);
                        out.push(' ');
                    } else {
                        out.push_str(&self.options);
                    }
                    behind
                }
                _ => {
                    let (letter, behind) = behind.split_at(NONCHARACTER.len_utf8());
                    out.push_str(letter);
                    behind
                }
            };
        }
        out + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_called_by_name_with_session_options() {
        let text = format!(
            "goes on: `{RUN}events --follow team{RUN:#}` follows it, `{RUN}destroy team{RUN:#}` not, \u{fdd0}0+9"
        );
        assert_eq!(
            Caller::default().call(&text),
            "goes on: `cargo run -- events --follow team` follows it, `cargo run -- destroy team` not, \u{fdd0}0+9"
        );
        let caller = Caller {
            program: "team".to_owned(),
            options: " --profile prod".to_owned(),
        };
        assert_eq!(
            caller.call(&text),
            "goes on: `team events --follow team --profile prod` follows it, `team destroy team --profile prod` not, \u{fdd0}0+9"
        );
    }
}
