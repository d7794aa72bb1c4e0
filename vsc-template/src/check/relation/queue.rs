//! Queues, and the functions that process their messages.

use vsc_spec::Diagnostic;
use vsc_spec::resource::service;

use super::{Found, Resource, ResourceView, Resources, is_true, number};

const QUEUE: &str = "AWS::SQS::Queue";

/// The default visibility timeout of a queue and timeout of a function, in seconds: Amazon SQS API
/// Reference, "SetQueueAttributes"; AWS Lambda API Reference, "CreateFunction".
const HIDDEN: i64 = 30;
const RUNNING: i64 = 3;

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for queue in resources.typed(QUEUE) {
        dead_letters(resources, queue, found);
    }
    for mapping in resources.typed("AWS::Lambda::EventSourceMapping") {
        let Some(source) = mapping.properties.only("EventSourceArn") else {
            continue;
        };
        let Some(queue) = resources.referred(&source, QUEUE) else {
            continue;
        };
        batch(mapping.id, &mapping.properties, queue, found);
        let function = resources.related(mapping, "FunctionName", "AWS::Lambda::Function");
        if let Some(function) = function {
            visibility(mapping.id, &source, queue, function, found);
        }
    }
    for function in resources.typed("AWS::Serverless::Function") {
        events(resources, function, found);
    }
}

/// Amazon SQS Developer Guide, "Using dead-letter queues": that of a FIFO queue is a FIFO queue;
/// cfn-lint E3502.
fn dead_letters<'a>(resources: &Resources<'a>, queue: &Resource<'a>, found: &mut Found<'a>) {
    for target in queue
        .properties
        .along(&["RedrivePolicy", "deadLetterTargetArn"])
    {
        let Some(letters) = resources.referred(&target, QUEUE) else {
            continue;
        };
        let kinds = (is_true(queue, "FifoQueue"), is_true(letters, "FifoQueue"));
        let (Some(is_fifo), Some(letters_are)) = kinds else {
            continue;
        };
        if is_fifo != letters_are {
            let kind = |is_fifo| {
                if is_fifo {
                    "a FIFO queue"
                } else {
                    "a standard queue"
                }
            };
            let diagnostic = Diagnostic::new(format!(
                "`{}` is {}, and `{}` is {}",
                queue.id,
                kind(is_fifo),
                letters.id,
                kind(letters_are)
            ))
            .note("a dead-letter queue has the same kind as its source queue")
            .help(format!("make `{}` {}", letters.id, kind(is_fifo)));
            found.push((queue.id, target.value_is(diagnostic)));
        }
    }
}

/// cfn-lint E3705.
fn batch<'a>(id: &'a str, mapping: &ResourceView<'a>, queue: &Resource<'a>, found: &mut Found<'a>) {
    let mut wrong = Vec::new();
    if let Some(is_fifo) = is_true(queue, "FifoQueue") {
        service::batch(mapping, is_fifo, &mut wrong);
    }
    found.extend(wrong.into_iter().map(|violation| (id, violation)));
}

/// A message in processing must be hidden from other invocations: AWS Lambda Developer Guide, "Using
/// Lambda with Amazon SQS"; cfn-lint E3505.
fn visibility<'a>(
    id: &'a str,
    source: &ResourceView<'a>,
    queue: &Resource<'a>,
    function: &Resource<'a>,
    found: &mut Found<'a>,
) {
    let hidden = number(queue, "VisibilityTimeout", HIDDEN);
    let running = number(function, "Timeout", RUNNING);
    let (Some(hidden), Some(running)) = (hidden, running) else {
        return;
    };
    if hidden < running {
        let diagnostic = Diagnostic::new(format!(
            "`{}` hides a message for {hidden} s, but `{}` may run for {running} s",
            queue.id, function.id
        ))
        .note("the `VisibilityTimeout` of the queue must be at least the `Timeout` of the function")
        .help(format!(
            "write at least `VisibilityTimeout: {running}` in `{}`; AWS recommends {}",
            queue.id,
            (running * 6).min(43_200)
        ));
        found.push((id, source.value_is(diagnostic)));
    }
}

/// Events of serverless functions, from which SAM generates a mapping.
fn events<'a>(resources: &Resources<'a>, function: &Resource<'a>, found: &mut Found<'a>) {
    let events = function.properties.along(&["Events"]);
    for (_, event) in events.iter().flat_map(ResourceView::members) {
        if event.text_of("Type").as_deref() != Some("SQS") {
            continue;
        }
        let Some(mapping) = event.only("Properties") else {
            continue;
        };
        let Some(source) = mapping.only("Queue") else {
            continue;
        };
        let Some(queue) = resources.referred(&source, QUEUE) else {
            continue;
        };
        batch(function.id, &mapping, queue, found);
        if !(resources.has_globals && function.properties.lacks("Timeout")) {
            visibility(function.id, &source, queue, function, found);
        }
    }
}
