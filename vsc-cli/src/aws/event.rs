//! Stack events.

use aws_sdk_cloudformation::primitives::{DateTime, DateTimeFormat};
use aws_sdk_cloudformation::types::StackEvent;
use vsc_spec::{Json, Object};

/// A stack event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) stack_id: String,
    /// Seconds since 1970.
    pub(crate) time: i64,
    pub(crate) logical_id: String,
    pub(crate) physical_id: String,
    pub(crate) resource_type: String,
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
    /// The request token of the operation; not every operation has one.
    pub(crate) token: Option<String>,
}

impl Event {
    pub(crate) fn of(event: &StackEvent) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let some = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let status = event
            .resource_status()
            .map(aws_sdk_cloudformation::types::ResourceStatus::as_str);
        Self {
            id: text(event.event_id()),
            stack_id: text(event.stack_id()),
            time: event.timestamp().map_or(0, DateTime::secs),
            logical_id: text(event.logical_resource_id()),
            physical_id: text(event.physical_resource_id()),
            resource_type: text(event.resource_type()),
            status: text(status),
            reason: some(event.resource_status_reason()),
            token: some(event.client_request_token()).filter(|token| token != "None"),
        }
    }

    /// Whether the event is about the stack itself.
    pub(crate) fn is_of_the_stack(&self) -> bool {
        self.resource_type == "AWS::CloudFormation::Stack"
            && (self.physical_id == self.stack_id || self.physical_id.is_empty())
    }

    pub(crate) fn is_failure(&self) -> bool {
        self.status.ends_with("_FAILED")
    }

    /// Whether an operation starts with this event.
    pub(crate) fn is_start(&self) -> bool {
        self.is_of_the_stack()
            && matches!(
                self.status.as_str(),
                "CREATE_IN_PROGRESS"
                    | "UPDATE_IN_PROGRESS"
                    | "DELETE_IN_PROGRESS"
                    | "IMPORT_IN_PROGRESS"
            )
    }

    /// The time in UTC: `2026-11-25T09:14:03Z`.
    pub(crate) fn timestamp(&self) -> String {
        timestamp(self.time)
    }

    /// The time of day in UTC: `09:14:03`.
    pub(crate) fn clock(&self) -> String {
        let time = self.timestamp();
        time.get(11..19).unwrap_or(&time).to_owned()
    }

    pub(crate) fn to_json(&self) -> Json {
        Json::Object(
            Object::new()
                .with("time", self.timestamp())
                .with("logicalId", self.logical_id.clone())
                .with("physicalId", self.physical_id.clone())
                .with("type", self.resource_type.clone())
                .with("status", self.status.clone())
                .with_some("reason", self.reason.clone())
                .with_some("token", self.token.clone()),
        )
    }
}

/// Formats a time in UTC.
pub(crate) fn timestamp(seconds: i64) -> String {
    let time = DateTime::from_secs(seconds).fmt(DateTimeFormat::DateTime);
    time.unwrap_or_else(|_| seconds.to_string())
}

/// Parses a time of AWS, such as `2026-11-25T09:00:00.000Z`, into seconds since 1970.
pub(crate) fn seconds(time: &str) -> Option<i64> {
    let time = DateTime::from_str(time, DateTimeFormat::DateTimeWithOffset).ok()?;
    Some(time.secs())
}

/// The events of the last operation, of events that are sorted oldest first.
pub(crate) fn last_operation(events: &[Event]) -> &[Event] {
    let start = events.iter().rposition(Event::is_start).unwrap_or(0);
    &events[start..]
}
