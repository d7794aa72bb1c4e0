use aws_sdk_cloudformation::primitives::DateTime;
use aws_sdk_cloudformation::types::{ResourceStatus, StackEvent};
use vsc_core::template::write_json;

use crate::aws::event::{Event, last_operation, timestamp};
use crate::aws::stack_state::activity;
use crate::terminal::plain;
use crate::view::event::line;

fn event(kind: &str, physical_id: &str, status: &str) -> Event {
    let reported = StackEvent::builder()
        .event_id("e-1")
        .stack_id("arn:stack")
        .timestamp(DateTime::from_secs(1_700_000_000))
        .logical_resource_id("Host")
        .physical_resource_id(physical_id)
        .resource_type(kind)
        .resource_status(ResourceStatus::from(status));
    Event::of(&reported.build())
}

const STACK: &str = "AWS::CloudFormation::Stack";

#[test]
fn an_event_is_read() {
    let reported = StackEvent::builder()
        .event_id("e-1")
        .stack_id("arn:stack")
        .timestamp(DateTime::from_secs(1_700_000_000))
        .logical_resource_id("Host")
        .physical_resource_id("i-1")
        .resource_type("AWS::EC2::Instance")
        .resource_status(ResourceStatus::CreateFailed);
    for (reason, token, shown) in [
        (None, None, ""),
        (Some(""), Some(""), ""),
        (Some("no"), Some("None"), ",\"reason\":\"no\""),
        (
            Some("no"),
            Some("t-1"),
            ",\"reason\":\"no\",\"token\":\"t-1\"",
        ),
    ] {
        let reported = reported
            .clone()
            .set_resource_status_reason(reason.map(str::to_owned))
            .set_client_request_token(token.map(str::to_owned));
        let json = write_json(&Event::of(&reported.build()).to_json());
        let json: String = json.split_whitespace().collect();
        assert_eq!(
            json,
            format!(
                "{{\"time\":\"2023-11-14T22:13:20Z\",\"logicalId\":\"Host\",\"physicalId\":\"i-1\",\"type\":\"AWS::EC2::Instance\",\"status\":\"CREATE_FAILED\"{shown}}}"
            )
        );
    }
    assert_eq!(event(STACK, "", "CREATE_COMPLETE").clock(), "22:13:20");
    assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
}

#[test]
fn an_operation_starts_with_an_event_of_the_stack() {
    for (kind, physical_id, status, of_the_stack, starts, fails) in [
        (STACK, "arn:stack", "CREATE_IN_PROGRESS", true, true, false),
        (STACK, "arn:stack", "UPDATE_IN_PROGRESS", true, true, false),
        (STACK, "arn:stack", "DELETE_IN_PROGRESS", true, true, false),
        (STACK, "arn:stack", "IMPORT_IN_PROGRESS", true, true, false),
        (STACK, "", "CREATE_IN_PROGRESS", true, true, false),
        (
            STACK,
            "arn:stack",
            "ROLLBACK_IN_PROGRESS",
            true,
            false,
            false,
        ),
        (STACK, "arn:stack", "UPDATE_COMPLETE", true, false, false),
        (STACK, "arn:stack", "CREATE_FAILED", true, false, true),
        // A nested stack.
        (
            STACK,
            "arn:nested",
            "CREATE_IN_PROGRESS",
            false,
            false,
            false,
        ),
        (
            "AWS::EC2::Instance",
            "arn:stack",
            "CREATE_IN_PROGRESS",
            false,
            false,
            false,
        ),
        (
            "AWS::EC2::Instance",
            "",
            "UPDATE_FAILED",
            false,
            false,
            true,
        ),
    ] {
        let event = event(kind, physical_id, status);
        assert_eq!(
            (
                event.is_of_the_stack(),
                event.is_start(),
                event.is_failure()
            ),
            (of_the_stack, starts, fails),
            "{kind} {physical_id} {status}"
        );
    }
    let statuses = [
        "CREATE_IN_PROGRESS",
        "CREATE_COMPLETE",
        "UPDATE_IN_PROGRESS",
        "UPDATE_COMPLETE",
    ];
    let events = statuses.map(|status| event(STACK, "arn:stack", status));
    assert_eq!(last_operation(&events), &events[2..]);
    assert_eq!(last_operation(&events[1..2]), &events[1..2]);
    assert_eq!(last_operation(&[]), &[]);
}

#[test]
fn the_colour_of_an_event_shows_its_status() {
    let mut failed = event("AWS::EC2::Instance", "i-1", "CREATE_FAILED");
    failed.reason = Some("no\ncapacity".to_owned());
    let reported = plain(&line(&failed));
    assert!(
        reported.starts_with("22:13:20  CREATE_FAILED         Host AWS::EC2::Instance  no"),
        "{reported}"
    );
    assert!(!reported.contains('\n'), "{reported}");
    let style = |status: &str| {
        let line = line(&event(STACK, "arn:stack", status));
        let before = line.split(status).next().unwrap_or_default().to_owned();
        before.rsplit("  ").next().unwrap_or_default().to_owned()
    };
    let styles = [
        "UPDATE_FAILED",
        "UPDATE_ROLLBACK_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_IN_PROGRESS",
    ]
    .map(style);
    for (index, one) in styles.iter().enumerate() {
        assert!(!styles[..index].contains(one), "{styles:?}");
    }
    assert_eq!(style("UPDATE_ROLLBACK_FAILED"), styles[0]);
}

#[test]
fn the_operation_in_progress_is_named() {
    for (status, expected) in [
        ("CREATE_IN_PROGRESS", "is being created"),
        ("CREATE_PENDING", "is being created"),
        ("DELETE_IN_PROGRESS", "is being deleted"),
        ("IMPORT_IN_PROGRESS", "is importing resources"),
        ("UPDATE_IN_PROGRESS", "is being updated"),
        (
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "is updated, and replaced resources are being deleted",
        ),
        ("UPDATE_ROLLBACK_IN_PROGRESS", "is being rolled back"),
        ("ROLLBACK_IN_PROGRESS", "is being rolled back"),
        ("NEW_IN_PROGRESS", "is in progress"),
    ] {
        assert_eq!(activity(status), expected, "{status}");
    }
    let pending = crate::aws::stack_state::StackState::of("CREATE_PENDING");
    assert_eq!(pending, crate::aws::stack_state::StackState::InProgress);
}
