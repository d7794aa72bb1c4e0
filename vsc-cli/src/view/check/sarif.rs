//! The Static Analysis Results Interchange Format, as GitHub code scanning and others read it: OASIS,
//! "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::fmt::Write as _;

use vsc_core::check::{Lint, Severity};
use vsc_core::template::Path;
use vsc_spec::document::Span;
use vsc_spec::{Diagnostic, Json, Object};

use crate::Failure;
use crate::operation::check::{CheckedTemplate, SpannedDiagnostic};
use crate::terminal::Terminal;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of a run: a result for each diagnostic, a notification for each template that could not
/// be checked.
pub(crate) fn log(checked: &[CheckedTemplate], failures: &[Failure], terminal: &Terminal) -> Json {
    let all = || {
        checked.iter().flat_map(|checked| {
            checked
                .reported
                .iter()
                .map(|reported| (checked.name.as_str(), reported))
        })
    };
    let mut lints: Vec<Lint> = Vec::new();
    for (_, reported) in all() {
        if !lints.contains(&reported.diagnostic.lint) {
            lints.push(reported.diagnostic.lint);
        }
    }
    let results = all().map(|(file, reported)| result(file, reported, &lints));
    let run = Object::new()
        .with("tool", tool(&lints))
        .with("columnKind", "unicodeCodePoints")
        .with("invocations", Json::array([invocation(failures, terminal)]))
        .with("results", Json::array(results));
    Json::Object(
        Object::new()
            .with("$schema", SCHEMA)
            .with("version", "2.1.0")
            .with("runs", Json::array([Json::Object(run)])),
    )
}

fn tool(lints: &[Lint]) -> Json {
    let driver = Object::new()
        .with("name", "vsc")
        .with("semanticVersion", env!("CARGO_PKG_VERSION"))
        .with("informationUri", env!("CARGO_PKG_REPOSITORY"))
        .with("rules", Json::array(lints.iter().copied().map(rule)));
    Json::Object(Object::new().with("driver", Json::Object(driver)))
}

/// A lint, with the URL of its page.
fn rule(lint: Lint) -> Json {
    let help = message(format!("See {}", lint.url()));
    let page: String = lint
        .page()
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n")
        .collect();
    let configuration = Object::new().with("level", lint.severity().name());
    Json::Object(
        Object::new()
            .with("id", lint.id())
            .with(
                "shortDescription",
                Json::Object(message(lint.summary().to_owned())),
            )
            .with("helpUri", lint.url())
            .with("help", Json::Object(help.with("markdown", page)))
            .with("defaultConfiguration", Json::Object(configuration)),
    )
}

fn result(
    file: &str,
    SpannedDiagnostic { diagnostic, span }: &SpannedDiagnostic,
    lints: &[Lint],
) -> Json {
    let index = lints.iter().position(|lint| *lint == diagnostic.lint);
    let path: Path = diagnostic.location.path.iter().cloned().collect();
    let physical = Object::new()
        .with(
            "artifactLocation",
            Json::Object(Object::new().with("uri", uri(file))),
        )
        .with("region", region(*span));
    let mut location = Object::new().with("physicalLocation", Json::Object(physical));
    if !diagnostic.location.path.is_empty() {
        let logical = Object::new().with("fullyQualifiedName", path.to_string());
        location.insert("logicalLocations", Json::array([Json::Object(logical)]));
    }
    Json::Object(
        Object::new()
            .with("ruleId", diagnostic.lint.id())
            .with_some("ruleIndex", index.map(number))
            .with("level", diagnostic.severity().name())
            .with(
                "message",
                Json::Object(message(text(&diagnostic.diagnostic))),
            )
            .with("locations", Json::array([Json::Object(location)])),
    )
}

/// The invocation, with a notification for each template that could not be read or synthesized.
fn invocation(failures: &[Failure], terminal: &Terminal) -> Json {
    let texts = failures
        .iter()
        .flat_map(|failure| terminal.failure_messages(failure));
    let notifications = texts.map(|text| {
        Json::Object(
            Object::new()
                .with("level", Severity::Error.name())
                .with("message", Json::Object(message(text))),
        )
    });
    Json::Object(
        Object::new()
            .with("executionSuccessful", Json::Bool(failures.is_empty()))
            .with("toolExecutionNotifications", Json::array(notifications)),
    )
}

fn text(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    for (name, line) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
        if let Some(line) = line {
            // Writing into a string cannot fail.
            _ = write!(text, "\n{name}: {line}");
        }
    }
    text
}

fn message(text: String) -> Object {
    Object::new().with("text", text)
}

/// A region. An empty one has no end.
fn region(span: Span) -> Json {
    let mut region = Object::new()
        .with("startLine", number(span.start.line))
        .with("startColumn", number(span.start.column));
    if span.end != span.start {
        region.insert("endLine", number(span.end.line));
        region.insert("endColumn", number(span.end.column));
    }
    Json::Object(region)
}

fn number(number: usize) -> Json {
    Json::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A file as a URI reference: RFC 3986, section 4.1.
fn uri(file: &str) -> String {
    let file = file.strip_prefix("./").unwrap_or(file);
    let scheme = if file.starts_with('/') { "file://" } else { "" };
    let mut uri = scheme.to_owned();
    for byte in file.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            // Writing into a string cannot fail.
            byte => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_uri_references() {
        for (file, expected) in [
            ("stack.yaml", "stack.yaml"),
            ("./a b/ä.yaml", "a%20b/%C3%A4.yaml"),
            ("/tmp/a%.yaml", "file:///tmp/a%25.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
            ("c:x.yaml", "c%3Ax.yaml"),
        ] {
            assert_eq!(uri(file), expected);
        }
    }

    #[test]
    fn a_result_points_to_its_rule_and_its_text() {
        let text =
            "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties: {BuketName: ä}\n";
        let log = log(
            &[CheckedTemplate::new("a.yaml".to_owned(), text.to_owned())],
            &[],
            &Terminal::default(),
        );
        let run = &log.get("runs").and_then(Json::as_array).expect("runs")[0];
        let result = &run
            .get("results")
            .and_then(Json::as_array)
            .expect("results")[0];
        assert_eq!(result.get("ruleId"), Some(&Json::from("property")));
        assert_eq!(result.get("ruleIndex"), Some(&Json::Integer(0)));
        let message = result
            .get("message")
            .and_then(|message| message.get("text"));
        assert_eq!(
            message.and_then(Json::as_str),
            Some("`AWS::S3::Bucket` has no property `BuketName`\nhelp: did you mean `BucketName`?")
        );
        let location = &result
            .get("locations")
            .and_then(Json::as_array)
            .expect("one")[0];
        let region = location
            .get("physicalLocation")
            .and_then(|location| location.get("region"))
            .expect("a region");
        let numbers = ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|name| region.get(name).cloned());
        assert_eq!(
            numbers,
            [4, 18, 4, 27].map(|number| Some(Json::Integer(number)))
        );
    }

    #[test]
    fn a_template_that_could_not_be_checked_is_a_notification() {
        let failure = Failure::input("a.yaml: it is not there").hint("name a file");
        let log = log(&[], &[failure], &Terminal::default());
        let run = &log.get("runs").and_then(Json::as_array).expect("runs")[0];
        let invocation = &run
            .get("invocations")
            .and_then(Json::as_array)
            .expect("one")[0];
        assert_eq!(
            invocation.get("executionSuccessful"),
            Some(&Json::Bool(false))
        );
        let notifications = invocation
            .get("toolExecutionNotifications")
            .and_then(Json::as_array);
        assert_eq!(notifications.expect("a list").len(), 1);
    }
}
