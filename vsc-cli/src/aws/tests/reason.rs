//! Helps for known reasons of failures.

use crate::aws::error::denied_action;
use crate::aws::hint::{boot_failure, hint};

#[test]
fn a_known_reason_has_a_help() {
    let record = "AWS::Route53::RecordSet";
    let host = "AWS::EC2::Instance";
    for (kind, reason, expected) in [
        (
            host,
            "Failed to receive 1 resource signal(s) within the time",
            "subnet has a route to the internet",
        ),
        (
            host,
            "is not authorized to perform: ec2:RunInstances",
            "`ec2:RunInstances`",
        ),
        (host, "VcpuLimitExceeded", "a smaller `instance`"),
        (
            host,
            "the maximum number of addresses has been reached",
            "release an Elastic IP",
        ),
        (host, "LimitExceeded", "delete unused resources"),
        (host, "a quota", "delete unused resources"),
        (host, "InsufficientInstanceCapacity", "deploy again later"),
        (
            host,
            "not supported in your requested Availability Zone",
            "does not offer the instance type",
        ),
        (host, "InvalidSubnetID.NotFound", "VpcId and SubnetId"),
        (host, "InvalidKeyPair.NotFound", "describe-key-pairs"),
        (record, "it already exists", "delete the record"),
        (record, "RRSet is not permitted in zone x.", "HostedZoneId"),
        (record, "No hosted zone found", "HostedZoneId"),
        (host, "it already exists", "delete it or import it"),
        (host, "scheduled for deletion", "restore-secret"),
    ] {
        let reported = hint(kind, reason).unwrap_or_default();
        assert!(reported.contains(expected), "{reason}: {reported}");
    }
    for (kind, reason) in [
        (host, "not permitted in zone"),
        (record, "nobody knows"),
        (host, "Failed to receive an answer"),
        (host, "a resource signal"),
    ] {
        assert_eq!(hint(kind, reason), None, "{kind} {reason}");
    }
}

#[test]
fn the_boot_failure_of_the_host_is_reported() {
    let signal = "Received FAILURE signal with UniqueId ";
    for (reported, expected) in [
        ("certificate: a: ParameterNotFound", "put the certificate"),
        (
            "private-key: a: AccessDenied",
            "encrypted with a customer managed key?",
        ),
        ("certificate: a: other", "check the parameters"),
        ("docker: ParameterNotFound", "The host reported this"),
    ] {
        let reason = format!("{signal}{reported}.");
        assert_eq!(boot_failure(&reason), Some(reported));
        let hint = hint("AWS::EC2::Instance", &reason).unwrap_or_default();
        assert!(hint.contains(expected), "{reported}: {hint}");
        assert!(hint.ends_with("keeps the host"), "{hint}");
    }
    assert_eq!(boot_failure(signal), None);
    assert_eq!(boot_failure("no signal"), None);
}

#[test]
fn the_action_is_found_in_a_denial() {
    for (message, action) in [
        (
            "User: a is not authorized to perform: s3:Get on resource: b",
            Some("s3:Get"),
        ),
        (
            "is not authorized to perform: s3:Get, and more",
            Some("s3:Get"),
        ),
        ("is not authorized to perform: s3:Get.", Some("s3:Get")),
        ("is not authorized to perform: it", None),
        ("is not authorized", None),
    ] {
        assert_eq!(denied_action(message), action, "{message}");
    }
}
