//! What known reasons of failures mean, and what to do about them.

use super::error::denied_action;

/// What to do about a reason that CloudFormation reports, where it is a known one.
pub(crate) fn hint(resource_type: &str, reason: &str) -> Option<String> {
    if let Some(boot) = boot_failure(reason) {
        return Some(boot_hint(boot));
    }
    if reason.contains("Failed to receive") && reason.contains("resource signal") {
        return Some("the host started and did not report in time: has its subnet a route to the internet? `aws ec2 get-console-output` shows its boot".to_owned());
    }
    if let Some(action) = denied_action(reason) {
        return Some(format!(
            "the credentials, or the role of `--role-arn`, need the permission `{action}`"
        ));
    }
    let has = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    let hint = if has(&[
        "VcpuLimitExceeded",
        "more vCPU capacity",
        "InstanceLimitExceeded",
    ]) {
        "ask for more in Service Quotas (EC2, \"Running On-Demand Standard instances\"), or declare a smaller `instance`"
    } else if has(&["AddressLimitExceeded", "maximum number of addresses"]) {
        "release an Elastic IP address, or ask for more in Service Quotas (EC2, \"EC2-VPC Elastic IPs\")"
    } else if has(&["maximum modification rate per volume"]) {
        "EBS changes a volume once in six hours: deploy again later"
    } else if has(&["New size cannot be smaller"]) {
        "a volume never shrinks: declare at least the size that it has"
    } else if has(&[
        "LimitExceeded",
        "limit exceeded",
        "exceeded the maximum",
        "quota",
    ]) {
        "delete what is not needed, or ask for more in Service Quotas"
    } else if has(&["InsufficientInstanceCapacity", "sufficient capacity"]) {
        "AWS has no such host free in this zone now: deploy again later, give a subnet in another zone, or declare another `instance`"
    } else if has(&[
        "not supported in your requested Availability Zone",
        "requested configuration is currently not supported",
    ]) {
        "this zone does not offer the instance type: give a subnet in another zone, or declare another `instance`"
    } else if has(&[
        "InvalidSubnetID",
        "InvalidVpcID",
        "InvalidSubnet.Range",
        "subnet ID",
    ]) {
        "look at the values of VpcId and SubnetId: they belong to one VPC of this region"
    } else if has(&["InvalidKeyPair"]) {
        "`key_pair` names one that this region lacks: `aws ec2 describe-key-pairs` shows them"
    } else if resource_type == "AWS::Route53::RecordSet" && has(&["already exists"]) {
        "the name is there already and belongs to nothing in this stack: delete the record, or choose another `domain`"
    } else if resource_type == "AWS::Route53::RecordSet"
        && has(&["not permitted in zone", "No hosted zone"])
    {
        "the hosted zone is not that of the domain: look at the value of HostedZoneId"
    } else if has(&["updates not supported on stack with disable-rollback"]) {
        "a deployment whose failure is kept replaces no resource: `rollback` first if the last one failed, then deploy without `--on-failure keep`"
    } else if has(&["scheduled for deletion"]) {
        "a secret of this name waits to be deleted: `aws secretsmanager restore-secret`, or delete it with `--force-delete-without-recovery`"
    } else if has(&["already exists"]) {
        "something of this name is there already and belongs to another stack or to nobody: delete it or import it"
    } else {
        return None;
    };
    Some(hint.to_owned())
}

/// What the host reported when its boot failed: the ID of its signal is the reason.
pub(crate) fn boot_failure(reason: &str) -> Option<&str> {
    let (_, rest) = reason.split_once("Received FAILURE signal with UniqueId ")?;
    Some(rest.trim().trim_end_matches('.')).filter(|reported| !reported.is_empty())
}

fn boot_hint(reported: &str) -> String {
    let what = if reported.starts_with("certificate") || reported.starts_with("private-key") {
        if reported.contains("ParameterNotFound") {
            "put the certificate and its key into Parameter Store under these names, in this region, or deploy with the right names. "
        } else if reported.contains("AccessDenied") {
            "the host's role may not read the parameter: is it encrypted with a key of your own? "
        } else {
            "look at the parameters that hold the certificate and its key. "
        }
    } else {
        ""
    };
    format!(
        "{what}The host reported this when its boot failed; `aws ec2 get-console-output` shows all of it for an hour, and `deploy --on-failure keep` keeps the host"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_own_reason_is_read_from_its_signal() {
        let reason = "Received FAILURE signal with UniqueId certificate: /vsc/certificate: ParameterNotFound";
        assert_eq!(
            boot_failure(reason),
            Some("certificate: /vsc/certificate: ParameterNotFound")
        );
        let hint = hint("AWS::EC2::Instance", reason).expect("it is known");
        assert!(
            hint.starts_with("put the certificate and its key into Parameter Store"),
            "{hint}"
        );
    }

    #[test]
    fn limits_name_their_quota() {
        let reported = hint(
            "AWS::EC2::EIP",
            "The maximum number of addresses has been reached. (AddressLimitExceeded)",
        );
        assert!(reported.is_some_and(|reported| reported.contains("Elastic IPs")));
        let reported = hint(
            "AWS::EC2::Instance",
            "You have requested more vCPU capacity than your current vCPU limit of 32 allows",
        );
        assert!(reported.is_some_and(|reported| reported.contains("Running On-Demand")));
    }

    #[test]
    fn volumes_say_what_they_never_do() {
        for (reason, expected) in [
            (
                "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume. (VolumeModificationRateExceeded)",
                "once in six hours",
            ),
            (
                "New size cannot be smaller than existing size (InvalidParameterValue)",
                "at least the size that it has",
            ),
        ] {
            let reported = hint("AWS::EC2::Volume", reason);
            assert!(
                reported
                    .as_ref()
                    .is_some_and(|reported| reported.contains(expected)),
                "{reported:?}"
            );
        }
    }

    #[test]
    fn what_is_not_replaced_says_how_it_would_be() {
        let reported = hint(
            "AWS::EC2::Instance",
            "Replacement type updates not supported on stack with disable-rollback.",
        );
        assert!(
            reported
                .as_ref()
                .is_some_and(|reported| reported.contains("without `--on-failure keep`")),
            "{reported:?}"
        );
    }

    #[test]
    fn what_is_denied_is_named() {
        let reported = hint(
            "AWS::IAM::Role",
            "User: arn:aws:iam::1:user/a is not authorized to perform: iam:CreateRole on resource: x",
        );
        assert!(reported.is_some_and(|reported| reported.contains("`iam:CreateRole`")));
    }

    #[test]
    fn what_nobody_knows_is_left_alone() {
        assert_eq!(hint("AWS::S3::Bucket", "internal error"), None);
    }
}
