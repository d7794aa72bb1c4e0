//! Functions: AWS Lambda Developer Guide, "Lambda runtimes" and "Using environment variables";
//! cfn-lint E2530, E2531, E2533, W2531, W2533, E3663, E3677, E3678 and E3697.

use super::super::check::{Violation, ViolationKind};
use super::{View, schedule};
use crate::diagnostic::Diagnostic;

/// Each runtime with the day of its deprecation, the day of which its function creation is blocked, and
/// its successor; `-` if there is none. The first line is the day of the
/// list: `cargo xtask spec` writes it.
const RUNTIMES: &str = include_str!("../../../data/runtimes.txt");

/// A deprecated runtime.
struct Old {
    deprecated: &'static str,
    blocked: &'static str,
    successor: &'static str,
    is_blocked: bool,
}

fn old(runtime: &str) -> Option<Old> {
    let mut lines = RUNTIMES.lines();
    let today = lines.next()?;
    let mut known = lines.map(|line| line.split(' '));
    let mut fields = known.find_map(|mut fields| (fields.next()? == runtime).then_some(fields))?;
    let (deprecated, blocked, successor) = (fields.next()?, fields.next()?, fields.next()?);
    let is_past = |day: &str| day != "-" && day <= today;
    let is_blocked = is_past(blocked);
    (is_past(deprecated) || is_blocked).then_some(Old {
        deprecated,
        blocked,
        successor,
        is_blocked,
    })
}

/// `AWS::Lambda::Function`.
pub(super) fn function(properties: &View<'_>, found: &mut Vec<Violation>) {
    runtime(properties, found);
    environment(properties, found);
    snap_start(properties, found);
    inline(properties, found);
    let codes = properties.along(&["Code"]);
    let zip = properties.text_of("PackageType").as_deref() == Some("Zip")
        || codes.iter().any(|code| {
            ["ZipFile", "S3Bucket", "S3Key"]
                .iter()
                .any(|name| code.member(name).is_some())
        });
    let image = codes.iter().any(|code| code.member("ImageUri").is_some());
    if zip && !image && !is_image(properties) {
        zipped(properties, "AWS::Lambda::Function", found);
    }
}

/// `AWS::Serverless::Function`.
pub(super) fn serverless(properties: &View<'_>, found: &mut Vec<Violation>) {
    runtime(properties, found);
    environment(properties, found);
    schedule::events(properties, found);
}

/// Checks what the transform requires beyond its schema, and cfn-lint does not: a function is a zip
/// archive by default.
pub(super) fn incomplete_serverless(properties: &View<'_>, found: &mut Vec<Violation>) {
    if properties.member("ImageUri").is_none() && properties.member("PackageType").is_none() {
        zipped(properties, "AWS::Serverless::Function", found);
    }
}

/// Whether the function may be a container image.
fn is_image(properties: &View<'_>) -> bool {
    let kinds = properties.values("PackageType");
    kinds
        .iter()
        .any(|kind| kind.text().as_deref() != Some("Zip"))
}

fn zipped(properties: &View<'_>, type_name: &str, found: &mut Vec<Violation>) {
    for (name, example) in [
        ("Handler", "\"index.handler\""),
        ("Runtime", "\"python3.13\""),
    ] {
        if properties.lacks(name) {
            let diagnostic = Diagnostic::new(format!("`{type_name}` needs `{name}`"))
                .note("only functions from container images can omit it")
                .help(format!("add `{name}: {example}`"));
            found.push(
                properties
                    .name_is(diagnostic)
                    .of_kind(ViolationKind::Missing),
            );
        }
    }
}

fn runtime(properties: &View<'_>, found: &mut Vec<Violation>) {
    for runtime in properties.values("Runtime") {
        let Some(name) = runtime.text() else { continue };
        let Some(old) = old(&name).filter(|old| old.is_blocked) else {
            continue;
        };
        let diagnostic =
            Diagnostic::new(format!("functions can no longer be created with `{name}`"))
                .note(format!(
                    "AWS deprecated it on {}, and blocks new functions since {}",
                    old.deprecated, old.blocked
                ))
                .maybe_help(successor(&old));
        found.push(runtime.value_is(diagnostic));
    }
}

/// Checks for deprecated runtimes, which still work.
pub(super) fn old_runtime(properties: &View<'_>, found: &mut Vec<Violation>) {
    for runtime in properties.values("Runtime") {
        let Some(name) = runtime.text() else { continue };
        let Some(old) = old(&name).filter(|old| !old.is_blocked) else {
            continue;
        };
        let until = match old.blocked {
            "-" => String::new(),
            day => format!(", and blocks new functions from {day}"),
        };
        let diagnostic = Diagnostic::new(format!("the runtime `{name}` is deprecated"))
            .note(format!(
                "AWS stopped updating it on {}{until}",
                old.deprecated
            ))
            .maybe_help(successor(&old));
        found.push(runtime.value_is(diagnostic));
    }
}

