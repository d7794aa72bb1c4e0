//! Diagnostics in the format of rustc.

use std::fmt::Write as _;

use vsc_core::check::Severity;
use vsc_spec::document::Span;
use vsc_spec::visible::is_hidden;

use crate::operation::check::{CheckedTemplate, SpannedDiagnostic};
use crate::terminal::one_line;
use crate::terminal::style::{DIM, ERROR, HELP, TITLE, WARNING};

/// The most characters of a line that are shown.
const WIDEST: usize = 120;

/// The diagnostics of all templates, each with the line that it is about.
pub(crate) fn text(checked: &CheckedTemplate) -> String {
    let lines: Vec<&str> = vsc_spec::document::lines(&checked.text).collect();
    let mut text = String::new();
    for reported in &checked.reported {
        one(&mut text, &checked.name, &lines, reported);
    }
    text
}

// Writing into a string cannot fail.
fn one(
    out: &mut String,
    name: &str,
    lines: &[&str],
    SpannedDiagnostic { diagnostic, span }: &SpannedDiagnostic,
) {
    let severity = diagnostic.severity();
    let style = match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let (kind, id) = (severity.name(), diagnostic.lint.id());
    let diagnostic = &diagnostic.diagnostic;
    _ = writeln!(
        out,
        "{style}{kind}[{id}]{style:#}{TITLE}: {}{TITLE:#}",
        one_line(&diagnostic.message)
    );
    let (line, column) = (span.start.line, span.start.column);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    _ = writeln!(
        out,
        "{margin}{DIM}-->{DIM:#} {}:{line}:{column}",
        one_line(name)
    );
    if let Some(text) = lines.get(line.saturating_sub(1)) {
        let (text, from, width) = window(text, *span);
        let blank = " ".repeat(from);
        let marks = "^".repeat(width);
        _ = writeln!(out, "{margin} {DIM}|{DIM:#}");
        _ = writeln!(out, "{DIM}{number} |{DIM:#} {text}");
        _ = writeln!(out, "{margin} {DIM}|{DIM:#} {blank}{style}{marks}{style:#}");
    }
    for note in diagnostic.note.iter().flat_map(|note| note.lines()) {
        _ = writeln!(out, "{margin} {DIM}={DIM:#} note: {note}");
    }
    if let Some(help) = &diagnostic.help {
        _ = writeln!(
            out,
            "{margin} {DIM}={DIM:#} {HELP}help:{HELP:#} {}",
            one_line(help)
        );
    }
    out.push('\n');
}

/// A character of the source, one column wide: control characters as their pictures, so that the
/// marks below are aligned.
fn picture(letter: char) -> char {
    match letter {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        letter if is_hidden(letter) => '\u{fffd}',
        letter => letter,
    }
}

/// The part of a line that is shown, and the columns of the marks in it. Templates in JSON may be a
/// single line.
fn window(line: &str, span: Span) -> (String, usize, usize) {
    let letters: Vec<char> = line.chars().map(picture).collect();
    let from = (span.start.column - 1).min(letters.len());
    let to = if span.end.line == span.start.line {
        (span.end.column - 1).clamp(from, letters.len())
    } else {
        letters.len()
    };
    let width = (to - from).clamp(1, WIDEST / 2);
    if letters.len() <= WIDEST {
        return (letters.iter().collect::<String>(), from, width);
    }
    let start = from.saturating_sub(WIDEST / 4);
    let end = (start + WIDEST).min(letters.len());
    let mut text: String = letters[start..end].iter().collect();
    let mut shift = 0;
    if start > 0 {
        text.insert(0, '…');
        shift = 1;
    }
    if end < letters.len() {
        text.push('…');
    }
    (text, from - start + shift, width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::plain;

    fn reported(text: &str) -> String {
        let checked = CheckedTemplate::new("stack.yaml".to_owned(), text.to_owned());
        plain(&super::text(&checked))
    }

    #[test]
    fn the_span_is_underlined() {
        let text = "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      BuketName: !Sub '${Name}-logs'\n";
        assert_eq!(
            reported(text),
            "\
error[property]: `AWS::S3::Bucket` has no property `BuketName`
 --> stack.yaml:5:7
  |
5 |       BuketName: !Sub '${Name}-logs'
  |       ^^^^^^^^^
  = help: did you mean `BucketName`?

error[reference]: there is no parameter or resource `Name`
 --> stack.yaml:5:23
  |
5 |       BuketName: !Sub '${Name}-logs'
  |                       ^^^^^^^^^^^^^^

"
        );
    }

    #[test]
    fn long_lines_are_truncated() {
        let text = format!(
            "{{\"Description\": \"{}\", \"Resorces\": {{}}, \"Metadata\": {{\"a\": \"{}\"}}}}",
            "x".repeat(200),
            "y".repeat(200)
        );
        let reported = reported(&text);
        let lines: Vec<&str> = reported.lines().collect();
        assert_eq!(
            lines[0],
            "warning[no-resources]: the stack has no resources"
        );
        let marked = lines.iter().position(|line| line.contains("Resorces\":"));
        let marked = marked.expect("the line is shown");
        assert!(lines[marked].starts_with("1 | …x") && lines[marked].ends_with("y…"));
        let column = lines[marked + 1].chars().position(|letter| letter == '^');
        let name = lines[marked].chars().collect::<Vec<_>>();
        assert_eq!(name[column.expect("it is marked")], '"');
    }

    #[test]
    fn syntax_errors_are_reported_with_their_location() {
        let reported = reported("Resources: [\n");
        assert!(
            reported.starts_with("error[syntax]: invalid YAML\n --> stack.yaml:2:1\n"),
            "{reported}"
        );
    }
}
