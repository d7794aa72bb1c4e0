//! Responses of CloudFormation that an emulator never gives.

use std::fmt::Write as _;

/// An event: logical ID, type, status, reason.
pub type Reported<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The type of the stack itself.
pub const STACK: &str = "AWS::CloudFormation::Stack";

/// The response of `DescribeStackEvents` with events, oldest first; they have the token of the last
/// operation.
pub fn events(events: &[Reported<'_>]) -> String {
    let mut members = String::new();
    for (number, (logical_id, kind, status, reason)) in events.iter().enumerate().rev() {
        let physical_id = if *kind == STACK {
            "{stack}"
        } else {
            "id-of-it"
        };
        let reason = match *reason {
            "" => String::new(),
            reason => format!("<ResourceStatusReason>{reason}</ResourceStatusReason>"),
        };
        // Writing into a string cannot fail.
        _ = write!(
            members,
            "<member><EventId>reported-{number}</EventId><StackId>{{stack}}</StackId><StackName>team</StackName>\
             <LogicalResourceId>{logical_id}</LogicalResourceId><PhysicalResourceId>{physical_id}</PhysicalResourceId>\
             <ResourceType>{kind}</ResourceType><Timestamp>2026-11-25T09:00:{number:02}Z</Timestamp>\
             <ResourceStatus>{status}</ResourceStatus>{reason}<ClientRequestToken>{{token}}</ClientRequestToken></member>"
        );
    }
    format!(
        "<DescribeStackEventsResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
         <DescribeStackEventsResult><StackEvents>{members}</StackEvents></DescribeStackEventsResult>\
         <ResponseMetadata><RequestId>made-by-the-proxy</RequestId></ResponseMetadata></DescribeStackEventsResponse>"
    )
}

/// The response of another call of CloudFormation.
pub fn answer(action: &str, result: &str) -> String {
    format!(
        "<{action}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>made-by-the-proxy</RequestId></ResponseMetadata></{action}Response>"
    )
}