fn successor(old: &Old) -> Option<String> {
    (old.successor != "-").then(|| format!("write `Runtime: \"{}\"`", old.successor))
}

/// Environment variables that Lambda sets.
const RESERVED: [&str; 18] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
];

fn environment(properties: &View<'_>, found: &mut Vec<Violation>) {
    const MOST: usize = 4096;
    for variables in properties.along(&["Environment", "Variables"]) {
        let members = variables.members();
        for (name, variable) in &members {
            if RESERVED.contains(name) {
                let diagnostic =
                    Diagnostic::new(format!("the environment variable `{name}` is reserved"))
                        .note("Lambda sets it")
                        .help("choose another name, or remove it");
                found.push(variable.name_is(diagnostic));
            }
        }
        let text = |variable: &View<'_>| variable.text().map_or(0, |text| text.len());
        let size: usize = members
            .iter()
            .map(|(name, variable)| name.len() + text(variable))
            .sum();
        if size > MOST {
            let diagnostic =
                Diagnostic::new(format!("the environment variables have {size} bytes"))
                    .note(format!(
                        "Lambda allows at most {MOST} bytes of names and values"
                    ))
                    .help("store long values in Parameter Store or S3");
            found.push(variables.name_is(diagnostic));
        }
    }
}

/// AWS Lambda Developer Guide, "Improving startup performance with Lambda SnapStart".
fn snap_start(properties: &View<'_>, found: &mut Vec<Violation>) {
    const WITHOUT: [&str; 15] = [
        "dotnet5.0",
        "dotnet6",
        "dotnet7",
        "dotnetcore1.0",
        "dotnetcore2.0",
        "dotnetcore2.1",
        "dotnetcore3.1",
        "java8",
        "java8.al2",
        "python2.7",
        "python3.7",
        "python3.8",
        "python3.9",
        "python3.10",
        "python3.11",
    ];
    let Some(runtime) = properties.text_of("Runtime") else {
        return;
    };
    let language = ["python", "java", "dotnet"]
        .iter()
        .any(|name| runtime.starts_with(name));
    if language && !WITHOUT.contains(&&*runtime) {
        return;
    }
    for apply in properties.along(&["SnapStart", "ApplyOn"]) {
        if apply.text().as_deref() == Some("PublishedVersions") {
            let diagnostic = Diagnostic::new(format!("`{runtime}` does not support SnapStart"))
                .note("Java 11, Python 3.12, .NET 8 and later do")
                .help("write `ApplyOn: \"None\"`, or another `Runtime`");
            found.push(apply.value_is(diagnostic));
        }
    }
}

/// Inline code: AWS CloudFormation Template Reference, "Code: ZipFile".
fn inline(properties: &View<'_>, found: &mut Vec<Violation>) {
    let code = properties.only("Code");
    if code.is_none_or(|code| code.member("ZipFile").is_none()) {
        return;
    }
    for runtime in properties.values("Runtime") {
        let Some(name) = runtime.text() else { continue };
        if !name.starts_with("nodejs") && !name.starts_with("python") {
            let diagnostic = Diagnostic::new(format!("`{name}` does not support inline code"))
                .note("`ZipFile` supports only Node.js and Python")
                .help("write `Code: { S3Bucket: …, S3Key: … }`");
            found.push(runtime.value_is(diagnostic));
        }
    }
}

/// Batches from a queue: AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event
/// source mapping".
pub(super) fn event_source(properties: &View<'_>, found: &mut Vec<Violation>) {
    let source = properties.text_of("EventSourceArn");
    if source.is_some_and(|arn| arn.split(':').nth(2) == Some("sqs")) {
        let is_fifo = properties
            .text_of("EventSourceArn")
            .is_some_and(|arn| arn.ends_with(".fifo"));
        batch(properties, is_fifo, found);
    }
}

/// Checks the batch size of a mapping whose source is a queue.
pub fn batch<E>(properties: &View<'_, E>, is_fifo: bool, found: &mut Vec<Violation>) {
    const ALONE: i64 = 10;
    let Some(size) = properties.only("BatchSize") else {
        return;
    };
    let Some(number) = size.number().filter(|number| *number > ALONE) else {
        return;
    };
    if is_fifo {
        let diagnostic = Diagnostic::new(format!("`BatchSize` cannot be {number}"))
            .note("a batch from a FIFO queue has at most 10 messages")
            .help("write `BatchSize: 10`");
        return found.push(size.value_is(diagnostic));
    }
    let window = properties.only("MaximumBatchingWindowInSeconds");
    let is_zero = window.is_some_and(|window| window.number() == Some(0));
    if is_zero || properties.lacks("MaximumBatchingWindowInSeconds") {
        let diagnostic = Diagnostic::new(format!("`BatchSize: {number}` needs a batching window"))
            .note("SQS returns at most 10 messages at once, so Lambda has to wait for more")
            .help("add `MaximumBatchingWindowInSeconds: 1`, or write `BatchSize: 10`");
        found.push(size.value_is(diagnostic));
    }
}
