//! Helps for known reasons of failures.

use super::error::denied_action;

/// The help for a status reason that CloudFormation reports; none for an unknown one.
pub(crate) fn hint(resource_type: &str, reason: &str) -> Option<String> {
    if let Some(boot) = boot_failure(reason) {
        return Some(boot_hint(boot));
    }
    if reason.contains("Failed to receive") && reason.contains("resource signal") {
        return Some("check that the host's subnet has a route to the internet: the host started but did not signal in time; `aws ec2 get-console-output` shows its boot log".to_owned());
    }
    if let Some(action) = denied_action(reason) {
        return Some(format!(
            "allow `{action}` for the credentials, or for the role of `--role-arn`"
        ));
    }
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| reason.contains(phrase));
    let hint = if has(&[
        "VcpuLimitExceeded",
        "more vCPU capacity",
        "InstanceLimitExceeded",
    ]) {
        "request an increase in Service Quotas (EC2, \"Running On-Demand Standard instances\"), or declare a smaller `instance`"
    } else if has(&["AddressLimitExceeded", "maximum number of addresses"]) {
        "release an Elastic IP address, or request an increase in Service Quotas (EC2, \"EC2-VPC Elastic IPs\")"
    } else if has(&["maximum modification rate per volume"]) {
        "deploy again later: EBS modifies a volume once in six hours"
    } else if has(&["New size cannot be smaller"]) {
        "declare at least the current size: a volume cannot shrink"
    } else if has(&[
        "LimitExceeded",
        "limit exceeded",
        "exceeded the maximum",
        "quota",
    ]) {
        "delete unused resources, or request an increase in Service Quotas"
    } else if has(&["InsufficientInstanceCapacity", "sufficient capacity"]) {
        "deploy again later, use a subnet in another Availability Zone, or declare another `instance`: this zone has no capacity for the instance type now"
    } else if has(&[
        "not supported in your requested Availability Zone",
        "requested configuration is currently not supported",
    ]) {
        "use a subnet in another Availability Zone, or declare another `instance`: this zone does not offer the instance type"
    } else if has(&[
        "InvalidSubnetID",
        "InvalidVpcID",
        "InvalidSubnet.Range",
        "subnet ID",
    ]) {
        "check VpcId and SubnetId: the subnet must be in that VPC, in this region"
    } else if has(&["InvalidKeyPair"]) {
        "set `key_pair` to a key pair of this region: `aws ec2 describe-key-pairs` lists them"
    } else if resource_type == "AWS::Route53::RecordSet" && has(&["already exists"]) {
        "delete the record, or choose another `domain`: the record exists and belongs to no resource of this stack"
    } else if resource_type == "AWS::Route53::RecordSet"
        && has(&["not permitted in zone", "No hosted zone"])
    {
        "check HostedZoneId: the hosted zone is not that of the domain"
    } else if has(&["updates not supported on stack with disable-rollback"]) {
        "run `rollback` first if the last deployment failed, then deploy without `--on-failure keep`: CloudFormation replaces no resource with rollback disabled"
    } else if has(&["scheduled for deletion"]) {
        "run `aws secretsmanager restore-secret`, or delete it with `--force-delete-without-recovery`: a secret of this name is scheduled for deletion"
    } else if has(&["already exists"]) {
        "delete it or import it: a resource of this name exists and belongs to another stack or to none"
    } else {
        return None;
    };
    Some(hint.to_owned())
}

/// The reason that the host gave for its failed boot: the unique ID of its signal.
pub(crate) fn boot_failure(reason: &str) -> Option<&str> {
    let (_, rest) = reason.split_once("Received FAILURE signal with UniqueId ")?;
    Some(rest.trim().trim_end_matches('.')).filter(|reported| !reported.is_empty())
}

fn boot_hint(reported: &str) -> String {
    let advice = if reported.starts_with("certificate") || reported.starts_with("private-key") {
        if reported.contains("ParameterNotFound") {
            "put the certificate and its key into Parameter Store under these names, in this region, or deploy with the right names. "
        } else if reported.contains("AccessDenied") {
            "allow the host's role to read the parameter: is it encrypted with a customer managed key? "
        } else {
            "check the parameters that hold the certificate and its key. "
        }
    } else {
        ""
    };
    format!(
        "{advice}The host reported this when its boot failed; `aws ec2 get-console-output` shows its full output for an hour, and `deploy --on-failure keep` keeps the host"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_the_host_is_read_from_its_signal() {
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
    fn the_help_for_a_limit_names_the_quota() {
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
    fn the_help_for_a_volume_names_its_limits() {
        for (reason, expected) in [
            (
                "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume. (VolumeModificationRateExceeded)",
                "once in six hours",
            ),
            (
                "New size cannot be smaller than existing size (InvalidParameterValue)",
                "at least the current size",
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
    fn the_help_for_a_replacement_names_the_option() {
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
    fn a_denied_action_is_named() {
        let reported = hint(
            "AWS::IAM::Role",
            "User: arn:aws:iam::1:user/a is not authorized to perform: iam:CreateRole on resource: x",
        );
        assert!(reported.is_some_and(|reported| reported.contains("`iam:CreateRole`")));
    }

    #[test]
    fn an_unknown_reason_has_no_help() {
        assert_eq!(hint("AWS::S3::Bucket", "internal error"), None);
    }
}
