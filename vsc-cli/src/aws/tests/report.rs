//! Reports of finished operations.

use vsc_core::template::write_json;

use crate::aws::cloudformation::{Deployed, StackOutput};
use crate::aws::event::Event;
use crate::aws::report::{cause, failed};
use crate::aws::scripted::message;
use crate::terminal::plain;
use crate::view::outputs::{table, to_json};

fn failure(number: usize, reason: Option<&str>) -> Event {
    Event {
        id: number.to_string(),
        stack_id: "arn:stack".to_owned(),
        time: 0,
        logical_id: format!("R{number}"),
        physical_id: "x".to_owned(),
        resource_type: "AWS::SQS::Queue".to_owned(),
        status: "CREATE_FAILED".to_owned(),
        reason: reason.map(str::to_owned),
        token: None,
    }
}

fn output_of(events: &[Event]) -> String {
    message::<()>(Err(failed(
        "it failed",
        events,
        None,
        "the state",
        "what next",
    )))
}

#[test]
fn the_cause_comes_first_and_the_help_last() {
    assert_eq!(
        output_of(&[]),
        "it failed; CloudFormation gives no reason\nthe state\n= help: what next"
    );
    let cancelled = "Resource creation cancelled";
    let events = [
        failure(1, Some("it already exists")),
        failure(2, Some("two\nlines")),
        failure(3, None),
        failure(4, Some(cancelled)),
        failure(5, Some(cancelled)),
    ];
    let reported = output_of(&events);
    let lines: Vec<&str> = reported.lines().collect();
    assert_eq!(
        lines[0],
        "it failed: R1 (AWS::SQS::Queue): it already exists"
    );
    assert!(
        lines[1].starts_with("then: R2 (AWS::SQS::Queue): two"),
        "{reported}"
    );
    assert_eq!(lines[2], "then: R3 (AWS::SQS::Queue): no reason given");
    assert_eq!(
        &lines[3..5],
        ["cancelled because of it: `R4` and `R5`", "the state"]
    );
    assert!(
        lines[5].starts_with("= help: delete it or import it"),
        "{reported}"
    );
    assert_eq!(lines[6], "= help: what next");
    assert_eq!(lines.len(), 7);
}

#[test]
fn no_more_than_eight_consequences_are_reported() {
    for (count, more) in [
        (8, None),
        (9, Some("then: 1 more")),
        (11, Some("then: 3 more")),
    ] {
        let events: Vec<Event> = (0..=count)
            .map(|number| failure(number, Some("no")))
            .collect();
        let reported = output_of(&events);
        let then: Vec<&str> = reported
            .lines()
            .filter(|line| line.starts_with("then: "))
            .collect();
        assert_eq!(then.len(), 8 + usize::from(more.is_some()), "{reported}");
        assert_eq!(
            then.last().filter(|line| line.ends_with("more")).copied(),
            more
        );
        assert!(!reported.contains("given up"), "{reported}");
    }
}

#[test]
fn a_failed_boot_is_reported_with_the_reason_of_the_host() {
    let signal = "Received FAILURE signal with UniqueId docker: no space";
    assert_eq!(
        cause(&failure(1, Some(signal))),
        "R1 (AWS::SQS::Queue): the host failed to boot: docker: no space"
    );
}

#[test]
fn outputs_are_a_table_and_an_object() {
    let output = |name: &str, description: Option<&str>| StackOutput {
        name: name.to_owned(),
        value: format!("https://{name}"),
        description: description.map(str::to_owned),
    };
    let stack = Deployed {
        id: "arn:aws:cloudformation:eu-west-1:123456789012:stack/team/1".to_owned(),
        name: "team".to_owned(),
        status: "CREATE_COMPLETE".to_owned(),
        reason: None,
        created: None,
        updated: None,
        drift: None,
        is_protected: false,
        parameters: Vec::new(),
        outputs: vec![output("a", Some("the first")), output("b", None)],
    };
    let table = plain(&table(&stack));
    let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "OUTPUT  VALUE",
            "a       https://a  the first",
            "b       https://b"
        ]
    );
    let json = vsc_spec::Json::object([("team".to_owned(), to_json(&stack))]);
    let json: String = write_json(&json).split_whitespace().collect();
    assert_eq!(json, r#"{"team":{"a":"https://a","b":"https://b"}}"#);
    assert_eq!(stack.account(), "123456789012");
    assert_eq!(
        stack.output("b").map(|output| output.value.as_str()),
        Some("https://b")
    );
    assert!(stack.output("c").is_none());
}
