//! Subscriptions: Amazon SNS API Reference, "Subscribe".

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;

/// The endpoint of each protocol, with an example.
const PROTOCOLS: [(&str, &str, &str); 9] = [
    (
        "application",
        "the ARN of a mobile endpoint",
        "arn:aws:sns:eu-west-1:123456789012:endpoint/APNS/app/1",
    ),
    ("email", "an email address", "ops@example.com"),
    ("email-json", "an email address", "ops@example.com"),
    (
        "firehose",
        "the ARN of a delivery stream",
        "arn:aws:firehose:eu-west-1:123456789012:deliverystream/name",
    ),
    (
        "http",
        "a URL that begins with `http://`",
        "http://example.com",
    ),
    (
        "https",
        "a URL that begins with `https://`",
        "https://example.com",
    ),
    (
        "lambda",
        "the ARN of a function",
        "arn:aws:lambda:eu-west-1:123456789012:function:name",
    ),
    ("sms", "a phone number", "+48123456789"),
    (
        "sqs",
        "the ARN of a queue",
        "arn:aws:sqs:eu-west-1:123456789012:name",
    ),
];

/// `AWS::SNS::Subscription`.
pub(super) fn subscription(properties: &View<'_>, found: &mut Vec<Violation>) {
    let Some(protocol) = properties.text_of("Protocol") else {
        return;
    };
    let known = PROTOCOLS.iter().find(|(known, ..)| *known == protocol);
    let Some((_, takes, example)) = known else {
        return;
    };
    for endpoint in properties.values("Endpoint") {
        let Some(text) = endpoint.text() else {
            continue;
        };
        if text.contains("{{resolve:") || is_endpoint(&protocol, &text) {
            continue;
        }
        let diagnostic =
            Diagnostic::new(format!("{text:?} is not a valid endpoint for `{protocol}`"))
                .note(format!("expected {takes}"))
                .help(format!("for example {example:?}"));
        found.push(endpoint.value_is(diagnostic));
    }
}

/// `AWS::SNS::Topic`, which can have subscriptions.
pub(super) fn topic(properties: &View<'_>, found: &mut Vec<Violation>) {
    for one in properties.along(&["Subscription", "*"]) {
        subscription(&one, found);
    }
}

fn is_endpoint(protocol: &str, text: &str) -> bool {
    let service = |wanted: &str| {
        let mut parts = text.split(':');
        parts.next() == Some("arn") && parts.next().is_some() && parts.next() == Some(wanted)
    };
    match protocol {
        "application" => service("sns"),
        "firehose" | "lambda" | "sqs" => service(protocol),
        "email" | "email-json" => text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        "http" | "https" => {
            let scheme = text.split_once("://").map(|(scheme, _)| scheme);
            scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(protocol))
        }
        "sms" => {
            let number = text.strip_prefix('+').unwrap_or(text);
            let is_part = |letter: char| letter.is_ascii_digit() || " ()-.".contains(letter);
            number.chars().all(is_part) && number.contains(|letter: char| letter.is_ascii_digit())
        }
        _ => true,
    }
}
