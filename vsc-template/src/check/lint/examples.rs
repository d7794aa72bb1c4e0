//! The examples of a page are tests of its lint: a bad one is reported by this lint and no other, a
//! good one by none.

use super::SYNTAX;
use crate::check::{Lint, repetitions, template};
use crate::template::Source;

/// Asserts that a page is complete and that its examples hold.
pub(super) fn assert_hold(lint: Lint) {
    let page = lint.page();
    assert!(lint.summary().ends_with('.'), "{lint:?}: no sentence");
    let headings: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix(" # "))
        .collect();
    assert_eq!(headings, ["Why", "Bad", "Good", "Sources"], "{lint:?}");
    let bad = examples(page, "Bad");
    let good = examples(page, "Good");
    assert!(!bad.is_empty() && !good.is_empty(), "{lint:?}");
    for text in bad {
        let reported = reported(&text);
        assert!(!reported.is_empty(), "{lint:?} is silent about:\n{text}");
        for (other, message) in reported {
            assert_eq!(other, lint, "{message}:\n{text}");
        }
    }
    for text in good {
        assert_eq!(reported(&text), [], "{text}");
    }
}

/// The code blocks of a section.
fn examples(page: &str, section: &str) -> Vec<String> {
    let mut lines = page
        .lines()
        .skip_while(|line| *line != format!(" # {section}"));
    lines.next();
    let mut examples = Vec::new();
    let mut open: Option<String> = None;
    for line in lines.take_while(|line| !line.starts_with(" # ")) {
        match (line, &mut open) {
            (" ```yaml", _) => open = Some(String::new()),
            (" ```", _) => examples.extend(open.take()),
            (line, Some(text)) => {
                text.push_str(line.strip_prefix(' ').unwrap_or(line));
                text.push('\n');
            }
            _ => {}
        }
    }
    examples
}

fn reported(text: &str) -> Vec<(Lint, String)> {
    let source = match Source::read(text) {
        Ok(source) => source,
        Err(error) => return vec![(SYNTAX, error.diagnostic.to_string())],
    };
    let diagnostics = template(source.json(), source.size()).into_iter();
    let repetitions = repetitions(&source).map(|(_, diagnostic)| diagnostic);
    diagnostics
        .chain(repetitions)
        .map(|diagnostic| (diagnostic.lint, diagnostic.diagnostic.to_string()))
        .collect()
}
