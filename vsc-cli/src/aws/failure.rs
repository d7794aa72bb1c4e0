//! The root cause of a failed operation: the event that the others follow from.

use super::event::Event;

/// The diagnosis of a failed operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Diagnosis<'a> {
    /// The root cause.
    pub(crate) root: &'a Event,
    /// The other failures, oldest first.
    pub(crate) consequences: Vec<&'a Event>,
    /// Resources that were cancelled because of it.
    pub(crate) cancelled: Vec<&'a Event>,
}

/// Finds the root cause among the events of one operation, oldest first. Events with the token of
/// another operation are skipped.
pub(crate) fn diagnose<'a>(events: &'a [Event], token: Option<&str>) -> Option<Diagnosis<'a>> {
    let known = token.filter(|token| {
        let mut tokens = events.iter().filter_map(|event| event.token.as_deref());
        tokens.any(|other| other == *token)
    });
    let failures = events
        .iter()
        .filter(|event| event.is_failure())
        .filter(|event| known.is_none() || event.token.as_deref() == known);
    let (cancelled, failed): (Vec<_>, Vec<_>) = failures.partition(|event| is_cancelled(event));
    let (of_the_stack, of_resources): (Vec<_>, Vec<_>) = failed
        .into_iter()
        .partition(|event| event.is_of_the_stack());
    // The failure of a nested stack only says that one of its resources failed.
    let own = of_resources.iter().position(|event| !is_summary(event));
    let mut of_resources = of_resources;
    let root = if of_resources.is_empty() {
        of_the_stack
            .into_iter()
            .find(|event| event.reason.is_some())
            .or_else(|| cancelled.first().copied())?
    } else {
        of_resources.remove(own.unwrap_or(0))
    };
    Some(Diagnosis {
        root,
        consequences: of_resources,
        cancelled: cancelled
            .into_iter()
            .filter(|event| event.id != root.id)
            .collect(),
    })
}

/// Whether the resource was cancelled because another one failed.
fn is_cancelled(event: &Event) -> bool {
    let reason = event.reason.as_deref().unwrap_or_default();
    let reason = reason.to_ascii_lowercase();
    [
        "resource creation cancelled",
        "resource update cancelled",
        "resource deletion cancelled",
    ]
    .iter()
    .any(|phrase| reason.contains(phrase))
}

/// Whether the reason only lists other failures.
fn is_summary(event: &Event) -> bool {
    let reason = event.reason.as_deref().unwrap_or_default();
    reason.starts_with("The following resource(s) failed to")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(time: i64, logical_id: &str, status: &str, reason: &str) -> Event {
        Event {
            id: format!("{logical_id}-{status}-{time}"),
            stack_id: "arn:stack".to_owned(),
            time,
            logical_id: logical_id.to_owned(),
            physical_id: if logical_id == "team" {
                "arn:stack"
            } else {
                "x"
            }
            .to_owned(),
            resource_type: match logical_id {
                "team" => "AWS::CloudFormation::Stack",
                _ => "AWS::EC2::Instance",
            }
            .to_owned(),
            status: status.to_owned(),
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
            token: None,
        }
    }

    fn with_token(mut event: Event, token: &str) -> Event {
        event.token = Some(token.to_owned());
        event
    }

    #[test]
    fn cancelled_resources_are_not_the_cause_even_if_they_come_first() {
        let events = [
            event(1, "team", "CREATE_IN_PROGRESS", "User Initiated"),
            event(2, "Address", "CREATE_FAILED", "Resource creation cancelled"),
            event(2, "Host", "CREATE_FAILED", "Received FAILURE signal"),
            event(3, "Role", "CREATE_FAILED", "Resource creation Cancelled"),
            event(4, "Zone", "CREATE_FAILED", "No such zone"),
            event(
                5,
                "team",
                "ROLLBACK_IN_PROGRESS",
                "The following resource(s) failed to create: [Host].",
            ),
            event(6, "Host", "DELETE_COMPLETE", ""),
            event(7, "team", "ROLLBACK_COMPLETE", ""),
        ];
        let found = diagnose(&events, None).expect("there is a cause");
        assert_eq!(found.root.logical_id, "Host");
        assert_eq!(found.consequences.len(), 1);
        assert_eq!(found.cancelled.len(), 2);
    }

    #[test]
    fn failures_of_other_operations_are_skipped() {
        let events = [
            with_token(event(1, "Old", "UPDATE_FAILED", "long ago"), "before"),
            with_token(event(2, "New", "UPDATE_FAILED", "now"), "mine"),
        ];
        let found = diagnose(&events, Some("mine")).expect("there is a cause");
        assert_eq!(found.root.logical_id, "New");
        assert!(found.consequences.is_empty());
        // A token that no event has is ignored.
        let found = diagnose(&events, Some("unknown")).expect("there is a cause");
        assert_eq!(found.root.logical_id, "Old");
    }

    #[test]
    fn a_nested_stack_is_not_the_cause_if_a_resource_is() {
        let events = [
            event(
                1,
                "Nested",
                "CREATE_FAILED",
                "The following resource(s) failed to create: [Inner].",
            ),
            event(2, "Inner", "CREATE_FAILED", "limit exceeded"),
        ];
        let found = diagnose(&events, None).expect("there is a cause");
        assert_eq!(found.root.logical_id, "Inner");
    }

    #[test]
    fn the_stack_is_the_cause_if_no_resource_is() {
        let events = [event(1, "team", "UPDATE_FAILED", "Transform failed")];
        let found = diagnose(&events, None).expect("there is a cause");
        assert_eq!(found.root.logical_id, "team");
        assert_eq!(
            diagnose(&[event(1, "team", "UPDATE_COMPLETE", "")], None),
            None
        );
    }
}
