//! Commands on several stacks at the same time.

use std::time::Duration;

use crate::Failure;
use crate::app::App;
use crate::assembly::{Assembly, Stack, Synthesis};
use crate::aws::scripted::{Answer, Aws, ID, events, good, message, missing, stack, stacked};
use crate::cli::Context;
use crate::commands::{command, dispatch};
use crate::terminal::{Terminal, heard};

/// Calls a command of an app with these stacks and what each depends on: `dns: app`.
fn called(aws: &Aws, stacks: &[&str], arguments: &[&str]) -> (String, Result<(), Failure>) {
    let stacks = stacks.iter().map(|line| {
        let (name, others) = line.split_once(':').expect("it has a name");
        Synthesis::Done(Box::new(Stack {
            name: name.to_owned(),
            depends_on: others.split_whitespace().map(str::to_owned).collect(),
            ..stacked(|_| {})
        }))
    });
    let app = App::of(Assembly {
        stacks: stacks.collect(),
        ..Assembly::default()
    });
    let context = Context {
        app: &app,
        terminal: &Terminal::default(),
    };
    let words = [&["vsc"], arguments].concat();
    let matches = command().try_get_matches_from(words);
    let matches = matches.unwrap_or_else(|error| panic!("{error}"));
    heard::take();
    let result = aws.serve(|| dispatch(&context, &matches));
    (heard::take(), result)
}

/// AWS without stacks, which takes a second for a change set or a deletion.
fn aws(states: impl IntoIterator<Item = Answer>) -> Aws {
    let slow = |text: &str| Answer::Late(Duration::from_secs(1), Box::new(good(text)));
    Aws::default()
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account>")],
        )
        .answers("DescribeStacks", states)
        .answers(
            "CreateChangeSet",
            [good(format!("<StackId>{ID}</StackId>"))],
        )
        .answers(
            "DescribeChangeSet",
            [slow("<Status>CREATE_COMPLETE</Status><Changes/>")],
        )
        .answers("ExecuteChangeSet", [slow("")])
        .answers("DeleteStack", [slow("")])
        .answers("DescribeStackEvents", [events(&[])])
}

/// The stacks of the change sets, in order.
fn names(aws: &Aws, operation: &str) -> Vec<String> {
    let calls = aws.calls(operation);
    let names = calls.iter().filter_map(|call| call.parameter("StackName"));
    names.map(str::to_owned).collect()
}

#[test]
fn stacks_are_deployed_after_those_they_depend_on() {
    let stacks = ["dns: app", "app: network", "network:", "other:"];
    for limit in ["1", "4"] {
        let aws = aws([missing()]);
        let arguments = ["deploy", "--all", "--no-wait", "--concurrency", limit];
        let (reported, result) = called(&aws, &stacks, &arguments);
        assert!(result.is_ok(), "{result:?}\n{reported}");
        let created = names(&aws, "CreateChangeSet");
        // The second one begins before or after the execution of the first one.
        let operations = aws.operations();
        let first = operations.iter().position(|it| it == "ExecuteChangeSet");
        let begun = operations[..first.unwrap_or_default()].iter();
        let begun = begun.filter(|it| *it == "CreateChangeSet").count();
        if limit == "1" {
            assert_eq!(created, ["network", "app", "dns", "other"]);
            assert_eq!(begun, 1, "{operations:?}");
        } else {
            assert_eq!(created, ["network", "other", "app", "dns"]);
            assert_eq!(begun, 2, "{operations:?}");
            for line in reported.lines() {
                assert!(line.find(" │ ") == Some(7), "{reported}");
            }
            assert!(
                reported.contains("app     │ app is being deployed"),
                "{reported}"
            );
        }
    }
}

#[test]
fn stacks_are_deleted_before_those_they_depend_on() {
    let aws = aws([stack("CREATE_COMPLETE")]);
    let arguments = ["destroy", "--all", "--yes", "--no-wait"];
    let (reported, result) = called(&aws, &["dns: app", "other:", "app:"], &arguments);
    assert!(result.is_ok(), "{result:?}\n{reported}");
    assert_eq!(names(&aws, "DescribeStacks"), ["other", "dns", "app"]);
}

#[test]
fn a_circular_dependency_is_rejected_before_anything_is_deployed() {
    let aws = aws([missing()]);
    let stacks = ["a: b", "b: a"];
    let (_, result) = called(&aws, &stacks, &["deploy", "--all"]);
    let reported = message(result);
    assert!(
        reported.starts_with("circular dependency: `a → b → a`\n"),
        "{reported}"
    );
    assert!(aws.operations().is_empty());
}

#[test]
fn a_failure_finishes_what_runs_and_starts_nothing_else() {
    let aws = aws([missing()]).answers(
        "CreateChangeSet",
        [
            crate::aws::scripted::bad("AccessDenied", "no"),
            good(format!("<StackId>{ID}</StackId>")),
        ],
    );
    let stacks = ["a:", "b:", "c:", "d: a"];
    let arguments = ["deploy", "--all", "--no-wait", "--concurrency", "2"];
    let (reported, result) = called(&aws, &stacks, &arguments);
    assert!(message(result).starts_with("access denied: no"));
    assert!(
        reported.ends_with("deployed: `b`\nnot started: `c` and `d`\n"),
        "{reported}"
    );
    assert_eq!(names(&aws, "ExecuteChangeSet"), ["b"]);
}
