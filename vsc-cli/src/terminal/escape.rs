//! Escaping of output: styles become escape sequences, everything else is made visible.
//!
//! Commands print the contents of templates, files, hosts and AWS. Whatever would control the
//! terminal, be invisible to the reader or be a command of a CI workflow is escaped here, for all.

use std::borrow::Cow;
use std::fmt::Write as _;

use vsc_spec::visible::{self, escaped, is_hidden};

use super::style;
use crate::markup::{self, Caller};

/// Prefixes that CI logs take for commands anywhere in a line: GitHub's older form, Azure Pipelines,
/// TeamCity (actions/runner, `ActionCommand.TryParse`; learn.microsoft.com,
/// "Logging commands"; jetbrains.com, "Service messages").
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// The text as it is written to a stream, with escape sequences only for its styles.
pub(super) fn for_stream(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // At the beginning of a line, `::` begins a command of a GitHub workflow.
    let mut begins_line = true;
    while let Some(letter) = rest.chars().next() {
        if let Some((sequence, behind)) = style::mark(rest) {
            out.push_str(&sequence);
            rest = behind;
            continue;
        }
        if (begins_line && rest.starts_with("::")) || COMMANDS.iter().any(|it| rest.starts_with(it))
        {
            out.extend(letter.escape_unicode());
        } else if is_hidden(letter) && !matches!(letter, '\n' | '\t') {
            out.extend(escaped(letter));
        } else {
            out.push(letter);
        }
        begins_line = letter == '\n' || (begins_line && letter.is_whitespace());
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// A JSON document with escapes for invisible characters, which are only in its strings: the same
/// data for every reader.
pub(super) fn in_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) && letter != '\n' {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                // Writing into a string cannot fail.
                _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

/// The arguments, and the parts of lists and assignments among them, that have several lines. Messages
/// show them on one line, so that they cannot pass for other lines of the output.
pub(super) fn of_several_lines(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for argument in arguments.filter(|argument| argument.contains('\n')) {
        let value = argument.split_once('=').map(|(_, value)| value.to_owned());
        let parts = argument.split(',').map(|part| part.trim().to_owned());
        found.extend(parts.filter(|part| part.contains('\n')));
        found.extend(value.filter(|value| value.contains('\n')));
        found.push(argument);
    }
    // The longer ones first: they may contain others.
    found.sort_by_key(|argument| std::cmp::Reverse(argument.len()));
    found
}

/// The text with all occurrences of these on one line.
pub(super) fn on_one_line<'a>(text: &'a str, several: &[String]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for argument in several {
        if text.contains(argument.as_str()) {
            text = Cow::Owned(text.replace(argument.as_str(), &visible::one_line(argument)));
        }
    }
    text
}

/// The text on one line, with its styles.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match markup::read(rest) {
            Some((_, behind)) => rest.len() - behind.len(),
            None => letter.len_utf8(),
        };
        let (part, behind) = rest.split_at(length);
        if length == letter.len_utf8() && is_hidden(letter) {
            out.extend(escaped(letter));
        } else {
            out.push_str(part);
        }
        rest = behind;
    }
    out
}

/// The text without styles, with commands as in the sources.
pub(crate) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(&for_stream(&Caller::default().call(text))).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::style::{ERROR, NAME};

    #[test]
    fn only_styles_of_this_process_become_escape_sequences() {
        let text = format!("{NAME}a\u{1b}[31mb\u{1b}]0;x\u{7}{NAME:#}\u{fdd0}0+3");
        assert_eq!(
            for_stream(&text),
            "\u{1b}[36ma\\u{1b}[31mb\\u{1b}]0;x\\u{7}\u{1b}[0m\\u{fdd0}0+3"
        );
        assert_eq!(plain(&text), "a\\u{1b}[31mb\\u{1b}]0;x\\u{7}\\u{fdd0}0+3");
    }

    #[test]
    fn workflow_commands_are_escaped() {
        for (text, seen) in [
            ("::error::x", "\\u{3a}:error::x"),
            ("a\n \t::add-mask::x", "a\n \t\\u{3a}:add-mask::x"),
            ("AWS::S3::Bucket", "AWS::S3::Bucket"),
            ("a ##[error]x", "a \\u{23}#[error]x"),
            ("##vso[task.complete]", "\\u{23}#vso[task.complete]"),
            ("a\r::error::x", "a\\r::error::x"),
        ] {
            assert_eq!(for_stream(text), seen);
        }
        // Without colours a style is invisible.
        assert_eq!(
            plain(&format!("{ERROR}{ERROR:#}::error::")),
            "\\u{3a}:error::"
        );
    }

    #[test]
    fn json_stays_the_same_data() {
        assert_eq!(
            in_json("[\n  \"\u{9b}\u{202e}\u{e0041}ż\"\n]\n"),
            "[\n  \"\\u009b\\u202e\\udb40\\udc41ż\"\n]\n"
        );
    }

    #[test]
    fn a_line_is_one_line() {
        let text = format!("{NAME}a\nb{NAME:#}\t");
        assert_eq!(plain(&one_line(&text)), "a\\nb\\t");
    }
}
