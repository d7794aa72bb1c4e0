//! Suppressions of checkov's policies, with their reasons.

use vsc_spec::Json;

/// A policy, and the reason why a resource violates it.
type Suppressed = (&'static str, &'static str);

/// "Ensure that Secrets Manager secret is encrypted using KMS CMK".
pub(super) const OWN_KEY: Suppressed = (
    "CKV_AWS_149",
    "a key of its own has a price, and opens to the same role",
);

/// "EC2 instance should not have public IP".
pub(super) const PUBLIC_ADDRESS: Suppressed = (
    "CKV_AWS_88",
    "developers reach the proxy on it; its security group names who",
);

/// "Ensure Instance Metadata Service Version 1 is not enabled".
pub(super) const METADATA_OF_THE_HOST: Suppressed = (
    "CKV_AWS_79",
    "it has the image alone; the host itself requires version 2",
);

/// "Ensure no security groups allow ingress from 0.0.0.0:0 to port 80".
pub(super) const OPEN_PORT: Suppressed =
    ("CKV_AWS_260", "the declaration allows access from anywhere");

/// The member of a resource's metadata that suppresses the policy.
pub(super) fn checkov((id, comment): Suppressed) -> (&'static str, Json) {
    let skip = Json::object([("id", id), ("comment", comment)]);
    ("checkov", Json::object([("skip", Json::array([skip]))]))
}

/// Metadata that only suppresses a policy.
pub(super) fn metadata(suppressed: Suppressed) -> Json {
    Json::object([checkov(suppressed)])
}
