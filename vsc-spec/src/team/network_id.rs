//! IDs of existing resources: VPC, subnet, hosted zone.

use super::checked_text::checked_text;
use super::key::Key;
use super::path::DeclarationPath;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::diagnostic::Diagnostic;
use crate::text;

checked_text! {
    /// The ID of a VPC.
    VpcId by check_vpc
}

checked_text! {
    /// The ID of a subnet.
    SubnetId by check_subnet
}

checked_text! {
    /// The ID of a hosted zone: a `Z` and up to 31 capital letters and digits (Amazon Route 53 API
    /// Reference, `HostedZone`).
    HostedZoneId by check_hosted_zone
}

/// The network of the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    pub(super) vpc: VpcId,
    pub(super) subnet: SubnetId,
}

impl Network {
    /// The VPC.
    pub fn vpc(&self) -> &str {
        self.vpc.as_str()
    }

    /// The subnet, in this VPC.
    pub fn subnet(&self) -> &str {
        self.subnet.as_str()
    }
}

const fn is_hosted_zone(id: &str) -> bool {
    let bytes = id.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_uppercase() && !bytes[at].is_ascii_digit() {
            return false;
        }
        at += 1;
    }
    at >= 2 && at <= 32 && bytes[0] == b'Z'
}

/// Checks the ID of a hosted zone.
pub(super) const fn check_hosted_zone(id: &str) -> Result<(), ConstDiagnostic> {
    if is_hosted_zone(id) {
        return Ok(());
    }
    let diagnostic = ConstDiagnostic::new("")
        .quoted(id)
        .text(" is not a valid hosted zone ID")
        .note("a hosted zone ID is a `Z` and up to 31 capital letters and digits");
    let bare = match text::strip_prefix(id, "/hostedzone/") {
        Some(bare) => bare,
        None => match text::strip_prefix(id, "hostedzone/") {
            Some(bare) => bare,
            None => id,
        },
    };
    let upper = text::upper::<33>(bare);
    Err(if is_hosted_zone(upper.as_str()) && upper.len() > 8 {
        diagnostic.help("write ").quoted(upper.as_str())
    } else {
        diagnostic.help("run `aws route53 list-hosted-zones` for the IDs, or remove `hosted_zone` to be asked for it")
    })
}

/// Whether a string is the prefix and 8 or 17 hexadecimal digits: Amazon EC2 User Guide,
/// "Resource IDs".
pub(super) const fn is_id(id: &str, prefix: &str) -> bool {
    let Some(digits) = text::strip_prefix(id, prefix) else {
        return false;
    };
    let digits = digits.as_bytes();
    let mut at = 0;
    while at < digits.len() {
        if !matches!(digits[at], b'0'..=b'9' | b'a'..=b'f') {
            return false;
        }
        at += 1;
    }
    at == 8 || at == 17
}

const fn check_id(id: &str, prefix: &str, noun: &str) -> Result<(), ConstDiagnostic> {
    if is_id(id, prefix) {
        return Ok(());
    }
    Err(ConstDiagnostic::new("")
        .quoted(id)
        .text(" is not the ID of ")
        .text(noun)
        .note("the ID is `")
        .text(prefix)
        .text("` and 8 or 17 hexadecimal digits")
        .help("for example \"")
        .text(prefix)
        .text("0a1b2c3d4e5f67890\""))
}

/// Checks the ID of something in EC2, such as `ami-…` of `an image`.
///
/// # Errors
///
/// When it is not the prefix and 8 or 17 hexadecimal digits.
pub fn check_ec2_id(id: &str, prefix: &str, noun: &str) -> Result<(), Diagnostic> {
    check_id(id, prefix, noun).map_err(Diagnostic::from)
}

const fn check_vpc(id: &str) -> Result<(), ConstDiagnostic> {
    check_id(id, "vpc-", "a VPC")
}

const fn check_subnet(id: &str) -> Result<(), ConstDiagnostic> {
    check_id(id, "subnet-", "a subnet")
}

/// Validates the VPC and the subnet, which go together.
pub(super) const fn check(validation: &mut Validation, vpc: Option<&str>, subnet: Option<&str>) {
    match (vpc, subnet) {
        (None, None) => {}
        (Some(vpc), None) => {
            validation.take(DeclarationPath::Value(Key::Vpc), check_vpc(vpc));
            validation.reject(
                DeclarationPath::Value(Key::Vpc),
                alone(Key::Vpc, Key::Subnet),
            );
        }
        (None, Some(subnet)) => {
            validation.take(DeclarationPath::Value(Key::Subnet), check_subnet(subnet));
            validation.reject(
                DeclarationPath::Value(Key::Subnet),
                alone(Key::Subnet, Key::Vpc),
            );
        }
        (Some(vpc), Some(subnet)) if is_id(vpc, "subnet-") && is_id(subnet, "vpc-") => {
            let diagnostic = ConstDiagnostic::new("`vpc` and `subnet` are swapped")
                .help("write `vpc = ")
                .quoted(subnet)
                .text(", subnet = ")
                .quoted(vpc)
                .text("`");
            validation.reject(DeclarationPath::Value(Key::Vpc), diagnostic);
        }
        (Some(vpc), Some(subnet)) => {
            validation.take(DeclarationPath::Value(Key::Vpc), check_vpc(vpc));
            validation.take(DeclarationPath::Value(Key::Subnet), check_subnet(subnet));
        }
    }
}

