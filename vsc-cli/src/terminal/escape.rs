//! What reaches the streams: styles as the terminal has them, everything else visible.
//!
//! A command prints what templates, files, hosts and AWS hold. Here, once for all of them, whatever
//! would act on the terminal, hide from the reader or command the machine of a workflow is escaped.

use std::borrow::Cow;
use std::fmt::Write as _;

use vsc_spec::visible::{self, escaped, is_hidden};

use super::style;

/// What a log of a build takes for a command wherever it stands in a line: GitHub's older form,
/// Azure Pipelines, TeamCity (actions/runner, `ActionCommand.TryParse`; learn.microsoft.com,
/// "Logging commands"; jetbrains.com, "Service messages").
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// The text as it is written to a stream: with sequences of the terminal for its styles alone.
pub(super) fn for_stream(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // Whether only blanks stand before: there `::` begins a command of a GitHub workflow.
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

/// A document in JSON with escapes for all that is hidden: the same data, for every reader. Such
/// letters stand only in its texts.
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

/// The arguments, and the parts of lists and assignments among them, that have several lines. Every
/// message that shows one of them shows it on one line, so that it cannot pass for lines of ours.
pub(super) fn of_several_lines(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for argument in arguments.filter(|argument| argument.contains('\n')) {
        let value = argument.split_once('=').map(|(_, value)| value.to_owned());
        let parts = argument.split(',').map(|part| part.trim().to_owned());
        found.extend(parts.filter(|part| part.contains('\n')));
        found.extend(value.filter(|value| value.contains('\n')));
        found.push(argument);
    }
    // What holds another one goes first.
    found.sort_by_key(|argument| std::cmp::Reverse(argument.len()));
    found
}

/// The text with these on one line wherever they stand in it.
pub(super) fn on_one_line<'a>(text: &'a str, several: &[String]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for argument in several {
        if text.contains(argument.as_str()) {
            text = Cow::Owned(text.replace(argument.as_str(), &visible::one_line(argument)));
        }
    }
    text
}

/// The text on one line, with the styles that are ours.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match style::mark(rest) {
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

/// The text as it is seen without colours.
pub fn plain(text: &str) -> String {
    anstream::adapter::strip_str(&for_stream(text)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::style::{ERROR, NAME};

    #[test]
    fn only_styles_of_ours_become_sequences() {
        let text = format!("{NAME}a\u{1b}[31mb\u{1b}]0;x\u{7}{NAME:#}\u{fdd0}0+3");
        assert_eq!(
            for_stream(&text),
            "\u{1b}[36ma\\u{1b}[31mb\\u{1b}]0;x\\u{7}\u{1b}[0m\\u{fdd0}0+3"
        );
        assert_eq!(plain(&text), "a\\u{1b}[31mb\\u{1b}]0;x\\u{7}\\u{fdd0}0+3");
    }

    #[test]
    fn nothing_commands_a_workflow() {
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
        // A style is not seen where there are no colours.
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