/// The error about one without the other.
const fn alone(key: Key, other: Key) -> ConstDiagnostic {
    ConstDiagnostic::new("`")
        .text(key.name())
        .text("` needs `")
        .text(other.name())
        .text("` as well")
        .note("a subnet belongs to its VPC: set both, or neither to be asked for them")
        .help("add `")
        .text(other.example())
        .text("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    const VPC: &str = "vpc-0a1b2c3d4e5f67890";
    const SUBNET: &str = "subnet-0a1b2c3d";

    fn reported(vpc: Option<&str>, subnet: Option<&str>) -> Vec<String> {
        let mut validation = Validation::new();
        check(&mut validation, vpc, subnet);
        validation
            .errors()
            .map(|error| error.diagnostic.message)
            .collect()
    }

    #[test]
    fn both_or_neither() {
        assert!(reported(None, None).is_empty());
        assert!(reported(Some(VPC), Some(SUBNET)).is_empty());
        assert_eq!(reported(Some(VPC), None), ["`vpc` needs `subnet` as well"]);
        assert_eq!(
            reported(Some(SUBNET), Some(VPC)),
            ["`vpc` and `subnet` are swapped"]
        );
        assert_eq!(reported(Some("vpc-1"), Some("subnet-XYZ")).len(), 2);
        assert_eq!(
            reported(None, Some("subnet-1")),
            [
                "\"subnet-1\" is not the ID of a subnet",
                "`subnet` needs `vpc` as well"
            ]
        );
        // A valid one is not swapped.
        for (vpc, subnet, noun) in [
            (SUBNET, SUBNET, "is not the ID of a VPC"),
            (VPC, VPC, "is not the ID of a subnet"),
        ] {
            let reported = reported(Some(vpc), Some(subnet));
            assert!(
                reported.len() == 1 && reported[0].ends_with(noun),
                "{reported:?}"
            );
        }
    }

    #[test]
    fn invalid_hosted_zone_ids_are_errors() {
        assert!(HostedZoneId::new("Z0123456789ABCDEFGHIJ").is_ok());
        let reported = |id: &'static str| HostedZoneId::new(id).expect_err(id).to_string();
        assert!(reported("zone").contains("is not a valid hosted zone ID"));
        assert!(reported("/hostedzone/Z0123456789ABC").ends_with("write \"Z0123456789ABC\""));
        assert!(reported("z0123456789abc").ends_with("write \"Z0123456789ABC\""));
        let long = |length: usize| format!("Z{}", "1".repeat(length - 1));
        for id in ["Z1", &long(32)] {
            assert!(check_hosted_zone(id).is_ok(), "{id}");
        }
        for (id, help) in [
            ("Z", "run `aws route53"),
            (&long(33), "run `aws route53"),
            ("AB0123456789", "run `aws route53"),
            // A word would be valid in capital letters, but hardly is an ID.
            ("zonezone", "run `aws route53"),
            ("zonezones", "write \"ZONEZONES\""),
            ("z0123456789-abc", "run `aws route53"),
            ("hostedzone/Z0123456789ABC", "write \"Z0123456789ABC\""),
        ] {
            let message = check_hosted_zone(id).expect_err(id).to_string();
            let help = format!(
                "a hosted zone ID is a `Z` and up to 31 capital letters and digits\n= help: {help}"
            );
            assert!(message.contains(&help), "{message}");
        }
    }

    #[test]
    fn ids_of_ec2_have_a_prefix_and_digits() {
        let check = |id| check_ec2_id(id, "ami-", "an image");
        for id in ["ami-0a1b2c3d", "ami-0a1b2c3d4e5f67890"] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
        for id in ["ami-0a1b2c3", "ami-0a1b2c3d4", "ami-0A1B2C3D", "0a1b2c3d"] {
            assert_eq!(
                check(id).expect_err(id).to_string(),
                format!(
                    "\"{id}\" is not the ID of an image\n\
                     the ID is `ami-` and 8 or 17 hexadecimal digits\n\
                     = help: for example \"ami-0a1b2c3d4e5f67890\""
                )
            );
        }
    }
}
